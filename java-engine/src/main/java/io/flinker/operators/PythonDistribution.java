/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import io.flinker.fn.v1.WorkerApi.DistributionValue;
import io.flinker.fn.v1.WorkerApi.MetricNumber;
import io.flinker.fn.v1.WorkerApi.MetricValue;
import java.util.function.Consumer;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * A distribution as gauges: one with all of it as a text, under its name, and one for each number,
 * under the name with {@code _count}, {@code _sum}, {@code _min}, {@code _max} and {@code _mean},
 * as reporters want numbers. Before the first value there is a count only.
 */
final class PythonDistribution implements Consumer<MetricValue> {

    private volatile DistributionValue value = DistributionValue.getDefaultInstance();

    PythonDistribution(MetricGroup group, String name) {
        group.<String, Gauge<String>>gauge(name, this::text);
        group.<Long, Gauge<Long>>gauge(name + "_count", () -> value.getCount());
        gauge(group, name + "_sum", () -> number(value.getSum()));
        gauge(group, name + "_min", () -> number(value.getMin()));
        gauge(group, name + "_max", () -> number(value.getMax()));
        gauge(group, name + "_mean", this::mean);
    }

    private static void gauge(MetricGroup group, String name, Gauge<Number> gauge) {
        group.<Number, Gauge<Number>>gauge(name, gauge);
    }

    @Override
    public void accept(MetricValue news) {
        value = news.getDistribution();
    }

    private String text() {
        DistributionValue now = value;
        return "DistributionResult{sum="
                + number(now.getSum())
                + ", count="
                + now.getCount()
                + ", min="
                + number(now.getMin())
                + ", max="
                + number(now.getMax())
                + "}";
    }

    private Number mean() {
        DistributionValue now = value;
        return now.getCount() == 0 ? null : number(now.getSum()).doubleValue() / now.getCount();
    }

    private static Number number(MetricNumber number) {
        return switch (number.getNumberCase()) {
            case WHOLE -> number.getWhole();
            case REAL -> number.getReal();
            default -> null;
        };
    }
}
