/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.graph;

import java.util.Collection;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.transformations.WithBoundedness;

/** Whether a job will run in batch mode, as Flink decides it. */
final class BatchMode {

    private BatchMode() {}

    static boolean of(Collection<Transformation<?>> program, ReadableConfig config) {
        RuntimeExecutionMode mode = config.get(ExecutionOptions.RUNTIME_MODE);
        return mode == RuntimeExecutionMode.BATCH
                || mode == RuntimeExecutionMode.AUTOMATIC
                        && program.stream()
                                .flatMap(BatchMode::withInputs)
                                .noneMatch(BatchMode::isUnbounded);
    }

    private static Stream<Transformation<?>> withInputs(Transformation<?> transformation) {
        return Stream.concat(
                Stream.of(transformation), transformation.getTransitivePredecessors().stream());
    }

    private static boolean isUnbounded(Transformation<?> transformation) {
        return transformation instanceof WithBoundedness source
                && source.getBoundedness() != Boundedness.BOUNDED;
    }
}
