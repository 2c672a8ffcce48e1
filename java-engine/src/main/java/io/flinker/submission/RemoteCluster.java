/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.submission;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A cluster that runs elsewhere, by its REST interface.
 *
 * <p>One for each address, for the life of the process: Flink's own client makes a connection and a
 * pool of threads for every question it asks. All methods may be called from any thread.
 */
public final class RemoteCluster {

    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 200;
    private static final Map<String, RemoteCluster> CLUSTERS = new ConcurrentHashMap<>();

    private final URI address;
    private final RestClusterClient<StandaloneClusterId> client;
    private final Submission submission;

    private RemoteCluster(Configuration configuration) throws Exception {
        address = addressOf(configuration);
        client = new KeptClient(configuration);
        submission = new Submission(new RestCalls(address, configuration));
    }

    /** The cluster that a configuration names by {@code rest.address} and its siblings. */
    public static synchronized RemoteCluster of(Configuration configuration) throws Exception {
        String key = addressOf(configuration) + " " + security(configuration);
        RemoteCluster cluster = CLUSTERS.get(key);
        if (cluster == null) {
            cluster = new RemoteCluster(configuration);
            CLUSTERS.put(key, cluster);
        }
        return cluster;
    }

    /** What a configuration says of the address. */
    public static URI addressOf(Configuration configuration) {
        boolean tls = configuration.get(SecurityOptions.SSL_REST_ENABLED);
        return URI.create(
                (tls ? "https://" : "http://")
                        + configuration.get(RestOptions.ADDRESS)
                        + ":"
                        + configuration.get(RestOptions.PORT));
    }

    private static Map<String, String> security(Configuration configuration) {
        Map<String, String> security = new TreeMap<>(configuration.toMap());
        security.keySet().removeIf(key -> !key.startsWith("security.ssl.rest"));
        return security;
    }

    /** Where it is. */
    public URI address() {
        return address;
    }

    /** Flink's client of it; closing it does nothing. */
    RestClusterClient<StandaloneClusterId> client() {
        return client;
    }

    /**
     * Runs a job; returns once the cluster has initialised it.
     *
     * @param engine the jar that goes with it
     * @param permission is waited for before it runs
     * @throws UnfitException if it may not run
     */
    JobID submit(StreamGraph graph, Path engine, Permission permission) throws Exception {
        JobID job = graph.getJobID();
        try {
            if (!submission.start(graph, engine, permission)) {
                permission.await();
                graph.addJar(new org.apache.flink.core.fs.Path(engine.toUri()));
                unwrapped(client.submitJob(graph));
            }
        } catch (UnfitException e) {
            throw e;
        } catch (Exception e) {
            throw new SubmissionException(
                    "The cluster at "
                            + address
                            + " has not taken the job: "
                            + SubmissionException.lastCause(e),
                    e);
        }
        long pause = FIRST_PAUSE_MILLIS;
        while (unwrapped(client.getJobStatus(job)) == JobStatus.INITIALIZING) {
            Thread.sleep(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
        return job;
    }

    /**
     * How a job has ended, when it has.
     *
     * <p>Flink's own wait grows to two seconds between two questions.
     */
    CompletableFuture<JobResult> result(JobID job) {
        CompletableFuture<JobResult> result = new CompletableFuture<>();
        ask(job, FIRST_PAUSE_MILLIS, result);
        return result;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the result is what is waited for
    private void ask(JobID job, long pauseMillis, CompletableFuture<JobResult> result) {
        client.getJobStatus(job)
                .whenComplete(
                        (status, failure) -> {
                            if (result.isDone()) {
                                return;
                            }
                            if (failure != null || status.isGloballyTerminalState()) {
                                // which knows what to retry
                                client.requestJobResult(job)
                                        .whenComplete((done, t) -> finish(result, done, t));
                            } else {
                                long next = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
                                later(pauseMillis).execute(() -> ask(job, next, result));
                            }
                        });
    }

    private static void finish(
            CompletableFuture<JobResult> result, JobResult done, Throwable failure) {
        if (failure == null) {
            result.complete(done);
        } else {
            result.completeExceptionally(failure);
        }
    }

    private static Executor later(long millis) {
        return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
    }

    private static <T> T unwrapped(CompletableFuture<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception) {
                throw (Exception) e.getCause();
            }
            throw e;
        }
    }

    /** Who borrows it closes it after each question. */
    private static final class KeptClient extends RestClusterClient<StandaloneClusterId> {

        KeptClient(Configuration configuration) throws Exception {
            super(configuration, StandaloneClusterId.getInstance());
        }

        @Override
        public void close() {
            // it ends with the process
        }
    }
}
