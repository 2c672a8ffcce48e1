/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import org.apache.flink.streaming.api.datastream.AsyncDataStream.OutputMode;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.legacy.YieldingOperatorFactory;

/** Makes operators that run an asynchronous Python function. */
public final class PythonAsyncOperatorFactory<IN, OUT> extends AbstractStreamOperatorFactory<OUT>
        implements OneInputStreamOperatorFactory<IN, OUT>,
                YieldingOperatorFactory<OUT>,
                PythonOperators<OUT> {

    private static final long serialVersionUID = 1L;

    private final PythonChain<OUT> chain;
    private final int capacity;
    private final OutputMode mode;
    private transient boolean annotated;

    /**
     * @param chain one function
     * @param capacity how many records may be under way
     * @param mode whether results are in the order of the records
     */
    public PythonAsyncOperatorFactory(PythonChain<OUT> chain, int capacity, OutputMode mode) {
        this.chain = chain;
        this.capacity = capacity;
        this.mode = mode;
    }

    @Override
    public PythonChain<OUT> chain() {
        return chain;
    }

    @Override
    public boolean standsAlone() {
        return true;
    }

    @Override
    public void markAnnotated() {
        annotated = true;
    }

    @Override
    public boolean isAnnotated() {
        return annotated;
    }

    @Override
    public <NEW> PythonOperators<NEW> with(PythonChain<NEW> newChain) {
        return new PythonAsyncOperatorFactory<IN, NEW>(newChain, capacity, mode);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
    public <T extends StreamOperator<OUT>> T createStreamOperator(
            StreamOperatorParameters<OUT> parameters) {
        return (T)
                new PythonAsyncOperator<IN, OUT>(
                        parameters,
                        processingTimeService,
                        getMailboxExecutor(),
                        chain,
                        capacity,
                        mode);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return PythonAsyncOperator.class;
    }
}
