/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Turns records of one type into batches that Python reads.
 *
 * <p>Either all records at once, {@link #encode}, or one after the other with {@link #add} until
 * the batch is large enough and {@link #finish} gives it. Not safe for use by several threads.
 */
public final class BatchEncoder<T> {

    static final byte VERSION = 1;
    static final byte FLAGS = 0;

    /** What comes before the first record: the two bytes above and the longest array header. */
    private static final int ROOM = 7;

    private static final int KEEP_CAPACITY = 1 << 22;

    private final TypeInformation<T> type;
    private final ValueCodec<T> codec;
    private final MsgpackWriter out = new MsgpackWriter();
    private int count;

    /**
     * @throws CodecException if values of the type have no form in Python
     */
    public BatchEncoder(TypeInformation<T> type) {
        this(type, ValueCodecs.of(type));
    }

    private BatchEncoder(TypeInformation<T> type, ValueCodec<T> codec) {
        this.type = type;
        this.codec = codec;
        out.position(ROOM);
    }

    /** An encoder of values as state keeps them, see {@link StoredCodec}. */
    public static BatchEncoder<byte[]> ofStored() {
        return new BatchEncoder<>(StoredCodec.TYPE, StoredCodec.INSTANCE);
    }

    /**
     * A batch of these records.
     *
     * @throws CodecException if one has no form in Python
     */
    public byte[] encode(Iterable<? extends T> records) {
        clear();
        for (T value : records) {
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
        int before = out.position();
        try {
            codec.write(value, out);
            count++;
        } catch (NullPointerException | ClassCastException e) {
            out.position(before);
            String problem =
                    e instanceof NullPointerException
                            ? "null where the type cannot hold it"
                            : "an object of another class";
            throw new CodecException("Not a value of " + type + ": " + problem + ": " + value, e);
        } catch (RuntimeException | Error e) {
            out.position(before);
            throw e;
        }
    }

    /** How many records the batch has. */
    public int count() {
        return count;
    }

    /** How many bytes the batch has. */
    public int bytes() {
        return out.position() - ROOM;
    }

    /** The batch; the encoder then starts the next one. */
    public byte[] finish() {
        int end = out.position();
        int headerLength = count <= 15 ? 1 : count <= 0xffff ? 3 : 5;
        int start = ROOM - headerLength - 2;
        out.position(start);
        out.put(VERSION);
        out.put(FLAGS);
        out.writeArrayHeader(count);
        byte[] batch = out.copy(start, end);
        clear();
        return batch;
    }

    private void clear() {
        out.reset(KEEP_CAPACITY);
        out.position(ROOM);
        count = 0;
    }
}
