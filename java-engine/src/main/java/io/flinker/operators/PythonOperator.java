/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import io.flinker.fn.v1.WorkerApi.Task;
import io.flinker.harness.PythonSettings;
import io.flinker.harness.PythonWorker;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Runs a chain of Python functions in a worker of its own.
 *
 * <p>Everything that is no record keeps its place among the records: it goes on when the results of
 * all records before it have gone. The worker starts when the operator is made, so that it comes up
 * while Flink sets up the rest of the task.
 */
final class PythonOperator<IN, OUT> extends AbstractStreamOperator<OUT>
        implements OneInputStreamOperator<IN, OUT>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    private final transient PythonWorker worker;
    private final transient PythonExchange<IN, OUT> exchange;
    private transient boolean finished;

    PythonOperator(
            StreamOperatorParameters<OUT> parameters,
            MailboxExecutor mailbox,
            List<PythonFunction> functions,
            TypeInformation<IN> inputType,
            TypeInformation<OUT> outputType,
            String executable) {
        super(parameters);
        exchange = new PythonExchange<>(mailbox, output, inputType, outputType);
        TaskInfo info = getRuntimeContext().getTaskInfo();
        int partitions =
                Partitions.of(functions, parameters.getContainingTask(), getOperatorConfig());
        String name =
                functions.stream().map(PythonFunction::name).collect(Collectors.joining(", "));
        try {
            worker =
                    PythonWorker.start(
                            PythonSettings.client().with(executable),
                            BundleDescriptors.of(
                                    functions, inputType, outputType, task(info, partitions)),
                            new PythonWorker.Owner(
                                    name,
                                    info.getIndexOfThisSubtask(),
                                    info.getNumberOfParallelSubtasks()),
                            exchange);
        } catch (IOException e) {
            // not as its cause: what is at the end of the chain is what the user reads first
            throw new IllegalStateException(
                    "No Python worker could be started for '" + name + "': " + e.getMessage());
        }
        exchange.use(worker);
    }

    private Task task(TaskInfo info, int partitions) {
        return Task.newBuilder()
                .setJobId(getRuntimeContext().getJobInfo().getJobId().toString())
                .setJobName(getRuntimeContext().getJobInfo().getJobName())
                .setTaskName(info.getTaskName())
                .setSubtask(info.getIndexOfThisSubtask())
                .setParallelism(info.getNumberOfParallelSubtasks())
                .setMaxParallelism(info.getMaxNumberOfParallelSubtasks())
                .setAttempt(info.getAttemptNumber())
                .putAllJobParameters(getRuntimeContext().getGlobalJobParameters())
                .setPartitions(partitions)
                .build();
    }

    @Override
    public void open() throws Exception {
        super.open();
        worker.awaitReady();
    }

    @Override
    public void processElement(StreamRecord<IN> record) throws Exception {
        exchange.add(record);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        exchange.afterResults(() -> super.processWatermark(mark));
    }

    @Override
    public void processWatermark(WatermarkEvent watermark) throws Exception {
        exchange.afterResults(() -> super.processWatermark(watermark));
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        exchange.afterResults(() -> super.processWatermarkStatus(status));
    }

    @Override
    public void processLatencyMarker(LatencyMarker marker) throws Exception {
        exchange.afterResults(() -> super.processLatencyMarker(marker));
    }

    @Override
    public void processRecordAttributes(RecordAttributes attributes) throws Exception {
        exchange.afterResults(() -> super.processRecordAttributes(attributes));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        exchange.finishBundle();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void endInput() throws Exception {
        exchange.finishBundle();
    }

    @Override
    public void finish() throws Exception {
        exchange.finishBundle();
        finished = true;
        super.finish();
    }

    @Override
    public void close() throws Exception {
        try {
            if (finished) {
                worker.close();
            } else {
                worker.abort();
            }
        } finally {
            super.close();
        }
    }
}
