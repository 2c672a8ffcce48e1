/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.graph;

import static org.apache.flink.configuration.RestartStrategyOptions.RESTART_STRATEGY;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.cache.DistributedCache.DistributedCacheEntry;
import org.apache.flink.api.common.operators.SlotSharingGroup;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * An environment that chains Python functions when its graph is made.
 *
 * <p>Every way to run a job or to see its plan asks for the graph here. The program's own
 * transformations are afterwards as they were: it may go on building with them.
 */
public final class ChainingEnvironment extends StreamExecutionEnvironment {

    private static final ConfigOption<Boolean> CHAINING =
            ConfigOptions.key("python.operator-chaining.enabled").booleanType().defaultValue(true);

    private final PipelineExecutorServiceLoader executors;
    private String workers;
    private Map<String, Path> files = Map.of();
    private boolean failsForGood;

    public ChainingEnvironment(
            PipelineExecutorServiceLoader executors,
            Configuration configuration,
            ClassLoader userCode) {
        super(executors, configuration, userCode);
        this.executors = executors;
    }

    /** What leads to the cluster that its jobs run on. */
    public PipelineExecutorServiceLoader executors() {
        return executors;
    }

    /** Whether there is a Python function in what the program has made so far. */
    public boolean hasPythonFunctions() {
        return transformations.stream().anyMatch(PythonTransformations::isPython);
    }

    /**
     * How many slots a job of what the program has made so far needs at least: those of all its
     * instances at once, where Flink puts one of each operator into a slot; one, if it may run in
     * parts.
     */
    public int slotsNeeded() {
        if (getConfiguration().get(ExecutionOptions.RUNTIME_MODE)
                != RuntimeExecutionMode.STREAMING) {
            return 1;
        }
        Map<String, Integer> groups = new HashMap<>();
        transformations.stream()
                .flatMap(transformation -> transformation.getTransitivePredecessors().stream())
                .forEach(
                        one ->
                                groups.merge(
                                        one.getSlotSharingGroup()
                                                .map(SlotSharingGroup::getName)
                                                .orElse(""),
                                        one.getParallelism() > 0
                                                ? one.getParallelism()
                                                : getParallelism(),
                                        Math::max));
        int named = groups.values().stream().mapToInt(Integer::intValue).sum();
        return Math.max(1, named);
    }

    private boolean chaining() {
        return isChainingEnabled() && getConfiguration().get(CHAINING);
    }

    /** Names the settings of the workers of the graphs to come; null: the client's. */
    public void useWorkers(String settings) {
        workers = settings;
    }

    /** Lets the graphs to come take files along, by the names that tasks know them by. */
    public void takeAlong(Map<String, Path> newFiles) {
        files = Map.copyOf(newFiles);
    }

    /**
     * Lets the next job fail where it could start again, unless the program says something else:
     * its results would be lost with that.
     */
    public void failForGood() {
        failsForGood = !getConfiguration().getOptional(RESTART_STRATEGY).isPresent();
    }

    private boolean hasUsualBufferTimeout() {
        return getBufferTimeout() == ExecutionOptions.BUFFER_TIMEOUT.defaultValue().toMillis();
    }

    @Override
    public StreamGraph getStreamGraph(boolean clearTransformations) {
        List<Transformation<?>> program = new ArrayList<>(transformations);
        try (PythonChains chains =
                PythonChains.of(
                        program,
                        chaining(),
                        workers,
                        hasUsualBufferTimeout(),
                        BatchMode.of(program, getConfiguration()))) {
            transformations.removeAll(chains.absorbed());
            StreamGraph graph = super.getStreamGraph(clearTransformations);
            if (failsForGood) {
                graph.getJobConfiguration().set(RESTART_STRATEGY, "none");
            }
            files.forEach(
                    (name, file) ->
                            graph.addUserArtifact(
                                    name, new DistributedCacheEntry(file.toString(), false)));
            return graph;
        } finally {
            failsForGood = false;
            transformations.clear();
            if (!clearTransformations) {
                transformations.addAll(program);
            }
        }
    }
}
