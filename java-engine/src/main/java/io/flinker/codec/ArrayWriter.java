/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

/**
 * Writes values of one type as a msgpack array, whose length is known at its end only. Not safe for
 * use by several threads.
 */
final class ArrayWriter<T> {

    /** For the longest header of an array. */
    private static final int ROOM = 5;

    private static final int KEEP_CAPACITY = 1 << 22;

    private final ValueCodec<T> codec;
    private final MsgpackWriter out = new MsgpackWriter();
    private int count;

    ArrayWriter(ValueCodec<T> codec) {
        this.codec = codec;
        out.position(ROOM);
    }

    /** Adds a value; if that fails, in whatever way, the array is as it was before. */
    void add(T value) {
        int before = out.position();
        try {
            codec.write(value, out);
        } catch (RuntimeException | Error e) {
            out.position(before);
            throw e;
        }
        count++;
    }

    /** How many bytes the values have. */
    int bytes() {
        return out.position() - ROOM;
    }

    /** Takes back the last value, before which there were that many bytes. */
    void takeBack(int bytesBefore) {
        out.position(ROOM + bytesBefore);
        count--;
    }

    int count() {
        return count;
    }

    /** How many bytes the array has. */
    int size() {
        return headerSize() + bytes();
    }

    /** Copies the array to a place in another one; returns where it ends there. */
    int copyTo(byte[] target, int start) {
        int end = out.position();
        out.position(ROOM - headerSize());
        out.writeArrayHeader(count);
        out.position(end);
        return out.copyTo(target, start, ROOM - headerSize());
    }

    void clear() {
        out.reset(KEEP_CAPACITY);
        out.position(ROOM);
        count = 0;
    }

    private int headerSize() {
        return count <= 15 ? 1 : count <= 0xffff ? 3 : ROOM;
    }
}
