/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import io.flinker.codec.Key;
import io.flinker.codec.TypeDescriptors;
import io.flinker.graph.Partitioning;
import io.flinker.graph.PythonTransformations;
import io.flinker.graph.Timestamps;
import io.flinker.operators.PythonFunction;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Python functions that say where records go, and when they happened. */
public final class Partitions {

    private Partitions() {}

    /** Pairs of a key and a record, partitioned by the key. */
    public static KeyedStream<?, ?> keyBy(
            DataStream<?> stream, String name, String urn, byte[] payload, byte[] keyType) {
        Python.prepareWorkers(stream.getExecutionEnvironment());
        return Partitioning.keyBy(
                stream, new PythonFunction(name, urn, payload), TypeDescriptors.parse(keyType));
    }

    /** The records, each at the instance of the next operator that the function says. */
    public static SingleOutputStreamOperator<?> partitionCustom(
            DataStream<?> stream, String name, String urn, byte[] payload) {
        Python.prepareWorkers(stream.getExecutionEnvironment());
        return Partitioning.partitionCustom(stream, new PythonFunction(name, urn, payload));
    }

    /** The records of a stream of pairs. */
    public static <T> SingleOutputStreamOperator<T> values(DataStream<Tuple2<Key, T>> pairs) {
        return Partitioning.values(pairs);
    }

    /** The stream of what a function makes of the records of a stream of pairs. */
    public static <T> SingleOutputStreamOperator<?> functionOfValues(
            DataStream<Tuple2<Key, T>> pairs,
            String name,
            String urn,
            byte[] payload,
            byte[] outputType) {
        return Partitioning.addToValues(
                pairs, new PythonFunction(name, urn, payload), TypeDescriptors.parse(outputType));
    }

    /** The records with timestamps of a function's, and watermarks that follow from these. */
    public static <T> SingleOutputStreamOperator<T> timestamps(
            DataStream<T> stream,
            String name,
            String urn,
            byte[] payload,
            WatermarkStrategy<T> strategy) {
        Python.prepareWorkers(stream.getExecutionEnvironment());
        return Timestamps.assign(stream, new PythonFunction(name, urn, payload), strategy);
    }

    /** The stream of what a function makes of the records of keys, with state of each. */
    @SuppressWarnings("unchecked") // made by keyBy
    public static <T> SingleOutputStreamOperator<?> keyedFunction(
            KeyedStream<?, ?> stream,
            String name,
            String urn,
            byte[] payload,
            byte[] outputType,
            boolean timers) {
        return PythonTransformations.addKeyed(
                (KeyedStream<Tuple2<Key, T>, Key>) stream,
                new PythonFunction(name, urn, payload),
                TypeDescriptors.parse(outputType),
                timers);
    }

    /** The same of two streams, of which the first has keys, or both have. */
    public static SingleOutputStreamOperator<?> keyedConnected(
            DataStream<?> first,
            DataStream<?> second,
            String name,
            String urn,
            byte[] payload,
            byte[] outputType,
            boolean timers) {
        return PythonTransformations.addKeyed(
                first.connect(second),
                new PythonFunction(name, urn, payload),
                TypeDescriptors.parse(outputType),
                timers);
    }

    /** The same of a stream, with or without keys, and of one that all instances get. */
    public static SingleOutputStreamOperator<?> broadcastConnected(
            DataStream<?> stream,
            DataStream<?> broadcast,
            String name,
            String urn,
            byte[] payload,
            byte[] outputType,
            boolean timers) {
        Python.prepareWorkers(stream.getExecutionEnvironment());
        return PythonTransformations.addBroadcast(
                stream,
                broadcast,
                new PythonFunction(name, urn, payload),
                TypeDescriptors.parse(outputType),
                timers);
    }
}
