/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.timers;

import io.flinker.codec.Key;
import io.flinker.codec.KeyTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;

/**
 * A timer on its way: the key, the time, what is said of it, the namespace.
 *
 * <p>What is said from a worker is one of the first four constants; to a worker, which of the two
 * times has come.
 */
public final class TimerType {

    static final byte REGISTER_EVENT = 0;
    static final byte DELETE_EVENT = 1;
    static final byte REGISTER_PROCESSING = 2;
    static final byte DELETE_PROCESSING = 3;

    public static final byte EVENT = 0;
    public static final byte PROCESSING = 1;

    private TimerType() {}

    /** The type of timers of keys of a type. */
    public static TypeInformation<Tuple4<Key, Long, Byte, byte[]>> of(KeyTypeInfo key) {
        return new TupleTypeInfo<>(
                key, Types.LONG, Types.BYTE, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    }
}
