/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 65_535, 65_536})
    void everyNumberOfRecords(int count) {
        List<Integer> values = IntStream.range(0, count).boxed().toList();
        assertEquals(values, decode(Types.INT, new BatchEncoder<>(Types.INT).encode(values)));
    }

    @Test
    void recordsAddedOneByOneMakeTheSameBatch() {
        BatchEncoder<String> encoder = new BatchEncoder<>(Types.STRING);
        byte[] expected = encoder.encode(List.of("a", "bc"));
        encoder.add("a");
        assertEquals(1, encoder.count());
        assertEquals(2, encoder.bytes());
        encoder.add("bc");
        assertArrayEquals(expected, encoder.finish());
        assertEquals(0, encoder.count());
        assertEquals(0, encoder.bytes());
        assertArrayEquals(expected, encoder.encode(List.of("a", "bc")));
    }

    @Test
    void aRecordThatIsRefusedLeavesTheBatchAsItWas() {
        BatchEncoder<Row> encoder = new BatchEncoder<>(Types.ROW(Types.INT, Types.STRING));
        encoder.add(Row.of(1, "a"));
        assertThrows(CodecException.class, () -> encoder.add(Row.of(2, "half \ud83d of a pair")));
        assertThrows(CodecException.class, () -> encoder.add(Row.of("2", "b")));
        assertThrows(CodecException.class, () -> encoder.add(Row.of(2)));
        assertThrows(CodecException.class, () -> encoder.add(null));
        encoder.add(Row.of(3, "c"));
        assertEquals(
                List.of(Row.of(1, "a"), Row.of(3, "c")),
                decode(Types.ROW(Types.INT, Types.STRING), encoder.finish()));
    }

    @Test
    void aPartOfAnArrayIsRead() {
        byte[] batch = new BatchEncoder<>(Types.INT).encode(List.of(1, 2));
        byte[] larger = new byte[batch.length + 10];
        System.arraycopy(batch, 0, larger, 7, batch.length);
        BatchDecoder<Integer> decoder = new BatchDecoder<>(Types.INT);
        decoder.open(larger, 7, batch.length);
        assertEquals(2, decoder.remaining());
        assertEquals(1, decoder.next());
        assertEquals(2, decoder.next());
        assertFalse(decoder.hasNext());
        assertThrows(NoSuchElementException.class, decoder::next);
    }

    @Test
    void aDecoderReadsOnAfterABadBatch() {
        BatchDecoder<Integer> decoder = new BatchDecoder<>(Types.INT);
        byte[] batch = new BatchEncoder<>(Types.INT).encode(List.of(1, 2));
        decoder.open(new byte[] {1, 0, (byte) 0x92, 1, (byte) 0xc0});
        assertEquals(1, decoder.next());
        CodecException e = assertThrows(CodecException.class, decoder::next);
        assertEquals(
                "Record 1 of a batch is not a value of Integer: nil where an integer belongs",
                e.getMessage());
        assertFalse(decoder.hasNext());
        assertEquals(1, decoder.open(batch).next());
    }

    @Test
    void rowsWithNamesAreWrittenInTheOrderOfTheType() {
        TypeInformation<Row> type =
                Types.ROW_NAMED(new String[] {"a", "b"}, Types.INT, Types.STRING);
        Row named = Row.withNames(RowKind.DELETE);
        named.setField("b", "x");
        named.setField("a", 1);
        assertEquals(
                List.of(Row.ofKind(RowKind.DELETE, 1, "x")),
                decode(type, new BatchEncoder<>(type).encode(List.of(named))));
    }

    @Test
    void aStringOf50MegabytesPasses() {
        String ascii = "x".repeat(50_000_000);
        String wide = "é漢😀".repeat(6_000_000);
        List<String> values = List.of(ascii, wide);
        byte[] batch = new BatchEncoder<>(Types.STRING).encode(values);
        assertEquals(2 + 1 + 5 + 50_000_000 + 5 + 9 * 6_000_000, batch.length);
        assertEquals(values, decode(Types.STRING, batch));
    }

    /** Bytes changed at random are refused or read as other values, and nothing else happens. */
    @ParameterizedTest
    @MethodSource("io.flinker.codec.Vectors#accepted")
    void changedBytesDoNoHarm(Vectors.Vector vector) {
        Random random = new Random(42);
        byte[] batch = vector.bytes("batch");
        int refused = 0;
        for (int round = 0; round < 500; round++) {
            byte[] changed = batch.clone();
            for (int i = 0; i <= round % 4; i++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            try {
                decode(vector.type(), changed);
            } catch (CodecException e) {
                refused++;
            }
        }
        assertTrue(refused > 0);
    }

    private static <T> List<T> decode(TypeInformation<T> type, byte[] batch) {
        BatchDecoder<T> decoder = new BatchDecoder<>(type).open(batch);
        List<T> values = new ArrayList<>();
        decoder.forEachRemaining(values::add);
        return values;
    }

    @Test
    void randomBytesDoNoHarm() {
        Random random = new Random(7);
        List<Vectors.Vector> vectors = Vectors.accepted().toList();
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[3 + random.nextInt(20)];
            random.nextBytes(bytes);
            bytes[0] = BatchEncoder.VERSION;
            bytes[1] = BatchEncoder.FLAGS;
            bytes[2] = (byte) (Msgpack.FIXARRAY | 1);
            TypeInformation<?> type = vectors.get(round % vectors.size()).type();
            try {
                decode(type, bytes);
            } catch (CodecException e) {
                assertTrue(e.getMessage().length() > 10, Arrays.toString(bytes));
            }
        }
    }
}
