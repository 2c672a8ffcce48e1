/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Values of any type as state keeps them: a byte of version, then the msgpack that Python wrote,
 * which nobody opens here.
 */
final class StoredCodec extends ValueCodec<byte[]> {

    static final StoredCodec INSTANCE = new StoredCodec();

    static final TypeInformation<byte[]> TYPE =
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;

    /** The version of the format of values, which is that of batches. */
    static final byte VERSION = BatchEncoder.VERSION;

    private StoredCodec() {}

    @Override
    void write(byte[] stored, MsgpackWriter out) {
        if (stored.length < 2 || stored[0] != VERSION) {
            throw new CodecException(
                    "State was written by a release of Flinker whose format is not known here:"
                            + " version "
                            + (stored.length == 0 ? "none" : stored[0]));
        }
        out.putAll(stored, 1, stored.length - 1);
    }

    @Override
    byte[] read(MsgpackReader in) {
        byte[] stored = in.copyFrom(in.skip());
        stored[0] = VERSION;
        return stored;
    }
}
