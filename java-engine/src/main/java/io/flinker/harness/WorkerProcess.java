/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

/** Hears how a worker's process ends; called once, on the nursery's thread. */
interface WorkerProcess {

    /** Where the nursery keeps what the process wrote to standard error. */
    Nursery.Tail lastWords();

    /**
     * The process has ended.
     *
     * @param status the exit code, or minus the number of the signal
     */
    void onExit(int status);

    /** The nursery has ended, and the process with it. */
    void onLost(String why);
}
