/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.graph;

import io.flinker.codec.Key;
import io.flinker.codec.KeyTypeInfo;
import io.flinker.operators.PythonChain;
import io.flinker.operators.PythonFunction;
import io.flinker.operators.PythonOperatorFactory;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Streams that are partitioned by what a Python function says of each record.
 *
 * <p>The function makes a pair of each record, with what it says first; that is what Flink's own
 * partitioners go by. Who reads the stream takes the second of each pair: a Python function in its
 * own chain, everything else after a function that does nothing else.
 */
public final class Partitioning {

    /** The kind of the function that makes the record of a pair. */
    static final String VALUE = "flinker:function:value:v1";

    /** The kinds of the functions that make pairs. */
    static final Set<String> PAIRS =
            Set.of(
                    "flinker:function:key:v1",
                    "flinker:function:key_bytes:v1",
                    "flinker:function:partition:v1");

    private static final PythonFunction VALUES = new PythonFunction("Values", VALUE, new byte[0]);

    private Partitioning() {}

    /**
     * Pairs of a key and a record, partitioned by the key.
     *
     * @param selector makes the pairs
     * @param keyType the type of the key in Python's pairs
     */
    public static <T> KeyedStream<Tuple2<Key, T>, Key> keyBy(
            DataStream<T> stream, PythonFunction selector, TypeInformation<?> keyType) {
        KeyTypeInfo key = new KeyTypeInfo(keyType);
        return pairs(stream, selector, key).keyBy(new First<>(), key);
    }

    /**
     * The records, each at the instance of the next operator that the function says.
     *
     * @param partitioner makes pairs of the instance's index and the record
     */
    public static <T> SingleOutputStreamOperator<T> partitionCustom(
            DataStream<T> stream, PythonFunction partitioner) {
        return values(
                pairs(stream, partitioner, new KeyTypeInfo(Types.INT))
                        .partitionCustom(new AsGiven(), new First<>()));
    }

    /** The records of the pairs. It runs as what reads it does: see {@link PythonChains}. */
    public static <T> SingleOutputStreamOperator<T> values(DataStream<Tuple2<Key, T>> pairs) {
        return add(pairs, List.of(VALUES), second(pairs.getType()));
    }

    /** The stream of what a function makes of the records of the pairs. */
    public static <T, OUT> SingleOutputStreamOperator<OUT> addToValues(
            DataStream<Tuple2<Key, T>> pairs,
            PythonFunction function,
            TypeInformation<OUT> outputType) {
        return add(pairs, List.of(VALUES, function), outputType);
    }

    private static <T> SingleOutputStreamOperator<Tuple2<Key, T>> pairs(
            DataStream<T> stream, PythonFunction function, KeyTypeInfo first) {
        SingleOutputStreamOperator<Tuple2<Key, T>> pairs =
                PythonTransformations.add(
                        stream, function, new TupleTypeInfo<>(first, stream.getType()));
        PythonTransformations.runLikeInput(pairs, stream);
        return pairs;
    }

    private static <IN, OUT> SingleOutputStreamOperator<OUT> add(
            DataStream<IN> pairs, List<PythonFunction> functions, TypeInformation<OUT> outputType) {
        // the same stream, but not a keyed one, as no function here has any state of a key
        return new DataStream<>(pairs.getExecutionEnvironment(), pairs.getTransformation())
                .transform(
                        functions.get(functions.size() - 1).name(),
                        outputType,
                        new PythonOperatorFactory<>(
                                PythonChain.of(functions, List.of(pairs.getType()), outputType)));
    }

    private static <T> TypeInformation<T> second(TypeInformation<Tuple2<Key, T>> pair) {
        return ((TupleTypeInfo<Tuple2<Key, T>>) pair).getTypeAt(1);
    }

    private static final class First<T> implements KeySelector<Tuple2<Key, T>, Key> {

        private static final long serialVersionUID = 1L;

        @Override
        public Key getKey(Tuple2<Key, T> pair) {
            return pair.f0;
        }
    }

    private static final class AsGiven implements Partitioner<Key> {

        private static final long serialVersionUID = 1L;

        @Override
        public int partition(Key index, int partitions) {
            return (int) index.value();
        }
    }
}
