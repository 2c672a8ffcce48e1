/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import org.apache.flink.api.common.typeinfo.BasicArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ListTypeInfo;
import org.apache.flink.api.java.typeutils.MapTypeInfo;
import org.apache.flink.api.java.typeutils.ObjectArrayTypeInfo;
import org.apache.flink.api.java.typeutils.TupleTypeInfoBase;

/** The types of the parts that a composed type is made of; null where it is not so composed. */
final class PartTypes {

    private PartTypes() {}

    static TypeInformation<?> element(TypeInformation<?> type) {
        if (type instanceof ListTypeInfo) {
            return ((ListTypeInfo<?>) type).getElementTypeInfo();
        }
        if (type instanceof ObjectArrayTypeInfo) {
            return ((ObjectArrayTypeInfo<?, ?>) type).getComponentInfo();
        }
        if (type instanceof BasicArrayTypeInfo) {
            return ((BasicArrayTypeInfo<?, ?>) type).getComponentInfo();
        }
        return null;
    }

    static TypeInformation<?> key(TypeInformation<?> type) {
        return type instanceof MapTypeInfo ? ((MapTypeInfo<?, ?>) type).getKeyTypeInfo() : null;
    }

    static TypeInformation<?> value(TypeInformation<?> type) {
        return type instanceof MapTypeInfo ? ((MapTypeInfo<?, ?>) type).getValueTypeInfo() : null;
    }

    /** The type of a field of a tuple or row. */
    static TypeInformation<?> field(TypeInformation<?> type, int index) {
        if (type instanceof TupleTypeInfoBase && index < type.getArity()) {
            return ((TupleTypeInfoBase<?>) type).getTypeAt(index);
        }
        return null;
    }
}
