/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.flinker.codec.BatchDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.Collector;

/** Reads entries of results, see {@link EntryWriter}, and sends the records on. */
final class EntryReader<T> extends ByteOutput {

    private final BatchDecoder<T> decoder;
    private final Collector<StreamRecord<T>> output;
    private final StreamRecord<T> record = new StreamRecord<>(null);
    private byte[] bytes;
    private int offset;
    private int length;

    EntryReader(TypeInformation<T> type, Collector<StreamRecord<T>> output) {
        this.decoder = new BatchDecoder<>(type);
        this.output = output;
    }

    /** Sends on the records of an entry; returns whether it completes an entry of ours. */
    boolean emit(ByteString entry) throws IOException {
        // the array behind it, without a copy
        bytes = null;
        UnsafeByteOperations.unsafeWriteTo(entry, this);
        int flags = bytes[offset];
        if ((flags & EntryWriter.TIMED) != 0) {
            emitTimed();
        } else if ((flags & EntryWriter.SAME_TIME) != 0) {
            emitAtOneTime();
        } else if (length > 1) {
            decoder.open(bytes, offset + 1, length - 1);
            while (decoder.hasNext()) {
                output.collect(record.replace(decoder.next()));
            }
        }
        bytes = null;
        return (flags & EntryWriter.COMPLETES) != 0;
    }

    private void emitTimed() {
        ByteBuffer header = header();
        int count = header.getInt();
        int at = header.position();
        int start = at + Long.BYTES * count;
        decoder.open(bytes, start, offset + length - start);
        while (decoder.hasNext()) {
            output.collect(record.replace(decoder.next(), header.getLong(at)));
            at += Long.BYTES;
        }
    }

    private void emitAtOneTime() {
        long time = header().getLong();
        int start = offset + 1 + Long.BYTES;
        decoder.open(bytes, start, offset + length - start);
        while (decoder.hasNext()) {
            output.collect(record.replace(decoder.next(), time));
        }
    }

    private ByteBuffer header() {
        return ByteBuffer.wrap(bytes, offset + 1, length - 1).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void write(byte[] newBytes, int newOffset, int newLength) {
        writeLazy(newBytes.clone(), newOffset, newLength);
    }

    /** An entry in several pieces, as none is that has come from a worker. */
    private void append(byte[] more, int moreOffset, int moreLength) {
        byte[] whole = Arrays.copyOfRange(bytes, offset, offset + length + moreLength);
        System.arraycopy(more, moreOffset, whole, length, moreLength);
        bytes = whole;
        offset = 0;
        length += moreLength;
    }

    @Override
    public void writeLazy(byte[] newBytes, int newOffset, int newLength) {
        if (bytes != null) {
            append(newBytes, newOffset, newLength);
            return;
        }
        bytes = newBytes;
        offset = newOffset;
        length = newLength;
    }

    @Override
    public void write(byte oneByte) {
        write(new byte[] {oneByte}, 0, 1);
    }

    @Override
    public void write(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        write(copy, 0, copy.length);
    }

    @Override
    public void writeLazy(ByteBuffer buffer) {
        write(buffer);
    }
}
