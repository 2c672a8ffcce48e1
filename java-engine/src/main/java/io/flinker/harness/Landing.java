/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The first thing that a task manager's Python does for a job: it says whether it fits, and unpacks
 * what came with the job. {@code pyflink/_worker/landing.py} is the other side, and is run out of
 * the archive of the worker.
 */
final class Landing {

    private static final long SECONDS = 300;
    private static final String ANSWER = "flinker landed\0";
    private static final String ADVICE =
            "Install Python there, or name another interpreter with set_python_executable() or"
                    + " 'python.executable'.";

    private final String executable;
    private final Path temporary;
    private final List<String> command = new ArrayList<>();

    /**
     * @param executable the interpreter
     * @param python the version that it must have; empty for any
     * @param worker the archive of the worker
     * @param temporary a folder for what it says
     */
    Landing(String executable, String python, File worker, Shipment shipment, Path temporary) {
        this.executable = executable;
        this.temporary = temporary;
        command.addAll(List.of(executable, worker.getPath()));
        command.addAll(List.of(python, shipment.machine(), shipment.libc()));
    }

    /** Has an archive unpacked, unless the folder is there. */
    void unpack(File archive, Path folder) {
        command.add(archive.getPath());
        command.add(folder.toString());
    }

    /**
     * Runs it.
     *
     * @return the interpreter's sys.path
     * @throws WorkerSetupException if it does not fit
     */
    List<String> run() throws IOException {
        Path output = Files.createTempFile(temporary, "landing", ".txt");
        try {
            return answer(said(output));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private String said(Path output) throws IOException {
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
        } catch (IOException e) {
            throw refusal("cannot be run (" + e.getMessage() + "). " + ADVICE);
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw refusal("has not unpacked the job within " + SECONDS + " seconds.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the job was unpacked", e);
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private List<String> answer(String said) {
        int start = said.lastIndexOf(ANSWER);
        if (start < 0) {
            throw refusal("could not unpack the job. Its last words: " + said.strip());
        }
        List<String> parts = List.of(said.substring(start).split("\0", -1));
        if (!parts.get(1).equals("fits")) {
            throw refusal(parts.get(2));
        }
        // the last one ends the answer
        return parts.subList(2, parts.size() - 1);
    }

    private WorkerSetupException refusal(String reason) {
        return new WorkerSetupException(
                "The Python of a task manager, '" + executable + "', " + reason);
    }
}
