/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.testing;

import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Emits 0 to 999: the first half without timestamps, the others at ten times the number; and before
 * every fifth number but the first a watermark of one less than the number.
 */
public final class TimedNumbers implements SourceFunction<Long> {

    private static final long serialVersionUID = 1L;

    @Override
    public void run(SourceContext<Long> context) {
        for (long i = 0; i < 1000; i++) {
            if (i > 0 && i % 5 == 0) {
                context.emitWatermark(new Watermark(i - 1));
            }
            if (i < 500) {
                context.collect(i);
            } else {
                context.collectWithTimestamp(i, 10 * i);
            }
        }
    }

    @Override
    public void cancel() {
        // run ends by itself
    }
}
