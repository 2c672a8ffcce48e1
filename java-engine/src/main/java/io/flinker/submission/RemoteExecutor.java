/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.submission;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Flink's seam for "where does a job run", answered with a cluster that runs elsewhere. */
public final class RemoteExecutor
        implements PipelineExecutorServiceLoader, PipelineExecutorFactory, PipelineExecutor {

    /** The value of {@code execution.target} that names such a cluster. */
    public static final String NAME = "remote";

    private final RemoteCluster cluster;
    private final Path engine;
    private final AtomicReference<Permission> next = new AtomicReference<>(Permission.given());

    /**
     * @param cluster where jobs go
     * @param engine the jar that they take along
     */
    public RemoteExecutor(RemoteCluster cluster, Path engine) {
        this.cluster = cluster;
        this.engine = engine;
    }

    /** One for the same cluster whose jobs take another jar along. */
    RemoteExecutor with(Path jar) {
        return new RemoteExecutor(cluster, jar);
    }

    /** Has the next job wait for a permission. */
    public Permission permission() {
        Permission permission = new Permission();
        next.set(permission);
        return permission;
    }

    @Override
    public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
        return this;
    }

    @Override
    public Stream<String> getExecutorNames() {
        return Stream.of(NAME);
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean isCompatibleWith(Configuration configuration) {
        return true;
    }

    @Override
    public PipelineExecutor getExecutor(Configuration configuration) {
        return this;
    }

    @Override
    public CompletableFuture<JobClient> execute(
            Pipeline pipeline, Configuration configuration, ClassLoader userCode) throws Exception {
        StreamGraph graph = PipelineExecutorUtils.getStreamGraph(pipeline, configuration);
        // or the functions would stay behind
        graph.serializeUserDefinedInstances();
        JobID job = cluster.submit(graph, engine, next.getAndSet(Permission.given()));
        return CompletableFuture.completedFuture(new RemoteJob(cluster, job, userCode));
    }
}
