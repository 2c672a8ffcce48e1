/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import io.flinker.graph.AnnotatedResults;
import io.flinker.graph.Printing;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;

/** Transformations that would take several calls from Python, or Java arrays. */
public final class Streams {

    private Streams() {}

    @SuppressWarnings({"unchecked", "rawtypes"})
    public static DataStream<?> union(DataStream<?> stream, List<DataStream<?>> others) {
        List<DataStream<?>> all = new ArrayList<>(others);
        all.add(0, stream);
        all = AnnotatedResults.ofOneType(all);
        DataStream[] rest = all.subList(1, all.size()).toArray(new DataStream[0]);
        return ((DataStream) all.get(0)).union(rest);
    }

    /** Notes that the type of a Python function's results comes from its annotation. */
    public static void markAnnotated(DataStream<?> results) {
        AnnotatedResults.mark(results);
    }

    /** Whether nobody has declared the type of a stream's records: it comes from annotations. */
    public static boolean isAnnotated(DataStream<?> stream) {
        return AnnotatedResults.in(stream);
    }

    public static <T extends Tuple> DataStream<T> project(
            DataStream<?> stream, List<Integer> fields) {
        return stream.project(fields.stream().mapToInt(Integer::intValue).toArray());
    }

    /**
     * Prints a stream.
     *
     * @param identifier starts each line; null for none
     */
    public static DataStreamSink<?> print(DataStream<?> stream, String identifier) {
        return Printing.print(stream, identifier == null ? "" : identifier);
    }

    /** The stream as texts if it is one of Python objects, else the stream itself. */
    public static DataStream<?> texts(DataStream<?> stream) {
        return Printing.texts(stream);
    }
}
