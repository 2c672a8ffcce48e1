/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.testing;

import java.util.Random;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Numbers whose timestamps are out of order, some of them late, with watermarks between: the same
 * ones at every run.
 *
 * <p>Time goes on by 4 ms with each number, and now and then by a long gap.
 */
public final class WindowScript implements SourceFunction<Long> {

    private static final long serialVersionUID = 1L;
    private static final int STEP = 4;

    private final int events;
    private final long start;
    private final long seed;
    private volatile boolean running = true;

    public WindowScript(int events, long start, long seed) {
        this.events = events;
        this.start = start;
        this.seed = seed;
    }

    @Override
    public void run(SourceContext<Long> context) throws Exception {
        Random random = new Random(seed);
        long now = start;
        for (long i = 0; i < events && running; i++) {
            now += STEP;
            if (random.nextInt(100) == 0) {
                now += random.nextInt(1000);
            }
            if (random.nextInt(6) == 0) {
                context.emitWatermark(new Watermark(now - 20));
            }
            int late = random.nextInt(random.nextInt(20) == 0 ? 600 : 140);
            context.collectWithTimestamp(i, now + 20 - random.nextInt(late + 1));
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
