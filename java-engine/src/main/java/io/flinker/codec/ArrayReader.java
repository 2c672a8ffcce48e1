/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

/** Reads the values of a msgpack array, one at a time. Not safe for use by several threads. */
final class ArrayReader<T> {

    private final ValueCodec<T> codec;
    private final MsgpackReader in = new MsgpackReader();

    ArrayReader(ValueCodec<T> codec) {
        this.codec = codec;
    }

    /**
     * Starts to read the array that a part of another one holds, and nothing else.
     *
     * @return how many values it has
     */
    int open(byte[] bytes, int offset, int length) {
        return in.open(bytes, offset, length).readArrayHeader();
    }

    T next() {
        return codec.read(in);
    }

    /** Checks that nothing comes after the last value, which has been read. */
    void checkEnd() {
        if (in.remaining() > 0) {
            throw new CodecException(
                    "A batch with " + in.remaining() + " bytes after its last record");
        }
    }
}
