/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import io.flinker.codec.KeyTypeInfo;
import io.flinker.state.WorkerStates;
import io.flinker.timers.KeyedTimers;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.sorted.state.BatchExecutionStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.tasks.StreamTask;

/**
 * What an operator has besides if its functions have state and timers of keys: Flink's state and
 * timers, and how its worker comes by them.
 *
 * <p>In batch mode the worker needs neither.
 */
final class KeyedParts<OUT> {

    private static final ConfigOption<MemorySize> CACHE =
            ConfigOptions.key("flinker.state.cache-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(128));

    private final PythonTask<OUT> task;
    private final KeyedExchange exchange;
    private final boolean firesTimers;
    private final boolean batch;

    private KeyedParts(
            PythonTask<OUT> task, KeyedExchange exchange, boolean firesTimers, boolean batch) {
        this.task = task;
        this.exchange = exchange;
        this.firesTimers = firesTimers;
        this.batch = batch;
    }

    /** Makes the parts of an operator that is about to open its task. */
    static <OUT> KeyedParts<OUT> of(
            AbstractStreamOperator<OUT> operator, PythonTask<OUT> task, PythonChain<OUT> chain) {
        boolean batch = inBatchMode(operator.getContainingTask());
        KeyTypeInfo keyType = chain.keyed() ? chain.keyType() : null;
        boolean firesTimers = chain.keyed() && chain.timers();
        // there may be timers from before the program was changed, which nobody hears of now
        KeyedTimers timers =
                new KeyedTimers(
                        operator::setCurrentKey,
                        firesTimers ? timer -> task.exchange().addTimer(timer) : timer -> {});
        if (chain.keyed() && !batch) {
            timers.use(
                    operator.getInternalTimerService(
                            KeyedTimers.NAME, KeyedTimers.namespaces(), timers));
        }
        WorkerStates states =
                new WorkerStates(
                        chain.keyed() ? operator.getKeyedStateBackend() : null,
                        keyType,
                        operator.getOperatorStateBackend());
        KeyedExchange exchange = new KeyedExchange(states, timers, keyType);
        task.use(exchange);
        return new KeyedParts<>(task, exchange, firesTimers, batch);
    }

    /** Before timers fire for a watermark: those that records before it set are known then. */
    void beforeWatermark(Watermark mark) throws Exception {
        if (!firesTimers) {
            return;
        }
        if (!batch) {
            task.exchange().drain();
            exchange.timers().watermark(mark.getTimestamp());
        } else if (mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp()) {
            // the worker has the timers of the last key, and hears in this way that it was the last
            exchange.timers().watermark(mark.getTimestamp());
            exchange.timers().fireAll();
        }
    }

    /** Whether Flink sorts the records by key and forgets the state of each after the last one. */
    static boolean inBatchMode(StreamTask<?, ?> task) {
        StateBackend backend =
                task.getConfiguration()
                        .getStateBackend(
                                task.getEnvironment().getUserCodeClassLoader().asClassLoader());
        return backend instanceof BatchExecutionStateBackend;
    }

    /** How much of its state a worker may hold. */
    static long cacheBytes(StreamTask<?, ?> task) {
        return task.getEnvironment().getJobConfiguration().get(CACHE).getBytes();
    }
}
