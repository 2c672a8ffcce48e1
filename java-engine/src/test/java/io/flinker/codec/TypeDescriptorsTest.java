/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.BasicArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeDescriptorsTest {

    /** A type that a program's Java source may have, and Python nothing for. */
    public static class Plain {
        public int number;
        public Object anything;
    }

    @Test
    void namesOfFieldsAreKept() {
        TypeInformation<?> type = Types.ROW_NAMED(new String[] {"é", "b"}, Types.INT, Types.STRING);
        RowTypeInfo copy = (RowTypeInfo) TypeDescriptors.parse(TypeDescriptors.describe(type));
        assertEquals(List.of("é", "b"), List.of(copy.getFieldNames()));
    }

    @Test
    void anObjectArrayOfStringsIsTheBasicOne() {
        assertEquals(
                BasicArrayTypeInfo.STRING_ARRAY_TYPE_INFO,
                TypeDescriptors.parse(bytes("92ac4f424a4543545f415252415991a6535452494e47")));
    }

    @Test
    void everyLengthOfATupleIsDescribed() {
        for (int length = 0; length <= 25; length++) {
            TypeInformation<?>[] fields =
                    IntStream.range(0, length)
                            .mapToObj(i -> Types.INT)
                            .toArray(TypeInformation<?>[]::new);
            TypeInformation<?> type = Types.TUPLE(fields);
            assertEquals(type, TypeDescriptors.parse(TypeDescriptors.describe(type)));
        }
    }

    @Test
    void pickledBytesAreNoPlainBytes() throws Exception {
        TypeInformation<?> copy =
                TypeDescriptors.parse(TypeDescriptors.describe(PickledByteArrayTypeInfo.INSTANCE));
        assertSame(PickledByteArrayTypeInfo.INSTANCE, copy);
        assertSame(copy, InstantiationUtil.clone(copy));
    }

    @Test
    void typesThatPythonHasNothingForAreRefusedByName() {
        for (TypeInformation<?> type :
                new TypeInformation<?>[] {
                    Types.POJO(Plain.class),
                    Types.GENERIC(Object.class),
                    BasicTypeInfo.VOID_TYPE_INFO,
                    BasicTypeInfo.DATE_TYPE_INFO
                }) {
            CodecException e =
                    assertThrows(CodecException.class, () -> TypeDescriptors.describe(type));
            assertTrue(e.getMessage().contains(type.toString()), e.getMessage());
            assertThrows(CodecException.class, () -> TypeDescriptors.describe(Types.LIST(type)));
            assertThrows(CodecException.class, () -> new BatchEncoder<>(type));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "90", // an empty array
                "c0", // nil
                "a3494e54", // a string alone
                "91a3494e5401", // bytes after the end
                "91a3494e", // too short
                "92a3494e5401", // a part too many
                "91a44c495354", // a part too few
                "91a3584958", // no such type
                "92a45455504c45dd00000001", // more fields than bytes
                "92af5052494d49544956455f415252415991a6535452494e47", // primitive strings
                "92ab42415349435f415252415991a74249475f494e54", // basic BIG_INT
                "93a3524f5792a161a1619291a3494e5491a3494e54", // two fields of one name
                "93a3524f5791a1619291a3494e5491a3494e54", // one name for two fields
            })
    void whatDescribesNoTypeIsRefused(String hex) {
        assertThrows(CodecException.class, () -> TypeDescriptors.parse(bytes(hex)));
    }

    @Test
    void typesTooDeepInsideEachOtherAreRefused() {
        TypeInformation<?> type = Types.INT;
        for (int i = 0; i < 100; i++) {
            type = Types.LIST(type);
        }
        TypeInformation<?> deepest = type;
        assertEquals(deepest, TypeDescriptors.parse(TypeDescriptors.describe(deepest)));
        TypeInformation<?> tooDeep = Types.LIST(deepest);
        assertThrows(CodecException.class, () -> TypeDescriptors.describe(tooDeep));
        String hex = "92a44c495354".repeat(100_000);
        assertThrows(CodecException.class, () -> TypeDescriptors.parse(bytes(hex)));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void changedBytesDoNoHarm(int seed) {
        Random random = new Random(seed);
        byte[] good =
                TypeDescriptors.describe(
                        Types.ROW(Types.INT, Types.LIST(Types.TUPLE(Types.STRING, Types.LONG))));
        for (int round = 0; round < 5_000; round++) {
            byte[] changed = good.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            try {
                TypeDescriptors.parse(changed);
            } catch (CodecException e) {
                assertTrue(e.getMessage().length() > 10);
            }
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
