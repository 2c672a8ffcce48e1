/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.graph;

import io.flinker.codec.PickledByteArrayTypeInfo;
import io.flinker.operators.PythonFunction;
import io.flinker.operators.PythonOperatorFactory;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Adds Python functions to streams. */
public final class PythonTransformations {

    /** The kind of the function that needs no function of the user's. */
    static final String TEXT = "flinker:function:text:v1";

    /** The kind of the function that returns the record itself. */
    private static final String SAME = "flinker:function:same:v1";

    /** The kind of the functions that drop records and change none. */
    static final String FILTER = "flinker:function:filter:v1";

    private PythonTransformations() {}

    /** The stream of what a function makes of another stream's records. */
    public static <IN, OUT> SingleOutputStreamOperator<OUT> add(
            DataStream<IN> stream, PythonFunction function, TypeInformation<OUT> outputType) {
        return stream.transform(
                function.name(),
                outputType,
                new PythonOperatorFactory<>(List.of(function), stream.getType(), outputType, null));
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
