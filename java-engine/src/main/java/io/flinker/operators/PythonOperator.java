/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Runs a chain of Python functions in a worker of its own. */
final class PythonOperator<IN, OUT> extends AbstractStreamOperator<OUT>
        implements OneInputStreamOperator<IN, OUT>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    private final transient PythonTask<OUT> task;
    private final transient PythonChain<OUT> chain;
    private transient KeyedParts<OUT> keyed;

    PythonOperator(
            StreamOperatorParameters<OUT> parameters,
            MailboxExecutor mailbox,
            PythonChain<OUT> chain) {
        super(parameters);
        this.chain = chain;
        task =
                new PythonTask<>(
                        getRuntimeContext(),
                        parameters.getContainingTask(),
                        mailbox,
                        output,
                        chain,
                        Partitions.of(
                                chain.functions(),
                                parameters.getContainingTask(),
                                getOperatorConfig()),
                        PythonMetrics.of(this, chain));
        output = task.output();
    }

    @Override
    public void open() throws Exception {
        super.open();
        if (chain.hasState()) {
            keyed = KeyedParts.of(this, task, chain);
        }
        task.open();
    }

    @Override
    public boolean hasKeyContext1() {
        // the worker knows the key of each record, and here nobody asks for it
        return false;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (keyed != null) {
            keyed.beforeWatermark(mark);
        }
        super.processWatermark(mark);
    }

    @Override
    public void processElement(StreamRecord<IN> record) throws Exception {
        task.add(0, record);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        task.finishBundle();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void endInput() throws Exception {
        task.finishBundle();
    }

    @Override
    public void finish() throws Exception {
        task.finish();
        super.finish();
    }

    @Override
    public void close() throws Exception {
        try {
            task.close();
        } finally {
            super.close();
        }
    }
}
