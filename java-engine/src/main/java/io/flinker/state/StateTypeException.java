/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.state;

import java.util.Locale;

/**
 * A program declares state in another way than it did when it wrote it. The job is not tried again.
 */
public final class StateTypeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StateTypeException(String message) {
        super(message);
    }

    /**
     * @param state the name of the state
     * @param was the kind as it was written, one of Flink's
     * @param is the kind as it is declared
     */
    static StateTypeException otherKind(String state, String was, String is) {
        return new StateTypeException(
                "The state '"
                        + state
                        + "' was written as a "
                        + was.toLowerCase(Locale.ROOT)
                        + " state and is now declared as a "
                        + is.toLowerCase(Locale.ROOT)
                        + " state: declare the kind it has, or give the new one another name.");
    }
}
