/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.testing;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sends every third number to the side output "third" and others on, together with the watermark
 * that the function sees. Of two inputs, numbers of the second one become negative.
 */
public final class SplitEvents extends ProcessFunction<Long, String> {

    private static final long serialVersionUID = 1L;
    private static final OutputTag<String> THIRD = new OutputTag<>("third", Types.STRING);

    /** What makes the operator for two inputs. */
    public static StreamOperatorFactory<String> ofTwoInputs() {
        return SimpleOperatorFactory.of(new CoProcessOperator<>(new OfTwoInputs()));
    }

    @Override
    public void processElement(Long value, Context context, Collector<String> out) {
        String text = text(value, context.timerService().currentWatermark());
        if (value % 3 == 0) {
            context.output(THIRD, text);
        } else {
            out.collect(text);
        }
    }

    private static String text(long value, long watermark) {
        return value + " after " + watermark;
    }

    private static final class OfTwoInputs extends CoProcessFunction<Long, Long, String> {

        private static final long serialVersionUID = 1L;

        @Override
        public void processElement1(Long value, Context context, Collector<String> out) {
            send(value, context, out);
        }

        @Override
        public void processElement2(Long value, Context context, Collector<String> out) {
            send(-value, context, out);
        }

        private static void send(long value, Context context, Collector<String> out) {
            String text = text(value, context.timerService().currentWatermark());
            if (value % 3 == 0) {
                context.output(THIRD, text);
            } else {
                out.collect(text);
            }
        }
    }
}
