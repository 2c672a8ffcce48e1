/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.legacy.YieldingOperatorFactory;

/** Makes operators that run a chain of Python functions of which the first has two inputs. */
public final class PythonTwoInputOperatorFactory<IN1, IN2, OUT>
        extends AbstractStreamOperatorFactory<OUT>
        implements TwoInputStreamOperatorFactory<IN1, IN2, OUT>,
                YieldingOperatorFactory<OUT>,
                PythonOperators<OUT> {

    private static final long serialVersionUID = 1L;

    private final PythonChain<OUT> chain;
    private boolean broadcastFirst;
    private transient boolean annotated;

    public PythonTwoInputOperatorFactory(PythonChain<OUT> chain) {
        this.chain = chain;
    }

    @Override
    public PythonChain<OUT> chain() {
        return chain;
    }

    @Override
    public void readBroadcastFirst() {
        broadcastFirst = true;
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
        return new PythonTwoInputOperatorFactory<IN1, IN2, NEW>(newChain);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
    public <T extends StreamOperator<OUT>> T createStreamOperator(
            StreamOperatorParameters<OUT> parameters) {
        return (T)
                (broadcastFirst
                        ? new BroadcastFirstOperator<IN1, IN2, OUT>(
                                parameters, getMailboxExecutor(), chain)
                        : new PythonTwoInputOperator<IN1, IN2, OUT>(
                                parameters, getMailboxExecutor(), chain));
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return broadcastFirst ? BroadcastFirstOperator.class : PythonTwoInputOperator.class;
    }
}
