/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.submission;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    /**
     * Begins to upload what the next job will take along, and the jar with it.
     *
     * @param files the files besides the jar
     */
    public void uploadAhead(List<Path> files) {
        List<Path> all = new ArrayList<>(files);
        all.add(engine);
        cluster.uploadAhead(all);
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
        JobID job = cluster.submit(graph, engine);
        return CompletableFuture.completedFuture(new RemoteJob(cluster, job, userCode));
    }
}
