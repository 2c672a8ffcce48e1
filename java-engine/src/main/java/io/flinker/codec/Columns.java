/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;

/**
 * The codecs of the arrays of a batch.
 *
 * @param keys of pairs of a key and a record, which no program can declare; null if values are none
 * @param records of the records of pairs, or of the values
 */
record Columns(ValueCodec<?> keys, ValueCodec<?> records) {

    /**
     * Those for values of a type.
     *
     * @throws CodecException if they have no form in Python
     */
    static Columns of(TypeInformation<?> type) {
        if (type.getClass() == TupleTypeInfo.class && type.getArity() == 2) {
            TypeInformation<?>[] fields = ((TupleTypeInfo<?>) type).getFieldTypes();
            if (fields[0] instanceof KeyTypeInfo) {
                return new Columns(ValueCodecs.of(fields[0]), ValueCodecs.of(fields[1]));
            }
        }
        return new Columns(null, ValueCodecs.of(type));
    }
}
