/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.flinker.codec.BatchEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Writes records as entries of a bundle: a byte of flags, the watermark if it is another one than
 * before, timestamps if the records have some, or one if all are the same, the batch. The records
 * of one entry all have timestamps or all have none.
 *
 * <p>Records of two inputs are in one entry, too, in the order in which they came: which input each
 * is of, and a batch for each input.
 */
final class EntryWriter {

    static final int TIMED = 1;
    static final int COMPLETES = 2;
    static final int WATERMARK = 4;
    static final int SAME_TIME = 16;

    private static final ByteString UNTIMED_HEADER = ByteString.copyFrom(new byte[] {0});

    private final BatchEncoder<?>[] encoders;
    private final boolean twoInputs;
    private int count;
    private long[] times = new long[256];
    private byte[] inputs;
    private boolean timed;
    private boolean sameTime;
    private boolean newWatermark;
    private long watermark;

    EntryWriter(List<TypeInformation<?>> types) {
        encoders = types.stream().map(BatchEncoder::new).toArray(BatchEncoder[]::new);
        twoInputs = encoders.length > 1;
        inputs = new byte[twoInputs ? 256 : 0];
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** How many records there are. */
    int count() {
        return count;
    }

    int bytes() {
        int bytes = encoders[0].bytes();
        return twoInputs ? bytes + encoders[1].bytes() : bytes;
    }

    /** Whether the record can be in the same entry as those before it. */
    boolean takes(StreamRecord<?> record) {
        return isEmpty() || record.hasTimestamp() == timed;
    }

    /** The entries from the next one on, which must not have begun, come after a watermark. */
    void watermark(long timestamp) {
        newWatermark = true;
        watermark = timestamp;
    }

    /** Adds a record of an input, from 0. */
    @SuppressWarnings("unchecked")
    void add(int input, StreamRecord<?> record) {
        timed = record.hasTimestamp();
        if (timed) {
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            times[count] = record.getTimestamp();
            sameTime = count == 0 || sameTime && times[count] == times[0];
        }
        if (twoInputs) {
            if (count == inputs.length) {
                inputs = Arrays.copyOf(inputs, 2 * count);
            }
            inputs[count] = (byte) input;
        }
        ((BatchEncoder<Object>) encoders[input]).add(record.getValue());
        count++;
    }

    /** The entry; the next record starts another. */
    ByteString finish() {
        byte[] batch = encoders[0].finish();
        ByteString entry = header(batch.length).concat(wrap(batch));
        if (twoInputs) {
            entry = entry.concat(wrap(encoders[1].finish()));
        }
        newWatermark = false;
        count = 0;
        return entry;
    }

    private ByteString header(int firstBatch) {
        if (!timed && !newWatermark && !twoInputs) {
            return UNTIMED_HEADER;
        }
        boolean same = timed && sameTime;
        int size = 1;
        size += newWatermark ? Long.BYTES : 0;
        size += same ? Long.BYTES : timed ? Integer.BYTES + Long.BYTES * count : 0;
        size += twoInputs ? Integer.BYTES + count + Integer.BYTES : 0;
        byte[] bytes = new byte[size];
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int timesFlag = same ? SAME_TIME : timed ? TIMED : 0;
        header.put((byte) (timesFlag | (newWatermark ? WATERMARK : 0)));
        if (newWatermark) {
            header.putLong(watermark);
        }
        if (same) {
            header.putLong(times[0]);
        } else if (timed) {
            header.putInt(count);
            header.asLongBuffer().put(times, 0, count);
            header.position(header.position() + Long.BYTES * count);
        }
        if (twoInputs) {
            header.putInt(count).put(inputs, 0, count);
            header.putInt(firstBatch);
        }
        return wrap(bytes);
    }

    private static ByteString wrap(byte[] bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes);
    }
}
