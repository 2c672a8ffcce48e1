/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import io.flinker.harness.PythonWorker;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.datastream.AsyncDataStream.OutputMode;
import org.apache.flink.streaming.api.functions.async.AsyncRetryStrategy;
import org.apache.flink.streaming.api.graph.StreamConfig;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.streaming.runtime.tasks.StreamTask;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.retryable.AsyncRetryStrategies;

/**
 * Runs an asynchronous Python function in a worker of its own.
 *
 * <p>Flink's operator keeps the order, bounds what is under way and has it in its checkpoints.
 * Timeouts and further attempts are the worker's, which can tell its calls to end.
 */
final class PythonAsyncOperator<IN, OUT> extends AsyncWaitOperator<IN, OUT> {

    private static final long serialVersionUID = 1L;
    private static final long NO_TIMEOUT = 0;

    private final transient AsyncExchange<IN, OUT> exchange;
    private final transient PythonWorker worker;
    private transient long watermark = Long.MIN_VALUE;
    private transient boolean finished;

    PythonAsyncOperator(
            StreamOperatorParameters<OUT> parameters,
            ProcessingTimeService times,
            MailboxExecutor mailbox,
            PythonChain<OUT> chain,
            int capacity,
            OutputMode mode) {
        this(
                parameters,
                times,
                mailbox,
                chain,
                capacity,
                mode,
                new AsyncExchange<>(mailbox, chain));
    }

    @SuppressWarnings("unchecked") // no strategy says anything about results
    private PythonAsyncOperator(
            StreamOperatorParameters<OUT> parameters,
            ProcessingTimeService times,
            MailboxExecutor mailbox,
            PythonChain<OUT> chain,
            int capacity,
            OutputMode mode,
            AsyncExchange<IN, OUT> exchange) {
        super(
                parameters,
                exchange::invoke,
                NO_TIMEOUT,
                capacity,
                mode,
                (AsyncRetryStrategy<OUT>) AsyncRetryStrategies.NO_RETRY_STRATEGY,
                times,
                mailbox);
        this.exchange = exchange;
        worker =
                ChainWorkers.start(
                        getRuntimeContext(),
                        getContainingTask(),
                        chain,
                        0,
                        exchange,
                        PythonMetrics.of(this, chain));
        exchange.use(worker);
    }

    /** In the midst of the constructors: so the queue's results go here, too. */
    @Override
    protected void setup(
            StreamTask<?, ?> task, StreamConfig config, Output<StreamRecord<OUT>> target) {
        super.setup(task, config, new StatusMark.Unpacking<>(target));
    }

    @Override
    public void open() throws Exception {
        worker.awaitReady(opened -> {});
        // takes up what was under way at the checkpoint
        super.open();
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermark = mark.getTimestamp();
        super.processWatermark(mark);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        super.processWatermark(new StatusMark(watermark, status));
    }

    @Override
    public void finish() throws Exception {
        exchange.finish();
        finished = true;
        super.finish();
    }

    @Override
    public void close() throws Exception {
        StreamTask<?, ?> task = getContainingTask();
        try {
            // as in PythonTask
            if (finished && !task.isFailing() && !task.isCanceled()) {
                worker.close();
            } else {
                worker.abort();
            }
        } finally {
            super.close();
        }
    }
}
