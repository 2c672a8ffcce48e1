/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** The workers of a job cannot run on this machine, and never will: a restart is of no use. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class WorkerSetupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WorkerSetupException(String message) {
        super(message);
    }
}
