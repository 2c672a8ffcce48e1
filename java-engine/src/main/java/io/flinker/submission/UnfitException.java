/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.submission;

/** The machines of a cluster cannot run a job, which has not been started. */
public final class UnfitException extends Exception {

    private static final long serialVersionUID = 1L;

    UnfitException(String sentence) {
        super(sentence);
    }
}
