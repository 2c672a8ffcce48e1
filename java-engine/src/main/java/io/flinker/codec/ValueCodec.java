/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

/**
 * How the values of one type become msgpack and msgpack becomes values.
 *
 * <p>A codec has no state, so that several threads can use it at once.
 */
abstract class ValueCodec<T> {

    /** Writes a value; a null fails with a NullPointerException. */
    abstract void write(T value, MsgpackWriter out);

    /**
     * Reads a value.
     *
     * @throws CodecException if the bytes are none
     */
    abstract T read(MsgpackReader in);

    /** The codec for a place that can hold null. */
    ValueCodec<T> nullable() {
        return new Nullable<>(this);
    }

    private static final class Nullable<T> extends ValueCodec<T> {

        private final ValueCodec<T> inner;

        Nullable(ValueCodec<T> inner) {
            this.inner = inner;
        }

        @Override
        void write(T value, MsgpackWriter out) {
            if (value == null) {
                out.writeNil();
            } else {
                inner.write(value, out);
            }
        }

        @Override
        T read(MsgpackReader in) {
            return in.tryNil() ? null : inner.read(in);
        }

        @Override
        ValueCodec<T> nullable() {
            return this;
        }
    }
}
