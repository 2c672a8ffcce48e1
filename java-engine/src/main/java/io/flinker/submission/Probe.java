/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.submission;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the task managers of a cluster run a command, by a job of its own.
 *
 * <p>The job has one task for each free slot, so that it comes to all that have one. Its tasks have
 * nothing to do with each other: each runs when it has a slot, so several such jobs at once never
 * wait for one another. On a task manager the first of them runs the command.
 */
public final class Probe {

    /** The job's name, as the dashboard shows it. */
    public static final String NAME = "flinker: which Python is here";

    private static final Logger LOG = LoggerFactory.getLogger(Probe.class);
    private static final String ANSWERS = "answers";
    private static final long COMMAND_SECONDS = 30;

    private Probe() {}

    /**
     * Runs it.
     *
     * @param executor leads to the cluster
     * @param tasks how many slots are free
     * @param command the program and its arguments
     * @param seconds how long to wait for slots and for answers
     * @return three texts for each task manager that has answered: its identifier, what the command
     *     has written, and why it could not be run, of which one is empty; nothing if the job has
     *     failed or took too long
     * @throws SubmissionException if the cluster does not take the job
     */
    public static List<String> run(
            RemoteExecutor executor, int tasks, List<String> command, long seconds)
            throws Exception {
        Path folder = Files.createTempDirectory("flinker-probe");
        // its name is part of that under which the cluster keeps it
        Path jar = folder.resolve("probe.jar");
        try {
            writeJar(jar);
            return ask(executor.with(jar), tasks, command, seconds);
        } finally {
            Files.deleteIfExists(jar);
            Files.delete(folder);
        }
    }

    /** What the job needs of the engine, which is a hundred times as large. */
    private static void writeJar(Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> part :
                    List.of(
                            Probe.class,
                            Asking.class,
                            Launcher.class,
                            Launcher.LoadingStream.class)) {
                String name = part.getName().replace('.', '/') + ".class";
                // the same bytes every time, so that the cluster knows it again
                JarEntry entry = new JarEntry(name);
                entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
                out.putNextEntry(entry);
                try (InputStream in = part.getClassLoader().getResourceAsStream(name)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
    }

    private static List<String> ask(
            PipelineExecutorServiceLoader executors, int tasks, List<String> command, long seconds)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(DeploymentOptions.TARGET, RemoteExecutor.NAME);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment environment =
                new StreamExecutionEnvironment(
                        executors, configuration, Probe.class.getClassLoader());
        environment.setParallelism(tasks);
        environment.setMaxParallelism(tasks);
        environment.fromSequence(1, tasks).map(new Asking(command)).sinkTo(new DiscardingSink<>());
        JobClient job = environment.executeAsync(NAME);
        CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
        try {
            List<String> answers =
                    result.get(seconds, TimeUnit.SECONDS).getAccumulatorResult(ANSWERS);
            return answers == null ? List.of() : answers;
        } catch (TimeoutException e) {
            job.cancel().exceptionally(t -> null).get();
        } catch (ExecutionException e) {
            LOG.info("The task managers could not be asked", e);
        }
        return List.of();
    }

    /** Runs the command when it is opened, and does nothing to records. */
    private static final class Asking extends RichMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        /** On a task manager each job has classes of its own. */
        private static final AtomicBoolean ASKED = new AtomicBoolean();

        private final ArrayList<String> command;

        Asking(List<String> command) {
            this.command = new ArrayList<>(command);
        }

        @Override
        public void open(OpenContext context) throws Exception {
            if (!ASKED.compareAndSet(false, true)) {
                return;
            }
            StreamingRuntimeContext runtime = (StreamingRuntimeContext) getRuntimeContext();
            Path folder = runtime.getTaskManagerRuntimeInfo().getTmpWorkingDirectory().toPath();
            ListAccumulator<String> answers = new ListAccumulator<>();
            runtime.addAccumulator(ANSWERS, answers);
            // it is called so by Flink
            answers.add(folder.getParent().getFileName().toString().replaceFirst("^tm_", ""));
            try {
                answers.add(said(folder));
                answers.add("");
            } catch (IOException e) {
                answers.add("");
                answers.add(String.valueOf(e.getMessage()));
            }
        }

        private String said(Path folder) throws IOException, InterruptedException {
            Path output = Files.createTempFile(folder, "flinker", ".txt");
            try {
                Process process =
                        new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(output.toFile())
                                .start();
                try {
                    process.getOutputStream().close();
                    if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                        throw new IOException("no answer within " + COMMAND_SECONDS + " seconds");
                    }
                } finally {
                    process.destroyForcibly();
                }
                return Files.readString(output, StandardCharsets.UTF_8);
            } finally {
                Files.deleteIfExists(output);
            }
        }

        @Override
        public Long map(Long value) {
            return value;
        }
    }
}
