/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import java.io.Serializable;
import java.util.Set;

/**
 * A function of the user.
 *
 * @param name the operator's name
 * @param urn the kind, as the worker knows it
 * @param payload what the worker makes the function of
 */
@SuppressWarnings("ArrayRecordComponent") // opaque, and never compared
public record PythonFunction(String name, String urn, byte[] payload) implements Serializable {

    /** The kinds whose functions get a context with a timer service. */
    private static final Set<String> WITH_CONTEXT =
            Set.of(
                    "flinker:function:process:v1",
                    "flinker:function:co_process:v1",
                    "flinker:function:broadcast:v1",
                    "flinker:function:keyed_broadcast:v1",
                    "flinker:function:keyed_process:v1",
                    "flinker:function:keyed_co_process:v1",
                    "flinker:function:window:v1");

    /** The same function under another name. */
    public PythonFunction named(String newName) {
        return new PythonFunction(newName, urn, payload);
    }

    boolean asksForWatermark() {
        return WITH_CONTEXT.contains(urn);
    }
}
