/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.submission;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a job may run: somebody finds that out while it is made ready and uploaded. */
public final class Permission {

    private static final Logger LOG = LoggerFactory.getLogger(Permission.class);
    private static final long SECONDS = 180;

    private final CompletableFuture<String> answer = new CompletableFuture<>();

    /** One that has been given. */
    static Permission given() {
        Permission permission = new Permission();
        permission.answer("");
        return permission;
    }

    /**
     * Says it.
     *
     * @param reason why the job may not run; empty if it may
     */
    public void answer(String reason) {
        answer.complete(reason);
    }

    /**
     * Waits for it.
     *
     * @throws UnfitException if the job may not run
     */
    void await() throws UnfitException, InterruptedException {
        String reason = "";
        try {
            reason = answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // the task managers will find out themselves
            LOG.warn("The job begins unasked: there is no answer after {} seconds", SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        if (!reason.isEmpty()) {
            throw new UnfitException(reason);
        }
    }
}
