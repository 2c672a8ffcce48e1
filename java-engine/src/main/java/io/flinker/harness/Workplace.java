/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the workers of a job live on a task manager: in folders that nobody else can read.
 *
 * <pre>
 * TASK MANAGER'S/flinker/content/NAME    the worker and packages; as long as the task manager lives
 * TASK MANAGER'S/flinker/jobs/JOB-...    the program, the working directory, temporary files;
 *                                        as long as the job is here
 * </pre>
 *
 * <p>A job's classes are its own on a task manager, so all that is static here and in the harness
 * is of one job, and {@link #leave} is called when the last of its tasks has gone.
 */
public final class Workplace {

    private static final Logger LOG = LoggerFactory.getLogger(Workplace.class);
    private static final String DEFAULT_EXECUTABLE = "python3";
    private static final String ANY_PYTHON = "";
    private static final long START_MILLIS = 10_000;

    private static final Map<String, PythonSettings> SETTLED = new HashMap<>();
    private static Path jobFolder;
    private static Thread starting;

    private final String taskManager;
    private final Function<String, File> files;
    private final Path content;
    private final Path work;
    private final Path temporary;

    private Workplace(Path folder, String job, Function<String, File> files) throws IOException {
        this.files = files;
        // it is called so by Flink
        taskManager = folder.getParent().getFileName().toString().replaceFirst("^tm_", "");
        content = privateFolder(folder.resolve("flinker").resolve("content"));
        Path own = folderOf(job, folder);
        work = privateFolder(own.resolve("work"));
        temporary = privateFolder(own.resolve("tmp"));
    }

    /** The folder of the job, made at the first call. */
    private static synchronized Path folderOf(String job, Path folder) throws IOException {
        if (jobFolder == null) {
            Path jobs = privateFolder(folder.resolve("flinker").resolve("jobs"));
            // readable by this user only
            jobFolder = Files.createTempDirectory(jobs, job + "-");
        }
        return jobFolder;
    }

    /**
     * The settings of a job's workers here; unpacks what came with it at the first call.
     *
     * @param settings the name of a {@link Shipment}
     * @param folder the task manager's own folder for temporary files
     * @param job the job's identifier
     * @param files gives those that came with the job, by their names
     * @throws WorkerSetupException if this machine's Python cannot run them
     */
    public static synchronized PythonSettings settle(
            String settings, Path folder, String job, Function<String, File> files)
            throws IOException {
        PythonSettings settled = SETTLED.get(settings);
        if (settled == null) {
            settled = new Workplace(folder, job, files).settle(Shipment.of(settings));
            SETTLED.put(settings, settled);
            startAhead(settled);
        }
        return settled;
    }

    /** Python takes as long to start as the task's classes to load: both at once. */
    private static void startAhead(PythonSettings settings) {
        starting =
                new Thread(
                        () -> {
                            try {
                                PythonWorker.prepare(settings);
                            } catch (IOException | RuntimeException e) {
                                // it shows again when a worker starts
                                LOG.debug("Python could not be started ahead of time", e);
                            }
                        },
                        "flinker-python-start");
        starting.setDaemon(true);
        starting.start();
    }

    private PythonSettings settle(Shipment shipment) throws IOException {
        // an interpreter that is in an archive has to be unpacked by another one
        boolean comesAlong =
                shipment.executable().contains("/") && !shipment.executable().startsWith("/");
        String executable = comesAlong ? DEFAULT_EXECUTABLE : shipment.executable();
        Path worker = content.resolve(shipment.worker());
        List<Path> packages = shipment.packages().stream().map(content::resolve).toList();
        List<Path> program = shipment.program().stream().map(jobFolder::resolve).toList();
        Landing landing =
                landing(executable, comesAlong ? ANY_PYTHON : shipment.python(), shipment);
        Stream.of(List.of(worker), packages, program)
                .flatMap(List::stream)
                .forEach(
                        target ->
                                landing.unpack(
                                        files.apply(target.getFileName().toString()), target));
        List<String> ownPath = landing.run();
        Path directory = directory(program);
        if (comesAlong) {
            executable = directory.resolve(shipment.executable()).toString();
            ownPath = landing(executable, shipment.python(), shipment).run();
        }
        List<String> path = new ArrayList<>();
        packages.forEach(folder -> path.add(folder.toString()));
        for (Path folder : program) {
            path.addAll(folders(folder.resolve("path")));
        }
        Map<String, String> environment = environment(path, packages);
        path.addAll(ownPath);
        path.add(worker.toString());
        return new PythonSettings(
                executable,
                worker.toString(),
                List.of(worker.toString()),
                directory.toString(),
                path,
                environment,
                false);
    }

    private Landing landing(String executable, String python, Shipment shipment) {
        return new Landing(executable, python, files.apply(shipment.worker()), shipment, temporary);
    }

    private Path directory(List<Path> program) {
        return program.stream()
                .map(folder -> folder.resolve("work"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(work);
    }

    private Map<String, String> environment(List<String> path, List<Path> packages) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("TMPDIR", temporary.toString());
        environment.put("FLINKER_TASK_MANAGER", taskManager);
        prepend(environment, "PYTHONPATH", path);
        List<String> programs = packages.stream().map(p -> p.resolve("bin").toString()).toList();
        prepend(environment, "PATH", programs);
        return environment;
    }

    private static List<String> folders(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.map(Path::toString).sorted().toList();
        }
    }

    private static void prepend(Map<String, String> environment, String name, List<String> paths) {
        List<String> all = new ArrayList<>(paths);
        String present = environment.getOrDefault(name, "");
        if (!present.isEmpty()) {
            all.add(present);
        }
        if (!all.isEmpty()) {
            environment.put(name, String.join(File.pathSeparator, all));
        }
    }

    private static Path privateFolder(Path folder) throws IOException {
        return Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** The job has left this task manager: ends all that is here for it, and removes its folder. */
    public static synchronized void leave() {
        if (starting != null) {
            // or it could start what nobody ends
            try {
                starting.join(START_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            starting = null;
        }
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
