/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.InputSelectable;
import org.apache.flink.streaming.api.operators.InputSelection;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Reads all of its second input before any of the first: in batch mode broadcast records come
 * before all others.
 */
final class BroadcastFirstOperator<IN1, IN2, OUT> extends PythonTwoInputOperator<IN1, IN2, OUT>
        implements InputSelectable {

    private static final long serialVersionUID = 1L;
    private static final int SECOND = 2;

    private transient boolean secondHasEnded;

    BroadcastFirstOperator(
            StreamOperatorParameters<OUT> parameters,
            MailboxExecutor mailbox,
            PythonChain<OUT> chain) {
        super(parameters, mailbox, chain);
    }

    @Override
    public InputSelection nextSelection() {
        return secondHasEnded ? InputSelection.FIRST : InputSelection.SECOND;
    }

    @Override
    public void endInput(int inputId) throws Exception {
        super.endInput(inputId);
        secondHasEnded |= inputId == SECOND;
    }
}
