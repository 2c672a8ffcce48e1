/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.testing;

import org.apache.flink.streaming.api.functions.source.legacy.RichSourceFunction;

/** Emits 0, 1, 2 ... every few milliseconds until it is cancelled. */
public class EndlessNumbers extends RichSourceFunction<Long> {

    private static final long serialVersionUID = 1L;

    private volatile boolean running = true;

    @Override
    public void run(SourceContext<Long> context) throws InterruptedException {
        for (long i = 0; running; i++) {
            synchronized (context.getCheckpointLock()) {
                context.collect(i);
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void cancel() {
        running = false;
    }
}
