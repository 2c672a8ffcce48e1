/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;

/** The types of pairs of a key and a record, which no program can declare. */
record Pairs(KeyTypeInfo key, TypeInformation<?> record) {

    /** The two types of pairs; null if values of the type are none. */
    static Pairs of(TypeInformation<?> type) {
        if (type.getClass() != TupleTypeInfo.class || type.getArity() != 2) {
            return null;
        }
        TypeInformation<?>[] fields = ((TupleTypeInfo<?>) type).getFieldTypes();
        return fields[0] instanceof KeyTypeInfo key ? new Pairs(key, fields[1]) : null;
    }
}
