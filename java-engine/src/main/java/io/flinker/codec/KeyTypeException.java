/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Keys have another type than they had when their state was written. The job is not tried again.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class KeyTypeException extends CodecException {

    private static final long serialVersionUID = 1L;

    KeyTypeException(String message) {
        super(message);
    }
}
