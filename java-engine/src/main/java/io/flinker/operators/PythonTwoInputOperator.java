/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Runs a chain of Python functions, of which the first has two inputs, in a worker of its own. */
class PythonTwoInputOperator<IN1, IN2, OUT> extends AbstractStreamOperator<OUT>
        implements TwoInputStreamOperator<IN1, IN2, OUT>, BoundedMultiInput {

    private static final long serialVersionUID = 1L;

    private final transient PythonTask<OUT> task;
    private final transient PythonChain<OUT> chain;
    private transient KeyedParts<OUT> keyed;

    PythonTwoInputOperator(
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
    public boolean hasKeyContext2() {
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
    public void processElement1(StreamRecord<IN1> record) throws Exception {
        task.add(0, record);
    }

    @Override
    public void processElement2(StreamRecord<IN2> record) throws Exception {
        task.add(1, record);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        task.finishBundle();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void endInput(int inputId) throws Exception {
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
