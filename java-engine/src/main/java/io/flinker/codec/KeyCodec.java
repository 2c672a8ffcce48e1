/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

/** Codec of keys, which are their values to Python. */
final class KeyCodec extends ValueCodec<Key> {

    private final ValueCodec<Object> value;

    KeyCodec(ValueCodec<Object> value) {
        this.value = value.nullable();
    }

    @Override
    void write(Key key, MsgpackWriter out) {
        value.write(key.value(), out);
    }

    @Override
    Key read(MsgpackReader in) {
        return Key.of(value.read(in));
    }
}
