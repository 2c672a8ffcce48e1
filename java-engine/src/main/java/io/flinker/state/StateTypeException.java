/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.state;

/** A program declares state in another way than it did when it wrote it. */
final class StateTypeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StateTypeException(String message) {
        super(message);
    }
}
