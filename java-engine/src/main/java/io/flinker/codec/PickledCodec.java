/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

/** Codec of pickled Python objects, which Java passes on unopened. */
final class PickledCodec extends ValueCodec<byte[]> {

    /** The code of a msgpack extension: a pickled object. */
    static final int PICKLED_CODE = 1;

    static final PickledCodec INSTANCE = new PickledCodec();

    private PickledCodec() {}

    @Override
    void write(byte[] value, MsgpackWriter out) {
        out.writeExtension(PICKLED_CODE, value);
    }

    @Override
    byte[] read(MsgpackReader in) {
        return in.readExtension(PICKLED_CODE);
    }
}
