/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded;

/** Hears of failures that a job survives; called on threads of Flink's, and must not block. */
public interface RestartListener {

    /**
     * A job has failed and is restarted.
     *
     * @param job its name
     * @param cause what it failed of
     * @param attempt which restart this is, from 1
     * @param attempts how many there may be; 0 if there is no such number
     * @param delayMillis when it starts again, at the latest about; negative if that is not known
     */
    void restarting(String job, Throwable cause, int attempt, int attempts, long delayMillis);
}
