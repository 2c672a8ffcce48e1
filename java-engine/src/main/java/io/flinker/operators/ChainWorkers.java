/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import io.flinker.fn.v1.WorkerApi.Metrics;
import io.flinker.fn.v1.WorkerApi.Task;
import io.flinker.harness.PythonWorker;
import io.flinker.harness.WorkerListener;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;
import org.apache.flink.streaming.runtime.tasks.StreamTask;

/** Starts workers for chains of functions. */
final class ChainWorkers {

    private ChainWorkers() {}

    /**
     * Starts a worker, and returns before it is there.
     *
     * @param context what the operator knows of the task that it runs in
     * @param task the task itself
     * @param partitions how many instances the next operator has; 0 unless the functions must know
     * @param listener hears what the worker says
     * @param metrics hears of the functions' metrics
     * @throws IllegalStateException if the interpreter cannot be run
     */
    static PythonWorker start(
            StreamingRuntimeContext context,
            StreamTask<?, ?> task,
            PythonChain<?> chain,
            int partitions,
            WorkerListener listener,
            Consumer<Metrics> metrics) {
        TaskInfo info = context.getTaskInfo();
        try {
            return PythonWorker.start(
                    WorkerSettings.of(chain.settings(), context),
                    BundleDescriptors.of(chain, describe(context, task, chain, partitions)),
                    new PythonWorker.Owner(
                            chain.name(),
                            info.getIndexOfThisSubtask(),
                            info.getNumberOfParallelSubtasks()),
                    listener,
                    metrics);
        } catch (IOException e) {
            // not as its cause: what is at the end of the chain is what the user reads first
            throw new IllegalStateException(
                    "No Python worker could be started for '"
                            + chain.name()
                            + "': "
                            + e.getMessage());
        }
    }

    private static Task describe(
            StreamingRuntimeContext context,
            StreamTask<?, ?> task,
            PythonChain<?> chain,
            int partitions) {
        TaskInfo info = context.getTaskInfo();
        return Task.newBuilder()
                .setJobId(context.getJobInfo().getJobId().toString())
                .setJobName(context.getJobInfo().getJobName())
                .setTaskName(info.getTaskName())
                .setSubtask(info.getIndexOfThisSubtask())
                .setParallelism(info.getNumberOfParallelSubtasks())
                .setMaxParallelism(info.getMaxNumberOfParallelSubtasks())
                .setAttempt(info.getAttemptNumber())
                .putAllJobParameters(context.getGlobalJobParameters())
                .setPartitions(partitions)
                .setKeyed(chain.keyed())
                .setTimers(chain.timers())
                .setBroadcast(chain.broadcast())
                .setBatch(chain.hasState() && KeyedParts.inBatchMode(task))
                .setStateCacheBytes(KeyedParts.cacheBytes(task))
                .build();
    }
}
