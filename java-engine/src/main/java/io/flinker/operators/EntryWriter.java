/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.flinker.codec.BatchEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Writes records as entries of a bundle: a byte of flags, timestamps if the records have some, the
 * batch. The records of one entry all have timestamps or all have none.
 */
final class EntryWriter<T> {

    static final int TIMED = 1;
    static final int COMPLETES = 2;

    private static final ByteString UNTIMED_HEADER = ByteString.copyFrom(new byte[] {0});

    private final BatchEncoder<T> encoder;
    private long[] times = new long[256];
    private boolean timed;

    EntryWriter(TypeInformation<T> type) {
        encoder = new BatchEncoder<>(type);
    }

    boolean isEmpty() {
        return encoder.count() == 0;
    }

    int bytes() {
        return encoder.bytes();
    }

    /** Whether the record can be in the same entry as those before it. */
    boolean takes(StreamRecord<T> record) {
        return isEmpty() || record.hasTimestamp() == timed;
    }

    void add(StreamRecord<T> record) {
        int count = encoder.count();
        timed = record.hasTimestamp();
        if (timed) {
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            times[count] = record.getTimestamp();
        }
        encoder.add(record.getValue());
    }

    /** The entry; the next record starts another. */
    ByteString finish() {
        int count = encoder.count();
        ByteString header = timed ? timedHeader(count) : UNTIMED_HEADER;
        return header.concat(UnsafeByteOperations.unsafeWrap(encoder.finish()));
    }

    private ByteString timedHeader(int count) {
        byte[] bytes = new byte[1 + Integer.BYTES + Long.BYTES * count];
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) TIMED).putInt(count);
        header.asLongBuffer().put(times, 0, count);
        return UnsafeByteOperations.unsafeWrap(bytes);
    }
}
