/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import java.util.List;
import org.apache.flink.api.common.InvalidProgramException;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.streaming.api.graph.NonChainedOutput;
import org.apache.flink.streaming.api.graph.StreamConfig;
import org.apache.flink.streaming.runtime.tasks.StreamTask;

/** Among how many instances of the next operator a task's records can go. */
final class Partitions {

    /** The kind of the function that must know. */
    private static final String PARTITION = "flinker:function:partition:v1";

    private Partitions() {}

    /**
     * The number; 0 if no function must know.
     *
     * <p>Asked of the running task, as a scheduler may have changed what the program has set.
     */
    static int of(List<PythonFunction> functions, StreamTask<?, ?> task, StreamConfig operator) {
        if (!functions.get(functions.size() - 1).urn().equals(PARTITION)) {
            return 0;
        }
        Environment environment = task.getEnvironment();
        ClassLoader classes = environment.getUserCodeClassLoader().asClassLoader();
        List<NonChainedOutput> all = task.getConfiguration().getVertexNonChainedOutputs(classes);
        int partitions = 0;
        for (NonChainedOutput output : operator.getOperatorNonChainedOutputs(classes)) {
            int found = environment.getWriter(all.indexOf(output)).getNumberOfSubpartitions();
            if (partitions != 0 && partitions != found) {
                throw new InvalidProgramException(
                        "The stream of partition_custom() is read by operators of different"
                                + " parallelism, "
                                + partitions
                                + " and "
                                + found
                                + ": call partition_custom() once for each of them.");
            }
            partitions = found;
        }
        return partitions;
    }
}
