/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import io.flinker.codec.TypeDescriptors;
import io.flinker.graph.ChainingEnvironment;
import io.flinker.graph.PythonTransformations;
import io.flinker.harness.PythonLogs;
import io.flinker.harness.PythonSettings;
import io.flinker.harness.PythonWorker;
import io.flinker.operators.PythonFunction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Python functions on streams, and the settings of the workers that run them. */
public final class Python {

    private static final Logger LOG = LoggerFactory.getLogger(Python.class);

    private static final ConfigOption<String> EXECUTABLE =
            ConfigOptions.key("python.executable").stringType().noDefaultValue();
    private static final ConfigOption<String> DEBUG =
            ConfigOptions.key("flinker.debug").stringType().noDefaultValue();

    private Python() {}

    /** The stream of what a function makes of another stream's records. */
    public static SingleOutputStreamOperator<?> function(
            DataStream<?> stream, String name, String urn, byte[] payload, byte[] outputType) {
        prepareWorkers(stream.getExecutionEnvironment());
        return PythonTransformations.add(
                stream, new PythonFunction(name, urn, payload), TypeDescriptors.parse(outputType));
    }

    /** The stream of what a function makes of the records of two streams. */
    public static SingleOutputStreamOperator<?> connected(
            DataStream<?> first,
            DataStream<?> second,
            String name,
            String urn,
            byte[] payload,
            byte[] outputType) {
        prepareWorkers(first.getExecutionEnvironment());
        return PythonTransformations.add(
                first.connect(second),
                new PythonFunction(name, urn, payload),
                TypeDescriptors.parse(outputType));
    }

    /** What an operator sends to a side output; null if the stream is not made by an operator. */
    public static <T> DataStream<T> sideOutput(DataStream<?> stream, OutputTag<T> tag) {
        return stream instanceof SingleOutputStreamOperator<?> operator
                ? operator.getSideOutput(tag)
                : null;
    }

    /** A stream, a side output for one, as an operator that has a name and other settings. */
    public static SingleOutputStreamOperator<?> operator(DataStream<?> stream) {
        return PythonTransformations.passThrough(stream);
    }

    /**
     * Takes over what workers need.
     *
     * @param texts UTF-8 with NULs between: the interpreter, the folder of the package pyflink, the
     *     working directory, "client" if the client runs the functions itself, the number of
     *     folders that libraries are borrowed from, these, the number of folders in sys.path,
     *     these, and the environment: a name, its value, another name ...
     * @param ofProgram whether they hold wherever a job has no other ones
     * @return the name of the settings, for {@link #use}
     */
    public static String settings(byte[] texts, boolean ofProgram) {
        List<String> all = List.of(new String(texts, StandardCharsets.UTF_8).split("\0", -1));
        int path = 5 + Integer.parseInt(all.get(4));
        int environment = path + 1 + Integer.parseInt(all.get(path));
        Map<String, String> variables = new HashMap<>();
        for (int i = environment; i + 1 < all.size(); i += 2) {
            variables.put(all.get(i), all.get(i + 1));
        }
        PythonSettings settings =
                new PythonSettings(
                        all.get(0),
                        all.get(1),
                        all.subList(5, path),
                        all.get(2),
                        all.subList(path + 1, environment),
                        variables,
                        all.get(3).equals("client"));
        if (ofProgram) {
            PythonSettings.setClient(settings);
        }
        return PythonSettings.register(settings);
    }

    /** The environment's settings of workers: those whose keys start as one of ours do. */
    public static byte[] options(StreamExecutionEnvironment environment) throws IOException {
        Map<String, String> options = new HashMap<>();
        ((Configuration) environment.getConfiguration())
                .toMap()
                .forEach(
                        (key, value) -> {
                            if (key.startsWith("python.") || key.startsWith("flinker.")) {
                                options.put(key, value);
                            }
                        });
        return Settings.pairs(options);
    }

    /**
     * Makes the workers of an environment's next job ones of these settings.
     *
     * @param files what the job takes along for them: names, each with a path behind it
     */
    public static void use(
            StreamExecutionEnvironment environment, String settings, List<String> files) {
        if (environment instanceof ChainingEnvironment chaining) {
            chaining.useWorkers(settings);
            Map<String, Path> paths = new HashMap<>();
            for (int i = 0; i + 1 < files.size(); i += 2) {
                paths.put(files.get(i), Path.of(files.get(i + 1)));
            }
            chaining.takeAlong(paths);
        }
    }

    /**
     * Takes over what the program wants to have logged.
     *
     * @param texts UTF-8 with NULs between: the level that is disabled, then a logger, its level,
     *     another logger ...
     */
    public static void logLevels(byte[] texts) {
        List<String> all = List.of(new String(texts, StandardCharsets.UTF_8).split("\0", -1));
        Map<String, Integer> levels = new HashMap<>();
        for (int i = 1; i + 1 < all.size(); i += 2) {
            levels.put(all.get(i), Integer.valueOf(all.get(i + 1)));
        }
        PythonLogs.setLevels(new PythonLogs.Levels(levels, Integer.parseInt(all.get(0))));
    }

    /** While the program goes on building the job; not if it wants other workers than the usual. */
    static void prepareWorkers(StreamExecutionEnvironment environment) {
        PythonSettings settings = PythonSettings.client();
        ReadableConfig options = environment.getConfiguration();
        if (!Environments.runsHere(environment)
                || settings.inClient()
                || options.getOptional(EXECUTABLE).isPresent()
                || options.getOptional(DEBUG).isPresent()) {
            return;
        }
        Thread thread = new Thread(() -> prepare(settings), "flinker-python-start");
        thread.setDaemon(true);
        thread.start();
    }

    /** A failure shows again when a worker starts. */
    private static void prepare(PythonSettings settings) {
        try {
            PythonWorker.prepare(settings);
        } catch (IOException | RuntimeException e) {
            LOG.debug("The nursery could not be started ahead of time", e);
        }
    }
}
