/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * Turns records of one type into batches that Python reads.
 *
 * <p>Either all records at once, {@link #encode}, or one after the other with {@link #add} until
 * the batch is large enough and {@link #finish} gives it. Not safe for use by several threads.
 */
public final class BatchEncoder<T> {

    static final byte VERSION = 1;
    static final byte FLAGS = 0;

    /** The flag of a batch of pairs of a key and a record: an array of each. */
    static final byte PAIRS = 1;

    /** What comes before the array of records. */
    static final int HEADER = 2;

    /** What comes before the array of keys: the same, and how many bytes this has. */
    static final int PAIRS_HEADER = HEADER + Integer.BYTES;

    private final TypeInformation<T> type;
    private final ArrayWriter<Object> records;

    /** Null if the records are no pairs. */
    private final ArrayWriter<Object> keys;

    /**
     * @throws CodecException if values of the type have no form in Python
     */
    public BatchEncoder(TypeInformation<T> type) {
        this(type, Columns.of(type));
    }

    private BatchEncoder(TypeInformation<T> type, Columns columns) {
        this.type = type;
        this.records = writer(columns.records());
        this.keys = columns.keys() == null ? null : writer(columns.keys());
    }

    @SuppressWarnings("unchecked")
    private static ArrayWriter<Object> writer(ValueCodec<?> codec) {
        return new ArrayWriter<>((ValueCodec<Object>) codec);
    }

    /** An encoder of values as state keeps them, see {@link StoredCodec}. */
    public static BatchEncoder<byte[]> ofStored() {
        return new BatchEncoder<>(StoredCodec.TYPE, new Columns(null, StoredCodec.INSTANCE));
    }

    /**
     * A batch of these records.
     *
     * @throws CodecException if one has no form in Python
     */
    public byte[] encode(Iterable<? extends T> values) {
        clear();
        for (T value : values) {
            add(value);
        }
        return finish();
    }

    /**
     * Adds a record to the batch.
     *
     * @throws CodecException if it has no form in Python; the batch is then as it was before
     */
    public void add(T value) {
        try {
            if (keys == null) {
                records.add(value);
            } else {
                addPair((Tuple2<?, ?>) value);
            }
        } catch (NullPointerException | ClassCastException e) {
            String problem =
                    e instanceof NullPointerException
                            ? "null where the type cannot hold it"
                            : "an object of another class";
            throw new CodecException("Not a value of " + type + ": " + problem + ": " + value, e);
        }
    }

    private void addPair(Tuple2<?, ?> pair) {
        int before = keys.bytes();
        keys.add(pair.f0);
        try {
            records.add(pair.f1);
        } catch (RuntimeException | Error e) {
            keys.takeBack(before);
            throw e;
        }
    }

    /** How many records the batch has. */
    public int count() {
        return records.count();
    }

    /** How many bytes the batch has, about. */
    public int bytes() {
        return keys == null ? records.bytes() : keys.bytes() + records.bytes();
    }

    /** The batch; the encoder then starts the next one. */
    public byte[] finish() {
        byte[] batch;
        if (keys == null) {
            batch = new byte[HEADER + records.size()];
            batch[1] = FLAGS;
            records.copyTo(batch, HEADER);
        } else {
            int keysSize = keys.size();
            batch = new byte[Math.addExact(PAIRS_HEADER + keysSize, records.size())];
            batch[1] = PAIRS;
            ByteBuffer.wrap(batch).order(ByteOrder.LITTLE_ENDIAN).putInt(HEADER, keysSize);
            records.copyTo(batch, keys.copyTo(batch, PAIRS_HEADER));
        }
        batch[0] = VERSION;
        clear();
        return batch;
    }

    private void clear() {
        records.clear();
        if (keys != null) {
            keys.clear();
        }
    }
}
