/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded.rpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.runtime.rpc.RpcService;
import org.apache.flink.util.FatalExitExceptionHandler;
import org.apache.flink.util.concurrent.ScheduledExecutor;
import org.apache.flink.util.concurrent.ScheduledExecutorServiceAdapter;

/**
 * The threads of an RPC service, all with Flink's class loader as their context.
 *
 * <p>Endpoints run on threads that come and go with the work. Timeouts have a thread of their own,
 * which only hands on; what Flink schedules itself may take longer and has others.
 */
final class RpcThreads implements Executor {

    private static final int SCHEDULING_THREADS = 4;

    private final ExecutorService workers;
    private final ScheduledThreadPoolExecutor timer;
    private final ScheduledThreadPoolExecutor scheduler;

    RpcThreads(String name) {
        workers = Executors.newCachedThreadPool(threads(name + "-rpc"));
        timer = scheduled(1, name + "-rpc-timer");
        scheduler = scheduled(SCHEDULING_THREADS, name + "-rpc-scheduler");
    }

    private static ScheduledThreadPoolExecutor scheduled(int threads, String name) {
        ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(threads, threads(name));
        // calls that were answered in time are many, and their timeouts far away
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger count = new AtomicInteger();
        return body -> {
            Thread thread = new Thread(body, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            // not the creator's, which may be that of a job
            thread.setContextClassLoader(RpcService.class.getClassLoader());
            thread.setUncaughtExceptionHandler(FatalExitExceptionHandler.INSTANCE);
            return thread;
        };
    }

    /**
     * Runs something soon; after the end of the service, at once. Nothing but refusals are left
     * then, and whoever waits has to hear them.
     */
    @Override
    public void execute(Runnable body) {
        try {
            workers.execute(body);
        } catch (RejectedExecutionException e) {
            body.run();
        }
    }

    /** Runs something short later; after the end of the service, not at all. */
    void later(Runnable body, long millis) {
        try {
            Future<?> unused = timer.schedule(body, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // there is no endpoint left that it would run in
        }
    }

    /** Lets a future fail when it takes too long. */
    void limit(CompletableFuture<?> future, long millis, String what) {
        Runnable fail =
                () ->
                        // what depends on it may take its time
                        execute(
                                () ->
                                        future.completeExceptionally(
                                                new TimeoutException(
                                                        what
                                                                + " did not answer within "
                                                                + millis
                                                                + " ms")));
        Future<?> timeout;
        try {
            timeout = timer.schedule(fail, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            future.completeExceptionally(new IllegalStateException("The RPC service has ended", e));
            return;
        }
        CompletableFuture<?> unused =
                future.whenComplete((result, failure) -> timeout.cancel(false));
    }

    ScheduledExecutor scheduler() {
        return new ScheduledExecutorServiceAdapter(scheduler);
    }

    void shutdown() {
        timer.shutdown();
        scheduler.shutdown();
        workers.shutdown();
    }
}
