/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.Row;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyTest {

    static Stream<Arguments> equalKeys() {
        return Stream.of(
                Arguments.of(Types.PRIMITIVE_ARRAY(Types.BYTE), new byte[] {7}, new byte[] {7}),
                Arguments.of(Types.DOUBLE, 0.0, -0.0),
                Arguments.of(
                        Types.DOUBLE, Double.NaN, Double.longBitsToDouble(0x7ff8000000000001L)),
                Arguments.of(Types.FLOAT, 0.0f, -0.0f),
                Arguments.of(Types.BIG_DEC, new BigDecimal("1.0"), new BigDecimal("1.00")),
                Arguments.of(Types.STRING, null, null),
                Arguments.of(Types.LONG, null, null),
                Arguments.of(
                        Types.TUPLE(Types.STRING, Types.DOUBLE),
                        Tuple2.of("a", 0.0),
                        Tuple2.of("a", -0.0)),
                Arguments.of(Types.ROW(Types.DOUBLE), Row.of(0.0), Row.of(-0.0)),
                Arguments.of(Types.LIST(Types.DOUBLE), List.of(0.0), Arrays.asList(-0.0)),
                Arguments.of(
                        Types.MAP(Types.STRING, Types.DOUBLE),
                        Map.of("a", 0.0),
                        Map.of("a", -0.0)));
    }

    @ParameterizedTest
    @MethodSource("equalKeys")
    void keysThatPythonCallsEqualAreSo(TypeInformation<?> type, Object one, Object other)
            throws Exception {
        Key key = Key.of(one);
        assertEquals(key, Key.of(other));
        assertEquals(key.hashCode(), Key.of(other).hashCode());
        TypeSerializer<Key> serializer = serializer(type);
        // state backends that keep bytes compare those
        assertTrue(Arrays.equals(bytes(serializer, key), bytes(serializer, Key.of(other))));
        assertEquals(key, read(serializer, bytes(serializer, Key.of(other))));
    }

    @Test
    void otherKeysDiffer() {
        assertNotEquals(Key.of(null), Key.of(0));
        assertNotEquals(Key.of(1L), Key.of(2L));
        assertNotEquals(Key.of(new byte[] {1}), Key.of(new byte[] {1, 0}));
        assertNotEquals(Key.of(new byte[] {1}), Key.of(Arrays.hashCode(new byte[] {1})));
    }

    @Test
    void hashesAreTheSameInEveryProcess() {
        assertEquals(1009, Key.of(new byte[] {1, 17}).hashCode());
        assertEquals("a".hashCode(), Key.of("a").hashCode());
    }

    @Test
    void theSerializerIsRestored() throws Exception {
        TypeSerializer<Key> serializer = serializer(Types.STRING);
        TypeSerializerSnapshot<Key> snapshot = serializer.snapshotConfiguration();
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, snapshot);
        TypeSerializerSnapshot<Key> read =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        getClass().getClassLoader());
        assertEquals(serializer, read.restoreSerializer());
        assertTrue(snapshot.resolveSchemaCompatibility(read).isCompatibleAsIs());
        TypeSerializerSnapshot<Key> other = serializer(Types.LONG).snapshotConfiguration();
        KeyTypeException refusal =
                assertThrows(KeyTypeException.class, () -> other.resolveSchemaCompatibility(read));
        assertEquals(
                "The keys of the state were written as String and are now Long: give key_by() the"
                        + " key type that they had.",
                refusal.getMessage());
    }

    @Test
    void theTypeIsDescribed() throws Exception {
        KeyTypeInfo type = new KeyTypeInfo(Types.TUPLE(Types.STRING, Types.LONG));
        assertEquals(type, TypeDescriptors.parse(TypeDescriptors.describe(type)));
        assertEquals(type, InstantiationUtil.clone(type));
    }

    private static TypeSerializer<Key> serializer(TypeInformation<?> type) {
        return new KeyTypeInfo(type).createSerializer(new SerializerConfigImpl());
    }

    private static byte[] bytes(TypeSerializer<Key> serializer, Key key) throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(key, out);
        byte[] bytes = out.getCopyOfBuffer();
        DataOutputSerializer copy = new DataOutputSerializer(64);
        serializer.copy(new DataInputDeserializer(bytes), copy);
        assertTrue(Arrays.equals(bytes, copy.getCopyOfBuffer()));
        return bytes;
    }

    private static Key read(TypeSerializer<Key> serializer, byte[] bytes) throws Exception {
        return serializer.deserialize(new DataInputDeserializer(bytes));
    }
}
