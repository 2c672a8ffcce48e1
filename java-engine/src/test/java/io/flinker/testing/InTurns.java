/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Random;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.operators.legacy.YieldingOperatorFactory;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Lets one stream feed the two inputs of an operator, in turns that are the same at every run.
 *
 * <p>What arrives at two real inputs has no order, so what two operators make of it could not be
 * compared event by event.
 */
public final class InTurns<OUT> extends AbstractStreamOperatorFactory<OUT>
        implements OneInputStreamOperatorFactory<Object, OUT>, YieldingOperatorFactory<OUT> {

    private static final long serialVersionUID = 1L;

    private final StreamOperatorFactory<OUT> twoInputs;

    /**
     * @param twoInputs makes the operator of two inputs
     */
    public InTurns(StreamOperatorFactory<OUT> twoInputs) {
        this.twoInputs = twoInputs;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
    public <T extends StreamOperator<OUT>> T createStreamOperator(
            StreamOperatorParameters<OUT> parameters) {
        if (twoInputs instanceof AbstractStreamOperatorFactory<OUT> factory) {
            factory.setProcessingTimeService(processingTimeService);
            factory.setMailboxExecutor(getMailboxExecutor());
        }
        Class<?>[] interfaces = {OneInputStreamOperator.class, BoundedOneInput.class};
        return (T)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        interfaces,
                        new Turns(twoInputs.createStreamOperator(parameters)));
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return OneInputStreamOperator.class;
    }

    private static final class Turns implements InvocationHandler {

        private final StreamOperator<?> operator;
        private final Random random = new Random(1);

        Turns(StreamOperator<?> operator) {
            this.operator = operator;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            String name = method.getName();
            if (name.equals("endInput")) {
                if (operator instanceof BoundedMultiInput bounded) {
                    bounded.endInput(1);
                    bounded.endInput(2);
                }
                return null;
            }
            if (name.equals("setKeyContextElement")) {
                return null;
            }
            if (!name.startsWith("process")) {
                return call(method, arguments);
            }
            if (Watermark.MAX_WATERMARK.equals(arguments[0])) {
                call(inputs(name + 1, method), arguments);
                return call(inputs(name + 2, method), arguments);
            }
            return call(inputs(name + (1 + random.nextInt(2)), method), arguments);
        }

        private static Method inputs(String name, Method method) throws NoSuchMethodException {
            return TwoInputStreamOperator.class.getMethod(name, method.getParameterTypes());
        }

        private Object call(Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(operator, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }
}
