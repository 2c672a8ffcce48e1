/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import io.flinker.fn.v1.WorkerApi.Metrics;
import io.flinker.harness.PythonFunctionException;
import io.flinker.harness.PythonSettings;
import io.flinker.harness.PythonWorker;
import java.util.function.Consumer;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.StreamTask;

/**
 * What operators of one and of two inputs have in common: a worker, the exchange with it, and their
 * lives.
 *
 * <pre>
 * new -> open() -> [ add()* finishBundle() ]* -> finish() -> close()
 *    at any point: close(), which without finish() aborts
 * </pre>
 *
 * <p>The worker starts when the operator is made, so that it comes up while Flink sets up the rest
 * of the task.
 */
final class PythonTask<OUT> {

    private final PythonWorker worker;
    private final PythonExchange<OUT> exchange;
    private final OrderedOutput<OUT> output;
    private final StreamTask<?, ?> task;
    private boolean finished;

    PythonTask(
            StreamingRuntimeContext context,
            StreamTask<?, ?> task,
            MailboxExecutor mailbox,
            Output<StreamRecord<OUT>> output,
            PythonChain<OUT> chain,
            int partitions,
            Consumer<Metrics> metrics) {
        this.task = task;
        PythonSettings settings = WorkerSettings.of(chain.settings(), context);
        // in the client one thread works for all tasks, and waits for none but one at a time
        exchange = new PythonExchange<>(mailbox, output, chain, !settings.inClient());
        this.output = new OrderedOutput<>(output, exchange);
        worker = ChainWorkers.start(context, task, chain, partitions, exchange, metrics);
        exchange.use(worker);
    }

    /** Where the operator sends what is no record, so that it keeps its place among them. */
    Output<StreamRecord<OUT>> output() {
        return output;
    }

    /** Lets the functions have state and timers; before {@link #open}. */
    void use(KeyedExchange keyed) {
        exchange.use(keyed);
    }

    void open() throws Exception {
        try {
            worker.awaitReady(exchange::serveUntil);
        } catch (PythonFunctionException e) {
            throw exchange.ofTask(e);
        }
    }

    PythonExchange<OUT> exchange() {
        return exchange;
    }

    /** Hands over a record of an input, from 0. */
    void add(int input, StreamRecord<?> record) throws Exception {
        exchange.add(input, record);
    }

    /** Waits until the results of all records have gone on. */
    void finishBundle() throws Exception {
        exchange.finishBundle();
    }

    void finish() throws Exception {
        exchange.finishBundle();
        finished = true;
    }

    void close() throws Exception {
        // Where the task has failed or was cancelled since, while it waited for its last
        // checkpoint,
        // Flink takes one more exception as the end of the task manager.
        if (finished && !task.isFailing() && !task.isCanceled()) {
            worker.close();
        } else {
            worker.abort();
        }
    }
}
