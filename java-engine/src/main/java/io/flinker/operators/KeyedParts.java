/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import io.flinker.codec.Key;
import io.flinker.codec.KeyTypeInfo;
import io.flinker.state.KeyedStates;
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

    private KeyedParts(PythonTask<OUT> task, KeyedExchange exchange, boolean firesTimers) {
        this.task = task;
        this.exchange = exchange;
        this.firesTimers = firesTimers;
    }

    /** Makes the parts of an operator that is about to open its task. */
    static <OUT> KeyedParts<OUT> of(
            AbstractStreamOperator<OUT> operator, PythonTask<OUT> task, PythonChain<OUT> chain) {
        boolean batch = inBatchMode(operator.getContainingTask());
        KeyTypeInfo keyType = chain.keyType();
        KeyedTimers timers =
                new KeyedTimers(operator::setCurrentKey, timer -> task.exchange().addTimer(timer));
        if (chain.timers() && !batch) {
            timers.use(
                    operator.getInternalTimerService(
                            KeyedTimers.NAME, KeyedTimers.namespaces(), timers));
        }
        KeyedStates states = new KeyedStates(operator.<Key>getKeyedStateBackend(), keyType);
        KeyedExchange exchange = new KeyedExchange(states, timers, keyType);
        task.use(exchange);
        return new KeyedParts<>(task, exchange, chain.timers() && !batch);
    }

    /** Before timers fire for a watermark: those that records before it set are known then. */
    void beforeWatermark(Watermark mark) throws Exception {
        if (firesTimers) {
            task.exchange().drain();
            exchange.timers().watermark(mark.getTimestamp());
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
