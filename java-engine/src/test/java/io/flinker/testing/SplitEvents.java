/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.testing;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sends every third number to the side output "third" and others on, together with the watermark
 * that the function sees.
 */
public final class SplitEvents extends ProcessFunction<Long, String> {

    private static final long serialVersionUID = 1L;
    static final OutputTag<String> THIRD = new OutputTag<>("third", Types.STRING);

    @Override
    public void processElement(Long value, Context context, Collector<String> out) {
        String text = text(value, context.timerService().currentWatermark());
        if (value % 3 == 0) {
            context.output(THIRD, text);
        } else {
            out.collect(text);
        }
    }

    static String text(long value, long watermark) {
        return value + " after " + watermark;
    }
}
