/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import io.flinker.graph.Printing;
import java.util.List;
import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;

/** Transformations that would take several calls from Python, or Java arrays. */
public final class Streams {

    private Streams() {}

    @SuppressWarnings("unchecked")
    public static <T> DataStream<T> union(DataStream<T> stream, List<DataStream<T>> others) {
        return stream.union(others.toArray(new DataStream[0]));
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
}
