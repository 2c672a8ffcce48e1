/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import java.io.Serializable;

/**
 * A function of the user.
 *
 * @param name the operator's name
 * @param urn the kind, as the worker knows it
 * @param payload what the worker makes the function of
 */
@SuppressWarnings("ArrayRecordComponent") // opaque, and never compared
public record PythonFunction(String name, String urn, byte[] payload) implements Serializable {

    /** The same function under another name. */
    public PythonFunction named(String newName) {
        return new PythonFunction(newName, urn, payload);
    }
}
