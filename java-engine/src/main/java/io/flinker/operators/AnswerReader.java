/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import com.google.protobuf.ByteString;
import io.flinker.codec.BatchDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Reads what the worker of an asynchronous function says: the results of records, by their numbers,
 * or that it has taken up the records of an entry.
 */
final class AnswerReader<T> {

    private static final int ANSWERS = 8;

    private final BatchDecoder<T> decoder;

    AnswerReader(TypeInformation<T> type) {
        this.decoder = new BatchDecoder<>(type);
    }

    /** Takes the results of a record. */
    interface Receiver<T> {
        void answer(long number, Collection<T> results);
    }

    /** Hands on the results in an entry; returns whether it completes an entry of ours. */
    boolean read(ByteString entry, Receiver<T> receiver) {
        byte[] bytes = entry.toByteArray();
        if ((bytes[0] & ANSWERS) != 0) {
            readAnswers(bytes, receiver);
        }
        return (bytes[0] & EntryWriter.COMPLETES) != 0;
    }

    private void readAnswers(byte[] bytes, Receiver<T> receiver) {
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(1);
        int count = header.getInt();
        int numbers = header.position();
        int counts = numbers + Long.BYTES * count;
        int batch = counts + Integer.BYTES * count;
        decoder.open(bytes, batch, bytes.length - batch);
        for (int i = 0; i < count; i++) {
            int size = header.getInt(counts + Integer.BYTES * i);
            List<T> results = new ArrayList<>(size);
            for (int j = 0; j < size; j++) {
                results.add(decoder.next());
            }
            receiver.answer(header.getLong(numbers + Long.BYTES * i), results);
        }
    }
}
