/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import io.flinker.fn.v1.WorkerApi.Failure;

/** A Python function has failed; carries what the client needs to raise the user's exception. */
public final class PythonFunctionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final byte[] failure;
    private final int subtask;
    private final int parallelism;

    PythonFunctionException(Failure failure, int subtask, int parallelism) {
        super(sentence(failure, subtask, parallelism));
        this.failure = failure.toByteArray();
        this.subtask = subtask;
        this.parallelism = parallelism;
    }

    /** Where it happened and what the function raised. */
    public Failure failure() {
        try {
            return Failure.parseFrom(failure);
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In which parallel instance of the operator, from 0. */
    public int subtask() {
        return subtask;
    }

    /** How many instances there are. */
    public int parallelism() {
        return parallelism;
    }

    private static String sentence(Failure failure, int subtask, int parallelism) {
        StringBuilder text = new StringBuilder();
        text.append("In the Python function of operator '").append(failure.getFunction());
        text.append("', subtask ").append(subtask + 1).append(" of ").append(parallelism);
        if (!failure.getRecord().isEmpty()) {
            text.append(", record ").append(failure.getRecord());
        }
        return text.append(":\n").append(failure.getTraceback()).toString();
    }
}
