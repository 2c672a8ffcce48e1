/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for jobs in slices, so that an interrupt reaches Python in between. */
public final class Jobs {

    private Jobs() {}

    /**
     * Waits for a future for a while.
     *
     * @return whether it is done; a failure is thrown as it is
     */
    public static boolean await(Future<?> future, long millis) throws Throwable {
        try {
            future.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }
}
