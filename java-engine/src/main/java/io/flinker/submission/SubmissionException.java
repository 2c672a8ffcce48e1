/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.submission;

import java.util.List;

/**
 * A cluster elsewhere has refused a job, or cannot be reached.
 *
 * <p>What Flink's client said is suppressed rather than the cause: its message is a Java trace of
 * another machine.
 */
public final class SubmissionException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final String CAUSE = "Caused by: ";

    SubmissionException(String sentence, Throwable detail) {
        super(sentence);
        addSuppressed(detail);
    }

    /** What a person needs of an error of Flink's client: the last cause in the cluster's trace. */
    static String lastCause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        List<String> lines = message.lines().filter(line -> !line.startsWith("\tat ")).toList();
        String last = message;
        for (String line : lines) {
            if (line.startsWith(CAUSE)) {
                last = line.substring(CAUSE.length());
            } else if (last.equals(message) && line.matches("[\\w.$]+(Exception|Error): .*")) {
                last = line;
            }
        }
        return last.replaceFirst("^[\\w.$]+\\.[\\w$]+: ", "");
    }
}
