/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.flinker.codec.BatchEncoder;
import io.flinker.codec.Key;
import io.flinker.timers.TimerType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple4;

/**
 * Writes timers that fire as entries of a bundle: a byte of flags, 8 bytes, the batch. The timers
 * of one entry are all of event time or all of processing time. The 8 bytes are the watermark that
 * they fire for, or how many entries of orders were done when the first of them fired.
 */
final class TimerWriter {

    /** No more timers fire for the watermark. */
    static final int LAST = 8;

    private final BatchEncoder<Tuple4<Key, Long, Byte, byte[]>> encoder;
    private byte domain;
    private long watermark = Long.MIN_VALUE;
    private boolean firing;
    private long ordersDone;
    private long ordersKnown;

    TimerWriter(TypeInformation<Tuple4<Key, Long, Byte, byte[]>> type) {
        encoder = new BatchEncoder<>(type);
    }

    /** Says for which watermark the timers of event time fire from now on. */
    void watermark(long newWatermark) {
        watermark = newWatermark;
    }

    /** Says that timers fire that are not known here. */
    void fireAll() {
        firing = true;
    }

    /**
     * Says how many entries of orders have been done: the timers from now on are what they left.
     */
    void ordersDone(long newOrdersDone) {
        ordersDone = newOrdersDone;
    }

    int bytes() {
        return encoder.bytes();
    }

    int count() {
        return encoder.count();
    }

    /** Whether there are timers of processing time to be sent. */
    boolean ofProcessingTime() {
        return encoder.count() > 0 && domain == TimerType.PROCESSING;
    }

    /** Whether the timer can be in the same entry as those before it. */
    boolean takes(Tuple4<Key, Long, Byte, byte[]> timer) {
        return encoder.count() == 0 || timer.f2 == domain;
    }

    void add(Tuple4<Key, Long, Byte, byte[]> timer) {
        if (encoder.count() == 0) {
            ordersKnown = ordersDone;
        }
        domain = timer.f2;
        firing |= domain == TimerType.EVENT;
        encoder.add(timer);
    }

    /**
     * Whether there is something to be sent.
     *
     * @param last whether no more timers fire for the watermark
     */
    boolean hasEntry(boolean last) {
        return encoder.count() > 0 || last && firing;
    }

    /** The entry; the next timer starts another. */
    ByteString finish(boolean last) {
        boolean event = last || domain == TimerType.EVENT;
        ByteBuffer header = ByteBuffer.allocate(1 + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) ((event ? EntryWriter.WATERMARK : 0) | (last ? LAST : 0)));
        header.putLong(event ? watermark : ordersKnown);
        if (last) {
            firing = false;
        }
        return entry(header);
    }

    /** An entry of no timers, which only says how many entries of orders have been done. */
    ByteString acknowledgement() {
        ByteBuffer header = ByteBuffer.allocate(1 + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return entry(header.put((byte) 0).putLong(ordersDone));
    }

    private ByteString entry(ByteBuffer header) {
        return UnsafeByteOperations.unsafeWrap(header.flip())
                .concat(UnsafeByteOperations.unsafeWrap(encoder.finish()));
    }
}
