/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the workers of a job live on a task manager: in a folder that nobody else can read, which
 * is gone when the job is.
 *
 * <pre>
 * FOLDER/content/NAME    what a file of that name holds; stays as long as the task manager does
 * FOLDER/jobs/JOB-...    the rest: the program's files, the working directory, temporary files
 * </pre>
 *
 * <p>A job's classes are its own on a task manager, so all that is static here and in the harness
 * is of one job, and {@link #leave} is called when the last of its tasks has gone.
 */
public final class Workplace {

    private static final Logger LOG = LoggerFactory.getLogger(Workplace.class);
    private static final long LANDING_SECONDS = 300;
    private static final String RESULT = "flinker landed";
    private static final Map<String, PythonSettings> SETTLED = new HashMap<>();

    private static Path jobFolder;

    private Workplace() {}

    /**
     * The settings of a job's workers here; unpacks what came with it at the first call.
     *
     * @param settings the name of a {@link Shipment}
     * @param folder the task manager's folder for temporary files
     * @param taskManager what the task manager is called
     * @param job the job's identifier
     * @param files gives those that came with the job, by their names
     * @throws WorkerSetupException if this machine's Python cannot run them
     */
    public static synchronized PythonSettings settle(
            String settings,
            Path folder,
            String taskManager,
            String job,
            Function<String, File> files)
            throws IOException {
        PythonSettings settled = SETTLED.get(settings);
        if (settled == null) {
            settled =
                    settle(
                            Shipment.of(settings),
                            folder.resolve("flinker"),
                            taskManager,
                            job,
                            files);
            SETTLED.put(settings, settled);
        }
        return settled;
    }

    private static PythonSettings settle(
            Shipment shipment,
            Path folder,
            String taskManager,
            String job,
            Function<String, File> files)
            throws IOException {
        Path content = privateFolder(folder.resolve("content"));
        if (jobFolder == null) {
            privateFolder(folder.resolve("jobs"));
            jobFolder = Files.createTempDirectory(folder.resolve("jobs"), job + "-");
        }
        Path work = privateFolder(jobFolder.resolve("work"));
        Path temporary = privateFolder(jobFolder.resolve("tmp"));

        List<String> command = new ArrayList<>();
        command.add(shipment.executable());
        command.add(files.apply(shipment.worker()).getPath());
        command.addAll(List.of(shipment.python(), shipment.machine(), shipment.libc()));
        List<Path> packages = new ArrayList<>();
        Path worker = content.resolve(shipment.worker());
        unpack(command, files, shipment.worker(), worker);
        for (String name : shipment.packages()) {
            packages.add(content.resolve(name));
            unpack(command, files, name, content.resolve(name));
        }
        List<Path> program = new ArrayList<>();
        for (String name : shipment.program()) {
            program.add(jobFolder.resolve(name));
            unpack(command, files, name, jobFolder.resolve(name));
        }
        List<String> ownPath = land(command, temporary);

        List<String> path = new ArrayList<>();
        Path directory = work;
        for (Path folderOfPackages : packages) {
            path.add(folderOfPackages.toString());
        }
        for (Path folderOfProgram : program) {
            path.addAll(folders(folderOfProgram.resolve("path")));
            Path data = folderOfProgram.resolve("work");
            directory = Files.isDirectory(data) ? data : directory;
        }
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("TMPDIR", temporary.toString());
        environment.put("FLINKER_TASK_MANAGER", taskManager);
        prepend(environment, "PYTHONPATH", path);
        prepend(environment, "PATH", packages.stream().map(p -> p.resolve("bin").toString()));
        path.addAll(ownPath);
        path.add(worker.toString());
        return new PythonSettings(
                shipment.executable(),
                worker.toString(),
                List.of(worker.toString()),
                directory.toString(),
                path,
                environment,
                false);
    }

    private static void unpack(
            List<String> command, Function<String, File> files, String name, Path target) {
        command.add(files.apply(name).getPath());
        command.add(target.toString());
    }

    /**
     * Lets the interpreter say whether it fits and unpack the files.
     *
     * @return its sys.path
     */
    private static List<String> land(List<String> command, Path temporary) throws IOException {
        String executable = command.get(0);
        String where = "The Python of this task manager, '" + executable + "',";
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Path output = Files.createTempFile(temporary, "landing", ".txt");
        builder.redirectOutput(output.toFile());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new WorkerSetupException(
                    where
                            + " cannot be run: "
                            + e.getMessage()
                            + ". Install Python there, or name another interpreter with"
                            + " set_python_executable() or 'python.executable'.");
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LANDING_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new WorkerSetupException(
                        where + " has not unpacked the job within " + LANDING_SECONDS + " s.");
            }
            String said = Files.readString(output, StandardCharsets.UTF_8);
            int start = said.lastIndexOf(RESULT + "\0");
            if (start < 0) {
                throw new WorkerSetupException(
                        where
                                + " does not run Python code (exit code "
                                + process.exitValue()
                                + "). Its last words: "
                                + said.strip());
            }
            List<String> parts = List.of(said.substring(start).split("\0", -1));
            if (parts.get(1).equals("refused")) {
                throw new WorkerSetupException(where + " " + parts.get(2));
            }
            return parts.subList(2, parts.size() - 1);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the job was unpacked", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static List<String> folders(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.sorted(Comparator.comparing(Path::getFileName))
                    .map(Path::toString)
                    .toList();
        }
    }

    private static void prepend(Map<String, String> environment, String name, List<String> paths) {
        prepend(environment, name, paths.stream());
    }

    private static void prepend(
            Map<String, String> environment, String name, Stream<String> paths) {
        String present = environment.getOrDefault(name, "");
        List<String> all = new ArrayList<>(paths.toList());
        if (!present.isEmpty()) {
            all.add(present);
        }
        if (!all.isEmpty()) {
            environment.put(name, String.join(File.pathSeparator, all));
        }
    }

    private static Path privateFolder(Path folder) throws IOException {
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return folder;
    }

    /** The job has left this task manager: ends all that is here for it, and removes its folder. */
    public static synchronized void leave() {
        Nursery.endAll();
        FnServer.stop();
        MetricClock.end();
        SETTLED.clear();
        if (jobFolder != null) {
            remove(jobFolder);
            jobFolder = null;
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.warn("The folder of a job that has left cannot be removed", e);
        }
    }
}
