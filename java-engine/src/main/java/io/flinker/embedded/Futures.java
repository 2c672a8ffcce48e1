/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for futures without their wrapper exceptions. */
final class Futures {

    private Futures() {}

    /** Waits and throws the failure itself. */
    static <T> T getUnwrapped(Future<T> future) throws Exception {
        return getUnwrapped(future, Long.MAX_VALUE);
    }

    /**
     * Waits for a while and throws the failure itself.
     *
     * @throws TimeoutException if it is not done by then
     */
    static <T> T getUnwrapped(Future<T> future, long seconds) throws Exception {
        try {
            return future.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception) {
                throw (Exception) e.getCause();
            }
            throw e;
        }
    }
}
