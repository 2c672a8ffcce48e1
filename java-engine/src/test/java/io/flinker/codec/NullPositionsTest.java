/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.BasicArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.LocalTimeTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.SqlTimeTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Null is taken exactly where Flink's own serializer can keep it: nothing is refused without need,
 * and nothing is let in that a shuffle or a checkpoint would break on.
 */
class NullPositionsTest {

    static Stream<TypeInformation<?>> everyType() {
        return Stream.of(
                BasicTypeInfo.BOOLEAN_TYPE_INFO,
                BasicTypeInfo.BYTE_TYPE_INFO,
                BasicTypeInfo.SHORT_TYPE_INFO,
                BasicTypeInfo.INT_TYPE_INFO,
                BasicTypeInfo.LONG_TYPE_INFO,
                BasicTypeInfo.FLOAT_TYPE_INFO,
                BasicTypeInfo.DOUBLE_TYPE_INFO,
                BasicTypeInfo.CHAR_TYPE_INFO,
                BasicTypeInfo.STRING_TYPE_INFO,
                BasicTypeInfo.BIG_INT_TYPE_INFO,
                BasicTypeInfo.BIG_DEC_TYPE_INFO,
                BasicTypeInfo.INSTANT_TYPE_INFO,
                SqlTimeTypeInfo.DATE,
                SqlTimeTypeInfo.TIME,
                SqlTimeTypeInfo.TIMESTAMP,
                LocalTimeTypeInfo.LOCAL_DATE,
                LocalTimeTypeInfo.LOCAL_TIME,
                LocalTimeTypeInfo.LOCAL_DATE_TIME,
                PickledByteArrayTypeInfo.INSTANCE,
                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
                PrimitiveArrayTypeInfo.INT_PRIMITIVE_ARRAY_TYPE_INFO,
                BasicArrayTypeInfo.STRING_ARRAY_TYPE_INFO,
                BasicArrayTypeInfo.INT_ARRAY_TYPE_INFO,
                Types.OBJECT_ARRAY(Types.ROW(Types.INT)),
                Types.LIST(Types.INT),
                Types.MAP(Types.INT, Types.INT),
                Types.TUPLE(Types.INT),
                Types.ROW(Types.INT));
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void alone(TypeInformation<?> type) {
        assertSameAnswer(type, null);
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void inATuple(TypeInformation<?> type) {
        assertSameAnswer(Types.TUPLE(Types.INT, type), new Tuple2<>(1, null));
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void inAList(TypeInformation<?> type) {
        assertSameAnswer(Types.LIST(type), new ArrayList<>(Arrays.asList((Object) null)));
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void asTheKeyOfAMap(TypeInformation<?> type) {
        Map<Object, Object> map = new HashMap<>();
        map.put(null, 1);
        assertSameAnswer(Types.MAP(type, Types.INT), map);
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void asTheValueOfAMap(TypeInformation<?> type) throws Exception {
        Map<Object, Object> map = new HashMap<>();
        map.put(1, null);
        assertSameAnswer(Types.MAP(Types.INT, type), map);
        assertEquals(map, roundTrip(Types.MAP(Types.INT, type), map));
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void inARow(TypeInformation<?> type) throws Exception {
        assertEquals(Row.of(null, 1), roundTrip(Types.ROW(type, Types.INT), Row.of(null, 1)));
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void inAnArrayOfObjects(TypeInformation<?> type) throws Exception {
        TypeInformation<?> array = Types.OBJECT_ARRAY(type);
        Object nulls = Array.newInstance(type.getTypeClass(), 2);
        assertArrayEquals((Object[]) nulls, (Object[]) roundTrip(array, nulls));
    }

    @Test
    void aNullThatIsRefusedIsNamed() {
        BatchEncoder<Tuple2<Integer, Integer>> encoder =
                new BatchEncoder<>(Types.TUPLE(Types.INT, Types.INT));
        CodecException e =
                assertThrows(CodecException.class, () -> encoder.add(new Tuple2<>(1, null)));
        assertEquals(
                "Not a value of Java Tuple2<Integer, Integer>: null where the type cannot hold it:"
                        + " (1,null)",
                e.getMessage());
    }

    private static void assertSameAnswer(TypeInformation<?> type, Object value) {
        assertEquals(flinkHolds(type, value), codecHolds(type, value), type.toString());
    }

    private static boolean flinkHolds(TypeInformation<?> type, Object value) {
        try {
            throughSerializer(type, value);
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    private static boolean codecHolds(TypeInformation<?> type, Object value) {
        try {
            encode(type, value);
            return true;
        } catch (CodecException e) {
            return false;
        }
    }

    private static Object roundTrip(TypeInformation<?> type, Object value) throws Exception {
        Object copy = throughSerializer(type, value);
        BatchDecoder<?> decoder = new BatchDecoder<>(type).open(encode(type, copy));
        return decoder.next();
    }

    @SuppressWarnings("unchecked")
    private static byte[] encode(TypeInformation<?> type, Object value) {
        return new BatchEncoder<>((TypeInformation<Object>) type).encode(Arrays.asList(value));
    }

    @SuppressWarnings("unchecked")
    private static Object throughSerializer(TypeInformation<?> type, Object value)
            throws Exception {
        TypeSerializer<Object> serializer =
                ((TypeInformation<Object>) type).createSerializer(new SerializerConfigImpl());
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(serializer.copy(value), out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        Object copy = serializer.deserialize(in);
        // SqlTimestampSerializer writes four bytes more for a null than it reads
        if (in.available() > 0) {
            throw new IllegalStateException(in.available() + " bytes are left");
        }
        return copy;
    }
}
