/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import io.flinker.codec.TypeDescriptors;
import io.flinker.graph.PythonTransformations;
import io.flinker.harness.PythonLogs;
import io.flinker.harness.PythonSettings;
import io.flinker.harness.PythonWorker;
import io.flinker.operators.PythonFunction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Python functions on streams, and the settings of the workers that run them. */
public final class Python {

    private static final Logger LOG = LoggerFactory.getLogger(Python.class);

    private Python() {}

    /** The stream of what a function makes of another stream's records. */
    public static SingleOutputStreamOperator<?> function(
            DataStream<?> stream, String name, String urn, byte[] payload, byte[] outputType) {
        prepareWorkers();
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
        prepareWorkers();
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
     * Takes over what workers of this program need.
     *
     * @param texts UTF-8 with NULs between: the interpreter, the folder of the package pyflink, the
     *     working directory, the number of folders in sys.path, these, and the environment: a name,
     *     its value, another name ...
     */
    public static void settings(byte[] texts) {
        List<String> all = List.of(new String(texts, StandardCharsets.UTF_8).split("\0", -1));
        int environment = 4 + Integer.parseInt(all.get(3));
        Map<String, String> variables = new HashMap<>();
        for (int i = environment; i + 1 < all.size(); i += 2) {
            variables.put(all.get(i), all.get(i + 1));
        }
        PythonSettings settings =
                new PythonSettings(
                        all.get(0), all.get(1), all.get(2), all.subList(4, environment), variables);
        PythonSettings.setClient(settings);
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

    /** While the program goes on building the job. */
    static void prepareWorkers() {
        PythonSettings settings = PythonSettings.client();
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
