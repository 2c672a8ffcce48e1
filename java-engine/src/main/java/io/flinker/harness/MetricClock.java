/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reminds a worker's owner once a second that there may be metrics to ask for.
 *
 * <p>It does nothing until it is started, which it is with the first metric of a function. All
 * clocks share a thread. All methods may be called from any thread.
 */
final class MetricClock {

    private static final long SECONDS = 1;

    private final Runnable tick;
    private ScheduledFuture<?> running;
    private volatile boolean stopped;

    MetricClock(Runnable tick) {
        this.tick = tick;
    }

    synchronized void start() {
        if (running == null && !stopped) {
            running = Shared.CLOCK.scheduleWithFixedDelay(tick, SECONDS, SECONDS, TimeUnit.SECONDS);
        }
    }

    synchronized void stop() {
        stopped = true;
        if (running != null) {
            running.cancel(false);
        }
    }

    boolean isStopped() {
        return stopped;
    }

    /** Ends the shared thread, with the last worker of this JVM or of a job's classes in it. */
    static void end() {
        Shared.CLOCK.shutdownNow();
    }

    private static final class Shared {
        private static final ScheduledExecutorService CLOCK =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "flinker-metrics");
                            thread.setDaemon(true);
                            return thread;
                        });
    }
}
