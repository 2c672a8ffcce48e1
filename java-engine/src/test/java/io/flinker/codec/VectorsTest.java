/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flinker.codec.Vectors.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every vector, in both directions, and what is left of it when it is cut short. */
class VectorsTest {

    @ParameterizedTest
    @MethodSource("io.flinker.codec.Vectors#accepted")
    void descriptorIsParsedAndWritten(Vector vector) {
        assertEquals(vector.type(), TypeDescriptors.parse(vector.bytes("descriptor")));
        assertHex(vector.bytes("descriptor"), TypeDescriptors.describe(vector.type()));
    }

    @ParameterizedTest
    @MethodSource("io.flinker.codec.Vectors#accepted")
    void valuesBecomeTheBytes(Vector vector) {
        assertHex(vector.bytes("batch"), encode(vector.type(), vector.values()));
    }

    @ParameterizedTest
    @MethodSource("io.flinker.codec.Vectors#accepted")
    void bytesBecomeTheValues(Vector vector) {
        assertSame(vector.values(), decode(vector.type(), vector.bytes("batch")));
        if (vector.json().has("from_python")) {
            assertSame(vector.values(), decode(vector.type(), vector.bytes("from_python")));
        }
    }

    @ParameterizedTest
    @MethodSource("io.flinker.codec.Vectors#accepted")
    void valuesPassThroughFlinksSerializer(Vector vector) throws Exception {
        List<Object> read = decode(vector.type(), vector.bytes("batch"));
        assertSame(vector.values(), throughSerializer(vector.type(), read));
    }

    @ParameterizedTest
    @MethodSource("io.flinker.codec.Vectors#stored")
    void stateKeepsTheBytesUnopened(Vector vector) {
        BatchEncoder<byte[]> encoder = BatchEncoder.ofStored();
        BatchDecoder.ofStored().open(vector.bytes("batch")).forEachRemaining(encoder::add);
        assertHex(vector.bytes("batch"), encoder.finish());
    }

    @ParameterizedTest
    @MethodSource("io.flinker.codec.Vectors#accepted")
    void everyPartOfABatchIsRefused(Vector vector) {
        byte[] batch = vector.bytes("batch");
        for (int length = 0; length < batch.length; length++) {
            byte[] part = Arrays.copyOf(batch, length);
            assertThrows(CodecException.class, () -> decode(vector.type(), part));
        }
    }

    @ParameterizedTest
    @MethodSource("io.flinker.codec.Vectors#refused")
    void wrongBytesAreRefused(Vector vector) {
        CodecException e =
                assertThrows(
                        CodecException.class, () -> decode(vector.type(), vector.bytes("batch")));
        assertTrue(e.getMessage().length() > 10, e.getMessage());
    }

    @SuppressWarnings("unchecked")
    private static byte[] encode(TypeInformation<?> type, List<Object> values) {
        return new BatchEncoder<>((TypeInformation<Object>) type).encode(values);
    }

    private static List<Object> decode(TypeInformation<?> type, byte[] batch) {
        BatchDecoder<?> decoder = new BatchDecoder<>(type).open(batch);
        List<Object> values = new ArrayList<>();
        decoder.forEachRemaining(values::add);
        return values;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> throughSerializer(TypeInformation<?> type, List<Object> values)
            throws Exception {
        TypeSerializer<Object> serializer =
                ((TypeInformation<Object>) type).createSerializer(new SerializerConfigImpl());
        List<Object> copies = new ArrayList<>();
        for (Object value : values) {
            DataOutputSerializer out = new DataOutputSerializer(64);
            serializer.serialize(serializer.copy(value), out);
            copies.add(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())));
        }
        return copies;
    }

    private static void assertSame(List<Object> expected, List<Object> actual) {
        // arrays inside arrays are compared by their elements
        assertTrue(
                Arrays.deepEquals(expected.toArray(), actual.toArray()),
                () ->
                        Arrays.deepToString(expected.toArray())
                                + " is not "
                                + Arrays.deepToString(actual.toArray()));
        assertArrayEquals(classes(expected), classes(actual));
    }

    private static Object[] classes(List<Object> values) {
        return values.stream()
                .map(
                        value ->
                                value == null
                                                || value instanceof List
                                                || value instanceof java.util.Map
                                        ? null
                                        : value.getClass())
                .toArray();
    }

    private static void assertHex(byte[] expected, byte[] actual) {
        assertEquals(HexFormat.of().formatHex(expected), HexFormat.of().formatHex(actual));
    }
}
