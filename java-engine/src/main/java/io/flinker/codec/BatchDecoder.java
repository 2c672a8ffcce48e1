/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * Reads the records of batches that Python wrote, one at a time.
 *
 * <p>{@link #open} starts a batch. The batch must not change until its last record is read. Not
 * safe for use by several threads.
 */
public final class BatchDecoder<T> implements Iterator<T> {

    private final TypeInformation<T> type;
    private final ArrayReader<?> records;

    /** Null if the records are no pairs. */
    private final ArrayReader<?> keys;

    private int size;
    private int remaining;

    /**
     * @throws CodecException if values of the type have no form in Python
     */
    public BatchDecoder(TypeInformation<T> type) {
        this(type, Columns.of(type));
    }

    private BatchDecoder(TypeInformation<T> type, Columns columns) {
        this.type = type;
        this.records = new ArrayReader<>(columns.records());
        this.keys = columns.keys() == null ? null : new ArrayReader<>(columns.keys());
    }

    /** A decoder of values as state keeps them, see {@link StoredCodec}. */
    public static BatchDecoder<byte[]> ofStored() {
        return new BatchDecoder<>(StoredCodec.TYPE, new Columns(null, StoredCodec.INSTANCE));
    }

    /**
     * Starts to read a batch.
     *
     * @return this
     * @throws CodecException if the bytes are none
     */
    public BatchDecoder<T> open(byte[] batch) {
        return open(batch, 0, batch.length);
    }

    /**
     * Starts to read a batch that is a part of an array.
     *
     * @return this
     * @throws CodecException if the bytes are none
     */
    public BatchDecoder<T> open(byte[] bytes, int offset, int length) {
        remaining = 0;
        if (length < BatchEncoder.HEADER || bytes[offset] != BatchEncoder.VERSION) {
            throw new CodecException(
                    "Not a batch of version "
                            + BatchEncoder.VERSION
                            + ": do Python and Java run the same release?");
        }
        if (bytes[offset + 1] != (keys == null ? BatchEncoder.FLAGS : BatchEncoder.PAIRS)) {
            throw new CodecException(
                    "A batch of " + type + " with the wrong flags " + bytes[offset + 1]);
        }
        int start = offset + BatchEncoder.HEADER;
        size =
                keys == null
                        ? records.open(bytes, start, offset + length - start)
                        : openPairs(bytes, start, offset + length);
        remaining = size;
        checkEnd();
        return this;
    }

    private int openPairs(byte[] bytes, int start, int end) {
        int startOfKeys = start + Integer.BYTES;
        if (startOfKeys > end) {
            throw new CodecException("A batch of pairs that ends in its header");
        }
        int bytesOfKeys = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(start);
        if (bytesOfKeys < 0 || bytesOfKeys > end - startOfKeys) {
            throw new CodecException(
                    "A batch of pairs with " + bytesOfKeys + " bytes of keys, which are not there");
        }
        int startOfRecords = startOfKeys + bytesOfKeys;
        int count = keys.open(bytes, startOfKeys, bytesOfKeys);
        if (records.open(bytes, startOfRecords, end - startOfRecords) != count) {
            throw new CodecException("A batch of pairs that has not as many records as keys");
        }
        return count;
    }

    /** How many records are still to come. */
    public int remaining() {
        return remaining;
    }

    @Override
    public boolean hasNext() {
        return remaining > 0;
    }

    /**
     * @throws CodecException if the bytes are no record of the type
     */
    @Override
    @SuppressWarnings("unchecked") // what the codecs of the type read
    public T next() {
        if (remaining == 0) {
            throw new NoSuchElementException("The batch has no more records");
        }
        T value;
        try {
            value = (T) (keys == null ? records.next() : Tuple2.of(keys.next(), records.next()));
        } catch (CodecException e) {
            int index = size - remaining;
            remaining = 0;
            throw new CodecException(
                    "Record "
                            + index
                            + " of a batch is not a value of "
                            + type
                            + ": "
                            + e.getMessage(),
                    e);
        }
        remaining--;
        checkEnd();
        return value;
    }

    private void checkEnd() {
        if (remaining == 0) {
            records.checkEnd();
            if (keys != null) {
                keys.checkEnd();
            }
        }
    }
}
