/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.failure.FailureEnricher;
import org.apache.flink.runtime.executiongraph.failover.RestartBackoffTimeStrategy;
import org.apache.flink.runtime.executiongraph.failover.RestartBackoffTimeStrategyFactoryLoader;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * Sees every failure of the jobs of a cluster, and tells of those that lead to a restart.
 *
 * <p>Flink shows a failure here before it decides what follows, in the thread that decides. The
 * state that the job is in afterwards says what was decided. How long it waits only its restart
 * strategy knows: one of the same kind, which hears of the same failures, is asked in its place.
 */
final class RestartWatch implements FailureEnricher {

    private static final Set<JobStatus> OVER =
            EnumSet.of(
                    JobStatus.FAILING,
                    JobStatus.FAILED,
                    JobStatus.CANCELLING,
                    JobStatus.CANCELED,
                    JobStatus.SUSPENDED);

    private final RestartListener listener;
    private final Function<JobID, CompletableFuture<JobStatus>> status;
    private final Map<JobID, Job> jobs = new ConcurrentHashMap<>();

    RestartWatch(RestartListener listener, Function<JobID, CompletableFuture<JobStatus>> status) {
        this.listener = listener;
        this.status = status;
    }

    /** Watches a job that is about to be submitted. */
    void watch(StreamGraph graph, Configuration cluster) {
        jobs.put(graph.getJobID(), new Job(graph, cluster));
    }

    /** The job has ended. */
    void forget(JobID job) {
        jobs.remove(job);
    }

    @Override
    public Set<String> getOutputKeys() {
        return Set.of();
    }

    @Override
    public CompletableFuture<Map<String, String>> processFailure(Throwable cause, Context context) {
        Job job = jobs.get(context.getJobInfo().getJobId());
        if (job != null) {
            job.fail(cause, context.getJobInfo().getJobName());
        }
        return CompletableFuture.completedFuture(Map.of());
    }

    private final class Job {
        private final JobID id;
        private final RestartBackoffTimeStrategy strategy;
        private final int attempts;
        private int failures;

        Job(StreamGraph graph, Configuration cluster) {
            id = graph.getJobID();
            Configuration settings = graph.getJobConfiguration();
            strategy =
                    RestartBackoffTimeStrategyFactoryLoader.createRestartBackoffTimeStrategyFactory(
                                    settings,
                                    cluster,
                                    graph.getCheckpointConfig().isCheckpointingEnabled())
                            .create();
            attempts = attempts(settings, cluster);
        }

        /** Of the one strategy that has a fixed number. */
        private int attempts(Configuration settings, Configuration cluster) {
            if (!strategy.getClass().getSimpleName().startsWith("FixedDelay")) {
                return 0;
            }
            boolean own = settings.contains(RestartStrategyOptions.RESTART_STRATEGY);
            int number =
                    (own ? settings : cluster)
                            .get(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS);
            return number == Integer.MAX_VALUE ? 0 : number;
        }

        void fail(Throwable cause, String name) {
            int attempt = ++failures;
            strategy.notifyFailure(cause);
            long delay = strategy.canRestart() ? strategy.getBackoffTime() : -1;
            // answered in the same thread as this call, so after the decision
            CompletableFuture<Void> unused =
                    status.apply(id)
                            .thenAccept(
                                    now -> {
                                        if (!OVER.contains(now)) {
                                            listener.restarting(
                                                    name, cause, attempt, attempts, delay);
                                        }
                                    });
        }
    }
}
