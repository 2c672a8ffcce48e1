/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.testing;

import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.util.Collector;

/** As {@link SplitEvents}, of two inputs; numbers of the second one become negative. */
public final class CoSplitEvents extends CoProcessFunction<Long, Long, String> {

    private static final long serialVersionUID = 1L;

    /** What makes the operator. */
    public static StreamOperatorFactory<String> factory() {
        return SimpleOperatorFactory.of(new CoProcessOperator<>(new CoSplitEvents()));
    }

    @Override
    public void processElement1(Long value, Context context, Collector<String> out) {
        send(value, context, out);
    }

    @Override
    public void processElement2(Long value, Context context, Collector<String> out) {
        send(-value, context, out);
    }

    private static void send(long value, Context context, Collector<String> out) {
        String text = SplitEvents.text(value, context.timerService().currentWatermark());
        if (value % 3 == 0) {
            context.output(SplitEvents.THIRD, text);
        } else {
            out.collect(text);
        }
    }
}
