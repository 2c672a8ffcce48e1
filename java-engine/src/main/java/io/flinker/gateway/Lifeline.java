/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.util.FileUtils;

/**
 * Ends the JVM with its Python process, however that one ends.
 *
 * <p>The end of standard input is the quick sign. A process that Python forked keeps the pipe open,
 * so the parent process is watched as well.
 */
final class Lifeline {

    private static final long CHECK_MILLIS = 500;

    /** A JVM that writes a class-data archive at its end is given longer than others. */
    private static final int EXIT_DEADLINE_SECONDS = Integer.getInteger("flinker.exit.seconds", 3);

    private Lifeline() {}

    /** Nobody else removes the work directory when Python was killed. */
    static void removeAtExit(Path workDirectory) {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> FileUtils.deleteDirectoryQuietly(workDirectory.toFile())));
    }

    static void watchParent() {
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        parent.ifPresent(
                python ->
                        daemon(
                                "flinker-parent-watch",
                                () -> {
                                    while (python.isAlive()) {
                                        sleep(CHECK_MILLIS);
                                    }
                                    exit();
                                }));
    }

    /** Blocks until Python closes its end of standard input, then exits. */
    static void awaitEnd(Reader input) {
        try {
            while (input.read() >= 0) {
                // Python sends nothing after the token
            }
        } catch (IOException e) {
            // a broken pipe is an end as well
        }
        exit();
    }

    /** Exits in order, so that shutdown hooks run, but never hangs in one of them. */
    private static void exit() {
        daemon(
                "flinker-exit-deadline",
                () -> {
                    sleep(EXIT_DEADLINE_SECONDS * 1_000L);
                    Runtime.getRuntime().halt(0);
                });
        System.exit(0);
    }

    private static void daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
