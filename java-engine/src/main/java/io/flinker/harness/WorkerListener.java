/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import org.apache.beam.model.fnexecution.v1.BeamFnApi.Elements;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.StateRequest;

/**
 * Hears what comes from a worker; called on threads of the harness, which must not be blocked.
 *
 * <p>Entries come in the order in which the worker sent them, one call at a time. A failure comes
 * once, after the entries that the worker sent before it failed.
 */
public interface WorkerListener {

    /** Results; the receiver calls {@link PythonWorker#consumed} when it is done with them. */
    void onElements(Elements elements);

    /**
     * The worker asks for state; the receiver answers with {@link PythonWorker#answer}, in order.
     */
    default void onStateRequest(StateRequest request) {
        throw new IllegalStateException("This worker's functions have no state");
    }

    /** The worker has answered the end of a bundle; all its results have come. */
    void onBundleEnd();

    /** A function has failed or the worker is dead. */
    void onFailure(Exception failure);
}
