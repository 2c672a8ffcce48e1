/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.graph;

import io.flinker.operators.PythonAsyncOperatorFactory;
import io.flinker.operators.PythonChain;
import io.flinker.operators.PythonFunction;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.AsyncDataStream.OutputMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Adds asynchronous Python functions to streams. */
public final class AsyncFunctions {

    private static final String ASYNC = "flinker:function:async:v1";

    private AsyncFunctions() {}

    /**
     * The stream of what a function makes of another stream's records.
     *
     * @param payload what the worker makes the function of
     * @param capacity how many records may be under way
     * @param ordered whether the results are in the order of the records
     */
    public static <IN, OUT> SingleOutputStreamOperator<OUT> add(
            DataStream<IN> stream,
            String name,
            byte[] payload,
            TypeInformation<OUT> outputType,
            int capacity,
            boolean ordered) {
        PythonFunction function = new PythonFunction(name, ASYNC, payload);
        return stream.transform(
                name,
                outputType,
                new PythonAsyncOperatorFactory<>(
                        PythonChain.of(function, List.of(stream.getType()), outputType),
                        capacity,
                        ordered ? OutputMode.ORDERED : OutputMode.UNORDERED));
    }
}
