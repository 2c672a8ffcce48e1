/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.BasicArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.LocalTimeTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.SqlTimeTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.api.java.typeutils.ListTypeInfo;
import org.apache.flink.api.java.typeutils.MapTypeInfo;
import org.apache.flink.api.java.typeutils.ObjectArrayTypeInfo;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;

/** From a type to its codec. */
final class ValueCodecs {

    private static final Map<TypeInformation<?>, ValueCodec<?>> SIMPLE = simple();

    private ValueCodecs() {}

    /**
     * The codec of a type.
     *
     * @throws CodecException if its values have no form in Python
     */
    @SuppressWarnings("unchecked")
    static <T> ValueCodec<T> of(TypeInformation<T> type) {
        return (ValueCodec<T>) make(type);
    }

    private static ValueCodec<?> make(TypeInformation<?> type) {
        ValueCodec<?> simple = SIMPLE.get(type);
        if (simple != null) {
            return simple;
        }
        if (type instanceof RowTypeInfo row) {
            return new RecordCodecs.Rows(row.getFieldNames(), fields(row.getFieldTypes()));
        }
        if (type.getClass() == TupleTypeInfo.class) {
            TypeInformation<?>[] types = ((TupleTypeInfo<?>) type).getFieldTypes();
            return new RecordCodecs.Tuples<Tuple>(fields(types));
        }
        if (type instanceof ListTypeInfo<?> list) {
            return new CollectionCodecs.Lists<>(of(list.getElementTypeInfo()));
        }
        if (type instanceof KeyTypeInfo key) {
            @SuppressWarnings("unchecked")
            ValueCodec<Object> value = (ValueCodec<Object>) make(key.value());
            return new KeyCodec(value);
        }
        if (type instanceof MapTypeInfo<?, ?> map) {
            return new CollectionCodecs.Maps<>(
                    of(map.getKeyTypeInfo()), of(map.getValueTypeInfo()));
        }
        if (type instanceof BasicArrayTypeInfo<?, ?> array) {
            return objects(array.getComponentInfo());
        }
        if (type instanceof ObjectArrayTypeInfo<?, ?> array) {
            return objects(array.getComponentInfo());
        }
        throw TypeDescriptors.unsupported(type);
    }

    private static <E> ValueCodec<E[]> objects(TypeInformation<E> element) {
        return new ArrayCodecs.Objects<>(element.getTypeClass(), of(element));
    }

    @SuppressWarnings("unchecked")
    private static List<ValueCodec<Object>> fields(TypeInformation<?>[] types) {
        List<ValueCodec<Object>> codecs = new ArrayList<>();
        for (TypeInformation<?> type : types) {
            codecs.add((ValueCodec<Object>) make(type));
        }
        return codecs;
    }

    /**
     * Those that are made of no others.
     *
     * <p>Flink's own serializers decide where null can be: for a String anywhere, for an Integer
     * only where the row, the array or the map around it keeps a list of its nulls.
     */
    private static Map<TypeInformation<?>, ValueCodec<?>> simple() {
        Map<TypeInformation<?>, ValueCodec<?>> codecs = new HashMap<>();
        codecs.put(BasicTypeInfo.BOOLEAN_TYPE_INFO, NumberCodecs.BOOLEAN);
        codecs.put(BasicTypeInfo.BYTE_TYPE_INFO, NumberCodecs.BYTE);
        codecs.put(BasicTypeInfo.SHORT_TYPE_INFO, NumberCodecs.SHORT);
        codecs.put(BasicTypeInfo.INT_TYPE_INFO, NumberCodecs.INT);
        codecs.put(BasicTypeInfo.LONG_TYPE_INFO, NumberCodecs.LONG);
        codecs.put(BasicTypeInfo.FLOAT_TYPE_INFO, NumberCodecs.FLOAT);
        codecs.put(BasicTypeInfo.DOUBLE_TYPE_INFO, NumberCodecs.DOUBLE);
        codecs.put(BasicTypeInfo.CHAR_TYPE_INFO, TextCodecs.CHAR);
        codecs.put(BasicTypeInfo.STRING_TYPE_INFO, TextCodecs.STRING.nullable());
        codecs.put(BasicTypeInfo.BIG_INT_TYPE_INFO, NumberCodecs.BIG_INT.nullable());
        codecs.put(BasicTypeInfo.BIG_DEC_TYPE_INFO, NumberCodecs.BIG_DEC.nullable());
        codecs.put(BasicTypeInfo.INSTANT_TYPE_INFO, TimeCodecs.INSTANT.nullable());
        codecs.put(SqlTimeTypeInfo.DATE, TimeCodecs.SQL_DATE.nullable());
        codecs.put(SqlTimeTypeInfo.TIME, TimeCodecs.SQL_TIME.nullable());
        // Flink writes four bytes more for a null Timestamp than it reads
        codecs.put(SqlTimeTypeInfo.TIMESTAMP, TimeCodecs.SQL_TIMESTAMP);
        codecs.put(LocalTimeTypeInfo.LOCAL_DATE, TimeCodecs.LOCAL_DATE.nullable());
        codecs.put(LocalTimeTypeInfo.LOCAL_TIME, TimeCodecs.LOCAL_TIME.nullable());
        codecs.put(LocalTimeTypeInfo.LOCAL_DATE_TIME, TimeCodecs.LOCAL_DATE_TIME.nullable());
        codecs.put(PickledByteArrayTypeInfo.INSTANCE, PickledCodec.INSTANCE);
        codecs.put(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO, ArrayCodecs.BYTES);
        codecs.put(PrimitiveArrayTypeInfo.BOOLEAN_PRIMITIVE_ARRAY_TYPE_INFO, ArrayCodecs.BOOLEANS);
        codecs.put(PrimitiveArrayTypeInfo.SHORT_PRIMITIVE_ARRAY_TYPE_INFO, ArrayCodecs.SHORTS);
        codecs.put(PrimitiveArrayTypeInfo.INT_PRIMITIVE_ARRAY_TYPE_INFO, ArrayCodecs.INTS);
        codecs.put(PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO, ArrayCodecs.LONGS);
        codecs.put(PrimitiveArrayTypeInfo.FLOAT_PRIMITIVE_ARRAY_TYPE_INFO, ArrayCodecs.FLOATS);
        codecs.put(PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO, ArrayCodecs.DOUBLES);
        codecs.put(PrimitiveArrayTypeInfo.CHAR_PRIMITIVE_ARRAY_TYPE_INFO, ArrayCodecs.CHARS);
        return Collections.unmodifiableMap(codecs);
    }
}
