/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import io.flinker.codec.BatchEncoder;
import io.flinker.codec.CodecException;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple1;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.CloseableIterator;

/**
 * Brings the records of a stream back, nulls too.
 *
 * <p>To Flink's own iterator a null is the end of the results. So where a record can be one, it
 * travels in a tuple.
 */
final class Collecting {

    private Collecting() {}

    /** The records, once the job of the stream's environment runs. */
    static <T> CloseableIterator<T> collect(DataStream<T> stream) {
        if (!takesNull(stream.getType())) {
            return stream.collectAsync();
        }
        DataStream<Tuple1<T>> wrapped =
                stream.map(new Wrap<T>())
                        .returns(new TupleTypeInfo<>(stream.getType()))
                        .name("Collect")
                        // as the sink has it, whose part it is
                        .setParallelism(1);
        return new Unwrap<>(wrapped.collectAsync());
    }

    private static <T> boolean takesNull(TypeInformation<T> type) {
        try {
            new BatchEncoder<>(type).add(null);
            return true;
        } catch (CodecException e) {
            return false;
        }
    }

    private static final class Wrap<T> implements MapFunction<T, Tuple1<T>> {
        private static final long serialVersionUID = 1L;

        @Override
        public Tuple1<T> map(T value) {
            return Tuple1.of(value);
        }
    }

    private static final class Unwrap<T> implements CloseableIterator<T> {
        private final CloseableIterator<Tuple1<T>> wrapped;

        Unwrap(CloseableIterator<Tuple1<T>> wrapped) {
            this.wrapped = wrapped;
        }

        @Override
        public boolean hasNext() {
            return wrapped.hasNext();
        }

        @Override
        public T next() {
            return wrapped.next().f0;
        }

        @Override
        public void close() throws Exception {
            wrapped.close();
        }
    }
}
