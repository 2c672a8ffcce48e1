/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import io.flinker.fn.v1.WorkerApi;
import io.flinker.harness.PythonFunctionException;
import io.flinker.harness.WorkerDiedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.util.SerializedThrowable;

/** Tells Python what is behind a Java exception, in one call. */
public final class Failures {

    private Failures() {}

    /**
     * What went wrong.
     *
     * @return the class and the message of the exception that started it all, what kind of failure
     *     it is ("cancelled", "python" or ""), and the whole stack trace; for one in a Python
     *     function also its operator, stage, record, subtask and parallelism, the class, message
     *     and traceback of the Python exception, and its pickle
     */
    public static List<Object> describe(Throwable failure) {
        Throwable root = failure;
        boolean cancelled = false;
        PythonFunctionException python = null;
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
            root = saysMore(root, t) ? root : t;
            cancelled |= t instanceof JobCancellationException;
            python = asPython(t) == null ? python : asPython(t);
        }
        String kind = python != null ? "python" : cancelled ? "cancelled" : "";
        List<Object> answer =
                new ArrayList<>(List.of(nameOf(root), messageOf(root), kind, trace(failure)));
        if (python != null) {
            WorkerApi.Failure detail = python.failure();
            answer.addAll(
                    List.of(
                            detail.getFunction(),
                            detail.getStage().name(),
                            detail.getRecord(),
                            python.subtask(),
                            python.parallelism(),
                            detail.getTypeName(),
                            detail.getMessage(),
                            detail.getTraceback(),
                            detail.getException().toByteArray()));
        }
        return answer;
    }

    /** What went wrong, for one who need not know Java: a few lines. */
    static String brief(Throwable failure) {
        Throwable root = failure;
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
            root = t;
            PythonFunctionException python = asPython(t);
            if (python != null) {
                return python.getMessage().strip();
            }
        }
        String name = nameOf(root);
        String message = messageOf(root);
        return name.equals(WorkerDiedException.class.getName())
                ? message
                : name.substring(name.lastIndexOf('.') + 1) + ": " + message;
    }

    /**
     * Whether an exception says what a class was wanted for, and its cause only that it is away.
     */
    private static boolean saysMore(Throwable failure, Throwable cause) {
        return nameOf(cause).equals(ClassNotFoundException.class.getName())
                && !messageOf(failure).isEmpty()
                && !messageOf(failure).endsWith(nameOf(cause) + ": " + messageOf(cause));
    }

    /** Flink sends exceptions serialized, as their classes may be the user's. */
    private static PythonFunctionException asPython(Throwable t) {
        Throwable original =
                t instanceof SerializedThrowable serialized
                        ? serialized.deserializeError(Failures.class.getClassLoader())
                        : t;
        return original instanceof PythonFunctionException python ? python : null;
    }

    private static String nameOf(Throwable t) {
        return t instanceof SerializedThrowable
                ? ((SerializedThrowable) t).getOriginalErrorClassName()
                : t.getClass().getName();
    }

    /** Flink prefixes the message of an exception it has serialized with the class name. */
    private static String messageOf(Throwable t) {
        String message = t.getMessage() == null ? "" : t.getMessage();
        String prefix = nameOf(t) + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }

    private static String trace(Throwable t) {
        StringWriter text = new StringWriter();
        t.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
