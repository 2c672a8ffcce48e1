/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.connectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlainStringEncoderTest {

    static Stream<Arguments> values() {
        Row named = Row.withNames();
        named.setField("name", Row.of(1, "x"));
        return Stream.of(
                Arguments.of(Row.of(1, "aaa"), "1,aaa"),
                Arguments.of(Row.ofKind(RowKind.DELETE, 1, "aaa"), "1,aaa"),
                Arguments.of(new Row(0), ""),
                Arguments.of(Row.of((Object) null), "null"),
                Arguments.of(Row.of(1, Row.of(2, Row.of(3, "c")), 4), "1,2,3,c,4"),
                Arguments.of(named, "1,x"),
                Arguments.of(Tuple2.of(1, "aaa"), "(1,aaa)"),
                Arguments.of(Tuple2.of(Row.of(1, 2), null), "(1,2,null)"),
                Arguments.of(Row.of(Tuple2.of(1, 2), 3), "(1,2),3"),
                Arguments.of(List.of(Row.of(1, 2), Row.of(3, 4)), "[1,2, 3,4]"),
                Arguments.of(Map.of("k", Row.of(1, 2)), "{k=1,2}"),
                Arguments.of(new int[] {1, 2}, "[1, 2]"),
                Arguments.of(new byte[] {-1, 0}, "[-1, 0]"),
                Arguments.of(new String[] {"a", null}, "[a, null]"),
                Arguments.of(new Object[] {Row.of(1, 2), new long[] {3}}, "[1,2, [3]]"),
                Arguments.of(Arrays.asList(1.5, null), "[1.5, null]"),
                Arguments.of(new BigDecimal("1.50"), "1.50"),
                Arguments.of(
                        Timestamp.valueOf("2020-01-02 03:04:05.678"), "2020-01-02 03:04:05.678"),
                Arguments.of(true, "true"),
                Arguments.of("", ""),
                Arguments.of("two\nlines", "two\nlines"),
                Arguments.of(null, "null"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aRecordIsALineInTheWordsOfFlink112(Object value, String text) throws Exception {
        assertArrayEquals(
                (text + "\n").getBytes(StandardCharsets.UTF_8),
                encode(new PlainStringEncoder<>("UTF-8"), value));
    }

    @Test
    void theCharacterSetHoldsForTheLineBreakToo() throws Exception {
        byte[] expected = "ä\n".getBytes(StandardCharsets.UTF_16LE);
        assertArrayEquals(expected, encode(new PlainStringEncoder<>("UTF-16LE"), "ä"));
    }

    @Test
    void itTravelsToTheTaskManager() throws Exception {
        PlainStringEncoder<Object> encoder =
                InstantiationUtil.clone(new PlainStringEncoder<>("UTF-8"));
        assertEquals("a\n", new String(encode(encoder, "a"), StandardCharsets.UTF_8));
    }

    private static byte[] encode(PlainStringEncoder<Object> encoder, Object value)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        encoder.encode(value, out);
        return out.toByteArray();
    }
}
