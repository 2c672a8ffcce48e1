/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import io.flinker.codec.TypeDescriptors;
import io.flinker.graph.AnnotatedResults;
import io.flinker.graph.AsyncFunctions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Asynchronous Python functions on streams. */
public final class AsyncStreams {

    private AsyncStreams() {}

    /**
     * The stream of what an asynchronous function makes of another stream's records.
     *
     * @param annotated whether the type of the results comes from the function's annotation
     * @param capacity how many records may be under way
     * @param ordered whether the results are in the order of the records
     */
    public static SingleOutputStreamOperator<?> function(
            DataStream<?> stream,
            String name,
            byte[] payload,
            byte[] outputType,
            boolean annotated,
            int capacity,
            boolean ordered) {
        Python.prepareWorkers(stream.getExecutionEnvironment());
        SingleOutputStreamOperator<?> results =
                AsyncFunctions.add(
                        stream,
                        name,
                        payload,
                        TypeDescriptors.parse(outputType),
                        capacity,
                        ordered);
        if (annotated) {
            AnnotatedResults.mark(results);
        }
        return results;
    }
}
