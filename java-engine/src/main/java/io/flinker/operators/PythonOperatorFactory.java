/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
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
        implements OneInputStreamOperatorFactory<IN, OUT>, YieldingOperatorFactory<OUT> {

    private static final long serialVersionUID = 1L;

    private final ArrayList<PythonFunction> functions;
    private final TypeInformation<IN> inputType;
    private final TypeInformation<OUT> outputType;
    private final String executable;
    private transient boolean annotated;

    /**
     * @param executable the interpreter that the program asks for; null: the client's own
     */
    public PythonOperatorFactory(
            List<PythonFunction> functions,
            TypeInformation<IN> inputType,
            TypeInformation<OUT> outputType,
            String executable) {
        this.functions = new ArrayList<>(functions);
        this.inputType = inputType;
        this.outputType = outputType;
        this.executable = executable;
    }

    /** The functions, in the order in which they are called. */
    public List<PythonFunction> functions() {
        return functions;
    }

    /** Says that the type of the results comes from the function's annotation. */
    public void markAnnotated() {
        annotated = true;
    }

    public boolean isAnnotated() {
        return annotated;
    }

    public TypeInformation<IN> inputType() {
        return inputType;
    }

    public TypeInformation<OUT> outputType() {
        return outputType;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
    public <T extends StreamOperator<OUT>> T createStreamOperator(
            StreamOperatorParameters<OUT> parameters) {
        return (T)
                new PythonOperator<>(
                        parameters,
                        getMailboxExecutor(),
                        functions,
                        inputType,
                        outputType,
                        executable);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return PythonOperator.class;
    }
}
