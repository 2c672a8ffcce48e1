/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import io.flinker.fn.v1.NurseryApi.StartWorker;
import java.io.IOException;

/** Where workers run; all methods may be called from any thread. */
interface WorkerHost {

    /**
     * Starts a worker; the process hears of its end.
     *
     * @throws IOException if there is nobody to start it
     */
    void start(StartWorker order, WorkerProcess worker) throws IOException;

    /** Ends a worker at once; harmless if it has ended. */
    void kill(int worker);
}
