/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import io.flinker.embedded.RestartListener;
import java.nio.charset.StandardCharsets;

/**
 * Tells the program of failures that its jobs survive, as warnings of Python's logger {@code
 * pyflink}. The last failure, which the job does not survive, is raised there instead.
 */
final class Restarts implements RestartListener {

    @Override
    public void restarting(
            String job, Throwable cause, int attempt, int attempts, long delayMillis) {
        StringBuilder text = new StringBuilder();
        text.append("The job '").append(job).append("' has failed and starts again");
        if (delayMillis >= 0) {
            // other strategies than the fixed one throw dice
            text.append(attempts > 0 ? " in " : " in about ").append(delayMillis).append(" ms");
        }
        text.append(" (restart ").append(attempt);
        if (attempts > 0) {
            text.append(" of ").append(attempts);
        }
        text.append("). ").append(Failures.brief(cause));
        Console.log(warning(text.toString()).getBytes(StandardCharsets.UTF_8));
    }

    private static String warning(String message) {
        return "{\"name\": \"pyflink\", \"levelno\": 30, \"levelname\": \"WARNING\","
                + " \"of_engine\": true, \"msg\": \""
                + escape(message)
                + "\"}";
    }

    /** For a string in JSON. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
