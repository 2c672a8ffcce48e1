/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.legacy.YieldingOperatorFactory;

/**
 * Makes operators that run a chain of Python functions.
 *
 * <p>Yielding, as the operator waits in the mailbox; so Flink does not chain it to a source that
 * emits from another thread.
 */
public final class PythonOperatorFactory<IN, OUT> extends AbstractStreamOperatorFactory<OUT>
        implements OneInputStreamOperatorFactory<IN, OUT>,
                YieldingOperatorFactory<OUT>,
                PythonOperators<OUT> {

    private static final long serialVersionUID = 1L;

    private final PythonChain<OUT> chain;
    private transient boolean annotated;

    public PythonOperatorFactory(PythonChain<OUT> chain) {
        this.chain = chain;
    }

    @Override
    public PythonChain<OUT> chain() {
        return chain;
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
        return new PythonOperatorFactory<IN, NEW>(newChain);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
    public <T extends StreamOperator<OUT>> T createStreamOperator(
            StreamOperatorParameters<OUT> parameters) {
        return (T) new PythonOperator<IN, OUT>(parameters, getMailboxExecutor(), chain);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return PythonOperator.class;
    }
}
