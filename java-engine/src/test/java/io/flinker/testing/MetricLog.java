/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.testing;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** A reporter that remembers what metrics of operators are, and what they were at their end. */
public final class MetricLog implements MetricReporter, MetricReporterFactory {

    private static final Map<String, Metric> LIVE = new ConcurrentHashMap<>();
    private static final Map<String, String> LAST = new ConcurrentHashMap<>();
    private static final Map<String, String> VARIABLES = new ConcurrentHashMap<>();

    /** The kind and the value of a metric that is there; null if it is not. */
    public static String now(String identifier) {
        Metric metric = LIVE.get(identifier);
        return metric == null ? null : describe(metric);
    }

    /** The kinds and the last values of all that are gone, one a line. */
    public static String last(String prefix) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> entry : new TreeMap<>(LAST).entrySet()) {
            if (entry.getKey().startsWith(prefix)) {
                text.append(entry.getKey()).append(' ').append(entry.getValue()).append('\n');
            }
        }
        return text.toString();
    }

    /** Whether a job has metrics of operators now. */
    public static boolean live(String job) {
        return LIVE.keySet().stream().anyMatch(name -> name.startsWith(job + "."));
    }

    /** The variables of a metric's scope. */
    public static String variables(String identifier) {
        return VARIABLES.get(identifier);
    }

    private static String describe(Metric metric) {
        if (metric instanceof Counter counter) {
            return "counter " + counter.getCount();
        }
        if (metric instanceof Meter meter) {
            return "meter " + meter.getCount();
        }
        return metric instanceof Gauge<?> gauge ? "gauge " + gauge.getValue() : "";
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return this;
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        String identifier = group.getMetricIdentifier(name);
        LIVE.put(identifier, metric);
        VARIABLES.put(identifier, new TreeMap<>(group.getAllVariables()).toString());
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        String identifier = group.getMetricIdentifier(name);
        if (metric instanceof Counter || metric instanceof Meter || metric instanceof Gauge) {
            LAST.put(identifier, describe(metric));
        }
        // last of all: a test waits for it
        LIVE.remove(identifier);
    }
}
