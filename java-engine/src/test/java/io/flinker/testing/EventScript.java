/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.testing;

import java.util.Random;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.streaming.api.watermark.Watermark;

/** Records with and without timestamps, watermarks and idleness, the same ones at every run. */
public final class EventScript implements SourceFunction<Long> {

    private static final long serialVersionUID = 1L;

    private final int events;
    private volatile boolean running = true;

    public EventScript(int events) {
        this.events = events;
    }

    @Override
    public void run(SourceContext<Long> context) throws Exception {
        Random random = new Random(events);
        for (long i = 0; i < events && running; i++) {
            switch (random.nextInt(20)) {
                case 0 -> context.emitWatermark(new Watermark(i));
                case 1 -> context.markAsTemporarilyIdle();
                case 2, 3, 4 -> context.collect(i);
                default -> context.collectWithTimestamp(i, i + random.nextInt(100));
            }
            if (random.nextInt(200) == 0) {
                // so that batches of all sizes occur
                Thread.sleep(1);
            }
        }
    }

    @Override
    public void cancel() {
        running = false;
    }
}
