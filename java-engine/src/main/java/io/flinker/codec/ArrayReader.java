/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

/** Reads the values of a msgpack array, one at a time. Not safe for use by several threads. */
final class ArrayReader<T> {

    private final ValueCodec<T> codec;
    private final MsgpackReader in = new MsgpackReader();
    private int remaining;

    ArrayReader(ValueCodec<T> codec) {
        this.codec = codec;
    }

    /**
     * Starts to read the array that a part of another one holds, and nothing else.
     *
     * @return how many values it has
     */
    int open(byte[] bytes, int offset, int length) {
        remaining = 0;
        in.open(bytes, offset, length);
        remaining = in.readArrayHeader();
        checkEnd();
        return remaining;
    }

    T next() {
        T value = codec.read(in);
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
