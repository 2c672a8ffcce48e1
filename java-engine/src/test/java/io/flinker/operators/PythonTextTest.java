/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple0;
import org.apache.flink.api.java.tuple.Tuple1;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected texts are what PyFlink 2.3.0 (Python 3.11) prints for the same values. */
class PythonTextTest {

    @Test
    void nothingAndTruth() {
        both("None", null);
        both("True", true);
        both("False", false);
    }

    @Test
    void integers() {
        both("-128", (byte) -128);
        both("32767", (short) 32767);
        both("-5", -5);
        both("9223372036854775807", Long.MAX_VALUE);
        both("1000000000000000000000000000000", BigInteger.TEN.pow(30));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0",
        "-0.0, -0.0",
        "1, 1.0",
        "1.5, 1.5",
        "-123456.789, -123456.789",
        "0.1, 0.1",
        "0.002, 0.002",
        "0.00012, 0.00012",
        "1e-4, 0.0001",
        "1e-5, 1e-05",
        "1.5e-5, 1.5e-05",
        "-1.5e-5, -1.5e-05",
        "1e15, 1000000000000000.0",
        "9.999e15, 9999000000000000.0",
        "1e16, 1e+16",
        "123456789012345680, 1.2345678901234568e+17",
        "9007199254740993, 9007199254740992.0",
        "1e22, 1e+22",
        "1e23, 1e+23",
        "2e23, 2e+23",
        "8.41e21, 8.41e+21",
        "1e100, 1e+100",
        "0.3, 0.3",
        "0.6666666666666666, 0.6666666666666666",
        "4.35, 4.35",
        "5.684341886080802e-14, 5.684341886080802e-14",
        "4.9e-324, 5e-324",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "Infinity, inf",
        "-Infinity, -inf",
        "NaN, nan"
    })
    void doubles(double value, String expected) {
        both(expected, value);
    }

    @Test
    @SuppressWarnings("FloatingPointLiteralPrecision") // which is what it is about
    void floatsAreWidened() {
        both("0.10000000149011612", 0.1f);
        both("1.5", 1.5f);
        both("3.4028234663852886e+38", Float.MAX_VALUE);
        both("1.401298464324817e-45", Float.MIN_VALUE);
        both("1.0000000272564224e+16", 1e16f);
        both("-0.0", -0.0f);
        both("inf", Float.POSITIVE_INFINITY);
        both("nan", Float.NaN);
    }

    @ParameterizedTest
    @CsvSource({
        "1.50, 1.50",
        "0, 0",
        "100, 100",
        "1E+5, 1E+5",
        "1.5E+3, 1.5E+3",
        "0.000001, 0.000001",
        "0.0000001, 1E-7",
        "12E-10, 1.2E-9",
        "0E+3, 0E+3",
        "0E-9, 0E-9",
        "-123456789012345678901234567890.123, -123456789012345678901234567890.123"
    })
    void decimals(BigDecimal value, String expected) {
        assertEquals(expected, PythonText.str(value, null));
        assertEquals("Decimal('" + expected + "')", PythonText.repr(value, null));
    }

    @Test
    void stringsAreBareAtTheTopAndQuotedBelow() {
        assertEquals("it's\n", PythonText.str("it's\n", null));
        assertEquals("\u00e9", PythonText.str('\u00e9', null));
        repr("'a'", "a");
        repr("'\u00e9'", '\u00e9');
        repr("''", "");
        repr("\"it's\"", "it's");
        repr("'say \"hi\"'", "say \"hi\"");
        repr("'both \\' and \"'", "both ' and \"");
        repr("'tab\\tnl\\ncr\\r\\\\'", "tab\tnl\ncr\r\\");
        repr("'\\x00\\x1f\\x7f'", "\0\u001f\u007f");
        repr("'\u00e9\u65e5\u672c\ud83d\ude00'", "\u00e9\u65e5\u672c\ud83d\ude00");
        repr("'\\xad\\u200b\\u2028\\ufeff'", "\u00ad\u200b\u2028\ufeff");
        repr("'\\ue000\\U000e0001\\ud800'", "\ue000\udb40\udc01\ud800");
        repr("'a\u0301'", "a\u0301");
        repr("'\\xa0\\u3000'", "\u00a0\u3000");
    }

    @Test
    void bytes() {
        byte[] all = "ab'\"\n\\\0\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        both("b'ab\\'\"\\n\\\\\\x00\\xff'", all);
        both("b\"ab'\"", new byte[] {'a', 'b', '\''});
        both("b''", new byte[0]);
    }

    @Test
    void arraysAndLists() {
        both("[1, 2]", new short[] {1, 2});
        both("[0.5, 0.10000000149011612]", new float[] {0.5f, 0.1f});
        both("[True, False]", new boolean[] {true, false});
        both("['a', 'b']", new char[] {'a', 'b'});
        both("[]", new long[0]);
        both("['a', \"b'\", None]", new String[] {"a", "b'", null});
        both("[1, -2]", new Byte[] {1, -2});
        both("[['a'], []]", List.of(List.of("a"), List.of()));
        both("[None]", Arrays.asList((Object) null));
        both("[Decimal('1.50')]", new ArrayList<>(List.of(new BigDecimal("1.50"))));
    }

    @Test
    void maps() {
        Map<Object, Object> map = new LinkedHashMap<>();
        both("{}", map);
        map.put("it's", 2.5);
        map.put(1, List.of(1));
        map.put(null, null);
        both("{\"it's\": 2.5, 1: [1], None: None}", map);
    }

    @Test
    void tuples() {
        both("()", Tuple0.INSTANCE);
        both("(1,)", Tuple1.of(1));
        both("(1, ('a', None))", Tuple2.of(1, Tuple2.of("a", null)));
    }

    @Test
    void dates() {
        stringAndRepr("2020-01-01", "datetime.date(2020, 1, 1)", Date.valueOf("2020-01-01"));
        stringAndRepr("0001-01-01", "datetime.date(1, 1, 1)", Date.valueOf("0001-01-01"));
        stringAndRepr("1969-12-31", "datetime.date(1969, 12, 31)", LocalDate.of(1969, 12, 31));
        stringAndRepr("9999-12-31", "datetime.date(9999, 12, 31)", LocalDate.of(9999, 12, 31));
    }

    @Test
    void aDayThatOnlyTheJulianCalendarHasIsWrittenAsJavaDoes() {
        Date next = Date.valueOf("1500-03-01");
        both("1500-02-29", new Date(next.getTime() - 24 * 60 * 60 * 1000));
    }

    @Test
    void times() {
        stringAndRepr("01:02:03", "datetime.time(1, 2, 3)", Time.valueOf("01:02:03"));
        stringAndRepr("00:00:00", "datetime.time(0, 0)", LocalTime.MIDNIGHT);
        stringAndRepr("01:00:05", "datetime.time(1, 0, 5)", LocalTime.of(1, 0, 5));
        Time millis = new Time(Time.valueOf("23:59:59").getTime() + 999);
        stringAndRepr("23:59:59.999000", "datetime.time(23, 59, 59, 999000)", millis);
        LocalTime half = LocalTime.of(1, 2, 0, 500_000_000);
        stringAndRepr("01:02:00.500000", "datetime.time(1, 2, 0, 500000)", half);
    }

    @Test
    void timestamps() {
        stringAndRepr(
                "2020-01-01 01:02:03",
                "datetime.datetime(2020, 1, 1, 1, 2, 3)",
                Timestamp.valueOf("2020-01-01 01:02:03"));
        stringAndRepr(
                "2020-01-01 00:00:00",
                "datetime.datetime(2020, 1, 1, 0, 0)",
                Timestamp.valueOf("2020-01-01 00:00:00"));
        stringAndRepr(
                "1969-12-31 23:59:59.999999",
                "datetime.datetime(1969, 12, 31, 23, 59, 59, 999999)",
                Timestamp.valueOf("1969-12-31 23:59:59.999999999"));
        stringAndRepr(
                "2020-01-01 01:02:03.000004",
                "datetime.datetime(2020, 1, 1, 1, 2, 3, 4)",
                LocalDateTime.of(2020, 1, 1, 1, 2, 3, 4_000));
    }

    @Test
    void instants() {
        both("Instant<1, 2>", Instant.ofEpochSecond(1, 2));
        both("Instant<-1, 999999000>", Instant.ofEpochSecond(-1, 999_999_000));
    }

    @Test
    void rowsTellTheNamesOfTheirType() {
        TypeInformation<Row> inner = Types.ROW(Types.INT, Types.STRING);
        TypeInformation<Row> outer = Types.ROW(inner, Types.LIST(Types.ROW(Types.INT)));
        Row row = Row.of(Row.of(2, "q"), List.of(Row.of(3)));
        repr("Row(f0=Row(f0=2, f1='q'), f1=[Row(f0=3)])", row, outer);
        repr("Row(f0=None, f1=None)", Row.of(null, null), outer);
        repr("Row()", Row.of(), Types.ROW());
        TypeInformation<Row> named =
                Types.ROW_NAMED(new String[] {"x", "y z"}, Types.INT, Types.STRING);
        repr("Row(x=1, y z='a')", Row.of(1, "a"), named);
        Row byName = Row.withNames();
        byName.setField("y z", "a");
        byName.setField("x", 1);
        repr("Row(x=1, y z='a')", byName, named);
    }

    @Test
    void rowsInsideOtherValues() {
        TypeInformation<Row> row = Types.ROW(Types.INT);
        TypeInformation<?> map = Types.MAP(Types.INT, row);
        repr("{1: Row(f0=2)}", Map.of(1, Row.of(2)), map);
        TypeInformation<?> tuple = Types.TUPLE(Types.INT, row);
        repr("(1, Row(f0=2))", Tuple2.of(1, Row.of(2)), tuple);
        TypeInformation<?> array = Types.OBJECT_ARRAY(row);
        repr("[Row(f0=1), Row(f0=2)]", new Row[] {Row.of(1), Row.of(2)}, array);
    }

    @Test
    void rowsOfAnUnknownType() {
        repr("<Row(1, 'a')>", Row.of(1, "a"));
        Row byName = Row.withNames();
        byName.setField("x", 1);
        repr("Row(x=1)", byName);
    }

    private static void both(String expected, Object value) {
        stringAndRepr(expected, expected, value);
    }

    private static void stringAndRepr(String string, String repr, Object value) {
        assertEquals(string, PythonText.str(value, null));
        repr(repr, value);
    }

    private static void repr(String expected, Object value) {
        repr(expected, value, null);
    }

    private static void repr(String expected, Object value, TypeInformation<?> type) {
        assertEquals(expected, PythonText.repr(value, type));
    }
}
