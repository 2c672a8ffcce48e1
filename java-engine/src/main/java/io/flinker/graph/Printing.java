/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.graph;

import io.flinker.codec.PickledByteArrayTypeInfo;
import io.flinker.operators.RowPrinter;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.types.Row;

/** The end of a stream on standard output. */
public final class Printing {

    private Printing() {}

    /**
     * Prints a stream: rows as Python writes their fields, Python objects as str() writes them,
     * other records as Java writes them.
     *
     * <p>A sink of its own rather than a map before Flink's: so the stream reaches the printing
     * subtasks as it is partitioned, whatever parallelism the program gives the sink.
     *
     * @param prefix starts each line; empty for none
     */
    @SuppressWarnings("unchecked")
    public static DataStreamSink<?> print(DataStream<?> stream, String prefix) {
        if (stream.getType() instanceof PickledByteArrayTypeInfo || AnnotatedResults.in(stream)) {
            return PythonTransformations.text(stream).print(prefix);
        }
        if (!(stream.getType() instanceof RowTypeInfo rows)) {
            return stream.print(prefix);
        }
        RowPrinter printer = new RowPrinter(rows, prefix);
        return ((DataStream<Row>) stream).addSink(printer).name("Print to Std. Out");
    }

    /** What a sink of texts gets of a stream: of Python objects, what str() makes of them. */
    public static DataStream<?> texts(DataStream<?> stream) {
        return stream.getType() instanceof PickledByteArrayTypeInfo
                ? PythonTransformations.text(stream)
                : stream;
    }
}
