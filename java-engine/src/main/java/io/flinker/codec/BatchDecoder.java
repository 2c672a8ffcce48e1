/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Reads the records of batches that Python wrote, one at a time.
 *
 * <p>{@link #open} starts a batch. The batch must not change until its last record is read. Not
 * safe for use by several threads.
 */
public final class BatchDecoder<T> implements Iterator<T> {

    private final TypeInformation<T> type;
    private final ValueCodec<T> codec;
    private final MsgpackReader in = new MsgpackReader();
    private int size;
    private int remaining;

    /**
     * @throws CodecException if values of the type have no form in Python
     */
    public BatchDecoder(TypeInformation<T> type) {
        this(type, ValueCodecs.of(type));
    }

    private BatchDecoder(TypeInformation<T> type, ValueCodec<T> codec) {
        this.type = type;
        this.codec = codec;
    }

    /** A decoder of values as state keeps them, see {@link StoredCodec}. */
    public static BatchDecoder<byte[]> ofStored() {
        return new BatchDecoder<>(StoredCodec.TYPE, StoredCodec.INSTANCE);
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
        if (length < 2 || bytes[offset] != BatchEncoder.VERSION) {
            throw new CodecException(
                    "Not a batch of version "
                            + BatchEncoder.VERSION
                            + ": do Python and Java run the same release?");
        }
        if (bytes[offset + 1] != BatchEncoder.FLAGS) {
            throw new CodecException("A batch with the unknown flags " + bytes[offset + 1]);
        }
        in.open(bytes, offset + 2, length - 2);
        size = in.readArrayHeader();
        remaining = size;
        checkEnd();
        return this;
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
    public T next() {
        if (remaining == 0) {
            throw new NoSuchElementException("The batch has no more records");
        }
        T value;
        try {
            value = codec.read(in);
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
        if (remaining == 0 && in.remaining() > 0) {
            throw new CodecException(
                    "A batch with " + in.remaining() + " bytes after its last record");
        }
    }
}
