/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.UnmodifiableConfiguration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one Flink cluster of this JVM.
 *
 * <p>{@link #prepare} starts it in the background, {@link #submit} waits for it and adds task
 * managers when the job needs more slots than are free. It stays up for the next job. All methods
 * may be called from any thread.
 */
public final class EmbeddedCluster {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCluster.class);
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 30;

    private final Path workDirectory;
    private final RestartListener restarts;
    private final SlotLedger ledger = new SlotLedger();

    /** Of the jobs that run; a running job may read what its graph alone refers to. */
    private final Map<JobID, StreamGraph> graphs = new HashMap<>();

    private Configuration selected;
    private CompletableFuture<GrowingMiniCluster> starting;
    private int taskManagers;

    /**
     * @param workDirectory for temporary files
     * @param restarts hears of failures that jobs survive
     */
    public EmbeddedCluster(Path workDirectory, RestartListener restarts) {
        this.workDirectory = workDirectory;
        this.restarts = restarts;
    }

    /**
     * Starts the cluster in the background unless one with these settings is up already.
     *
     * @throws IllegalStateException if jobs still run on a cluster with other settings
     */
    public synchronized void prepare(Configuration program) {
        Configuration wanted = ClusterOptions.select(program);
        if (starting != null && !starting.isCompletedExceptionally()) {
            if (wanted.equals(selected)) {
                return;
            }
            if (!ledger.isIdle()) {
                throw new IllegalStateException(
                        "The embedded cluster runs with other settings ("
                                + selected
                                + ") and cannot take "
                                + wanted
                                + " while jobs are running: "
                                + ledger
                                + ". Wait for them or cancel them first.");
            }
            stop();
        }
        selected = wanted;
        Configuration config = ClusterOptions.withDefaults(wanted, workDirectory);
        boolean open = ClusterOptions.wantsRest(wanted);
        CompletableFuture<GrowingMiniCluster> future = new CompletableFuture<>();
        starting = future;
        taskManagers = 1;
        QuickBeans.install();
        // The cluster's metrics ask for it halfway through the start.
        daemon("flinker-beans-start", ManagementFactory::getPlatformMBeanServer);
        daemon("flinker-cluster-start", () -> start(config, open, future));
    }

    private static void daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void start(
            Configuration config, boolean open, CompletableFuture<GrowingMiniCluster> future) {
        try {
            GrowingMiniCluster cluster =
                    new GrowingMiniCluster(
                            new MiniClusterConfiguration.Builder()
                                    .setConfiguration(new UnmodifiableConfiguration(config))
                                    .setNumTaskManagers(1)
                                    .setNumSlotsPerTaskManager(slotsPerTaskManager(config))
                                    .setRpcServiceSharing(RpcServiceSharing.SHARED)
                                    .setPluginManager(
                                            PluginUtils.createPluginManagerFromRootFolder(config))
                                    .build(),
                            !open,
                            restarts);
            cluster.start();
            if (open) {
                LOG.info("Flink dashboard: {}", cluster.getRestAddress().get());
            }
            future.complete(cluster);
        } catch (Throwable t) {
            future.completeExceptionally(t);
        }
    }

    /** Runs a job; the client is ready once the job has been initialised. */
    public JobClient submit(StreamGraph graph, Configuration program, ClassLoader userCode)
            throws Exception {
        GrowingMiniCluster cluster;
        JobID job = graph.getJobID();
        synchronized (this) {
            prepare(program);
            cluster = running();
            reserve(cluster, graph, program);
        }
        try {
            cluster.restarts().watch(graph, cluster.getConfiguration());
            cluster.submitJob(graph).get();
            awaitInitialised(cluster, job);
        } catch (Throwable t) {
            cluster.restarts().forget(job);
            release(job);
            throw t;
        }
        CompletableFuture<?> unused =
                cluster.requestJobResult(job)
                        .whenComplete(
                                (result, failure) -> {
                                    cluster.restarts().forget(job);
                                    release(job);
                                });
        return new MiniClusterJobClient(
                job, cluster, userCode, MiniClusterJobClient.JobFinalizationBehavior.NOTHING);
    }

    /** Flink's own wait starts with 50 ms of sleep; most jobs are initialised within 10 ms. */
    private static void awaitInitialised(MiniCluster cluster, JobID job) throws Exception {
        long pauseMillis = 1;
        while (Futures.getUnwrapped(cluster.getJobStatus(job)) == JobStatus.INITIALIZING) {
            Thread.sleep(pauseMillis);
            pauseMillis = Math.min(2 * pauseMillis, 100);
        }
    }

    /** The address of the REST server and the dashboard; waits for the cluster. */
    public URI restAddress() throws Exception {
        synchronized (this) {
            return running().getRestAddress().get();
        }
    }

    private GrowingMiniCluster running() throws Exception {
        try {
            return Futures.getUnwrapped(starting, START_SECONDS);
        } catch (TimeoutException e) {
            // the next job gets a new one
            starting = null;
            throw new IllegalStateException(
                    "The embedded cluster did not start within " + START_SECONDS + " seconds", e);
        }
    }

    private void reserve(MiniCluster cluster, StreamGraph graph, Configuration program)
            throws Exception {
        int slotsEach = slotsPerTaskManager(cluster.getConfiguration());
        int defaultParallelism = program.get(CoreOptions.DEFAULT_PARALLELISM);
        graphs.put(graph.getJobID(), graph);
        ledger.promise(graph.getJobID(), SlotLedger.slotsOf(graph, defaultParallelism));
        while (taskManagers * slotsEach < ledger.promised()) {
            cluster.startTaskManager();
            taskManagers++;
        }
    }

    private synchronized void release(JobID job) {
        graphs.remove(job);
        ledger.release(job);
    }

    /** Stops the cluster and every job on it. */
    public synchronized void stop() {
        if (starting == null) {
            return;
        }
        try {
            Futures.getUnwrapped(starting).closeAsync().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            LOG.warn("The embedded cluster did not stop cleanly", e);
        }
        starting = null;
    }

    private static int slotsPerTaskManager(Configuration config) {
        return config.get(TaskManagerOptions.NUM_TASK_SLOTS);
    }
}
