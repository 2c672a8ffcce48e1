/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.graph;

import io.flinker.codec.Key;
import io.flinker.codec.PickledByteArrayTypeInfo;
import io.flinker.operators.PassThrough;
import io.flinker.operators.PythonAsyncOperatorFactory;
import io.flinker.operators.PythonChain;
import io.flinker.operators.PythonFunction;
import io.flinker.operators.PythonOperatorFactory;
import io.flinker.operators.PythonTwoInputOperatorFactory;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.ConnectedStreams;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/** Adds Python functions to streams. */
public final class PythonTransformations {

    /** The kind of the function that needs no function of the user's. */
    static final String TEXT = "flinker:function:text:v1";

    /** The kind of the function that returns the record itself. */
    private static final String SAME = "flinker:function:same:v1";

    /** The kind of the functions that drop records and change none. */
    static final String FILTER = "flinker:function:filter:v1";

    /** The kind of the functions that set timestamps and change no record. */
    static final String TIMESTAMPS = "flinker:function:timestamps:v1";

    private PythonTransformations() {}

    /** The stream of what a function makes of another stream's records. */
    public static <IN, OUT> SingleOutputStreamOperator<OUT> add(
            DataStream<IN> stream, PythonFunction function, TypeInformation<OUT> outputType) {
        return stream.transform(
                function.name(),
                outputType,
                new PythonOperatorFactory<>(
                        PythonChain.of(function, List.of(stream.getType()), outputType)));
    }

    /** The stream of what a function makes of the records of two streams. */
    public static <IN1, IN2, OUT> SingleOutputStreamOperator<OUT> add(
            ConnectedStreams<IN1, IN2> streams,
            PythonFunction function,
            TypeInformation<OUT> outputType) {
        return streams.transform(
                function.name(),
                outputType,
                new PythonTwoInputOperatorFactory<>(
                        PythonChain.of(
                                function,
                                List.of(streams.getType1(), streams.getType2()),
                                outputType)));
    }

    /**
     * The stream of what a function makes of the records of a stream of pairs of a key and a
     * record; the function may have state of the key.
     *
     * @param timers whether it may have timers, too
     */
    public static <T, OUT> SingleOutputStreamOperator<OUT> addKeyed(
            KeyedStream<Tuple2<Key, T>, Key> stream,
            PythonFunction function,
            TypeInformation<OUT> outputType,
            boolean timers) {
        return stream.transform(
                function.name(),
                outputType,
                new PythonOperatorFactory<>(
                        PythonChain.of(function, List.of(stream.getType()), outputType)
                                .ofKeys(timers)));
    }

    /**
     * The stream of what a function makes of the records of two streams, of which the first is one
     * of pairs of a key and a record, and the second is, too, or all instances get all its records.
     */
    public static <IN1, IN2, OUT> SingleOutputStreamOperator<OUT> addKeyed(
            ConnectedStreams<IN1, IN2> streams,
            PythonFunction function,
            TypeInformation<OUT> outputType,
            boolean timers) {
        return streams.transform(
                function.name(),
                outputType,
                new PythonTwoInputOperatorFactory<>(
                        chain(streams, function, outputType).ofKeys(timers)));
    }

    /**
     * The stream of what a function makes of the records of a stream, with or without keys, and of
     * those of another that all instances get, with broadcast state.
     */
    public static <IN1, IN2, OUT> SingleOutputStreamOperator<OUT> addBroadcast(
            DataStream<IN1> stream,
            DataStream<IN2> broadcast,
            PythonFunction function,
            TypeInformation<OUT> outputType,
            boolean timers) {
        ConnectedStreams<IN1, IN2> streams = stream.connect(broadcast.broadcast());
        PythonChain<OUT> chain = chain(streams, function, outputType).withBroadcast();
        if (!(stream instanceof KeyedStream<IN1, ?> keyed)) {
            return streams.transform(
                    function.name(), outputType, new PythonTwoInputOperatorFactory<>(chain));
        }
        SingleOutputStreamOperator<OUT> results =
                streams.transform(
                        function.name(),
                        outputType,
                        new PythonTwoInputOperatorFactory<>(chain.ofKeys(timers)));
        // Flink does so only where both streams have keys
        @SuppressWarnings("unchecked") // made of these streams
        TwoInputTransformation<IN1, IN2, OUT> operator =
                (TwoInputTransformation<IN1, IN2, OUT>) results.getTransformation();
        operator.setStateKeySelectors(keyed.getKeySelector(), null);
        operator.setStateKeyType(keyed.getKeyType());
        return results;
    }

    /** Whether a transformation runs a Python function. */
    static boolean isPython(Transformation<?> transformation) {
        StreamOperatorFactory<?> factory = null;
        if (transformation instanceof OneInputTransformation<?, ?> one) {
            factory = one.getOperatorFactory();
        } else if (transformation instanceof TwoInputTransformation<?, ?, ?> two) {
            factory = two.getOperatorFactory();
        }
        return factory instanceof PythonOperatorFactory
                || factory instanceof PythonTwoInputOperatorFactory
                || factory instanceof PythonAsyncOperatorFactory;
    }

    private static <OUT> PythonChain<OUT> chain(
            ConnectedStreams<?, ?> streams,
            PythonFunction function,
            TypeInformation<OUT> outputType) {
        return PythonChain.of(
                function, List.of(streams.getType1(), streams.getType2()), outputType);
    }

    /** The same stream as an operator of its own, which has a name and other settings. */
    public static <T> SingleOutputStreamOperator<T> passThrough(DataStream<T> stream) {
        return stream.transform("Side Output", stream.getType(), new PassThrough<>());
    }

    /**
     * Lets an operator run beside the one before it, as Flink does with its own that only look at
     * records: so these stay in order, whatever parallelism the program has elsewhere.
     */
    static void runLikeInput(DataStream<?> operator, DataStream<?> input) {
        Transformation<?> before = input.getTransformation();
        operator.getTransformation()
                .setParallelism(before.getParallelism(), before.isParallelismConfigured());
    }

    /** The same records as Python objects. */
    public static <IN> SingleOutputStreamOperator<byte[]> pickled(DataStream<IN> stream) {
        PythonFunction same = new PythonFunction("pickle", SAME, new byte[0]);
        return add(stream, same, PickledByteArrayTypeInfo.INSTANCE);
    }

    /**
     * The stream of what Python's str() makes of Python objects.
     *
     * <p>It belongs to the sink that follows: see {@link PythonChains}.
     */
    static <IN> SingleOutputStreamOperator<String> text(DataStream<IN> stream) {
        return add(stream, new PythonFunction("str", TEXT, new byte[0]), Types.STRING);
    }
}
