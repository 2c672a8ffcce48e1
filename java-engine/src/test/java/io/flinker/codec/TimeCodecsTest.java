/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.TimeZone;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a clock on the wall shows stays the same in whatever zone the JVM runs. */
class TimeCodecsTest {

    private static final TimeZone USUAL = TimeZone.getDefault();

    @AfterEach
    void backToTheUsualZone() {
        TimeZone.setDefault(USUAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Berlin",
                "America/New_York",
                "America/Sao_Paulo",
                "Asia/Kolkata",
                "Australia/Lord_Howe",
                "Pacific/Apia",
                "Africa/Monrovia"
            })
    void sqlDatesAndTimesShowTheSame(String zone) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        for (String text :
                List.of(
                        "0001-01-01T00:00:00",
                        "1500-02-28T23:59:59.999999",
                        "1582-10-04T12:00:00",
                        "1582-10-15T12:00:00",
                        "1883-11-17T12:00:00.000001",
                        "1969-12-31T23:59:59.999999",
                        "1970-01-01T00:00:00",
                        "2024-02-29T12:34:56.789012",
                        "9999-12-31T23:59:59.999999")) {
            LocalDateTime shown = LocalDateTime.parse(text);
            assertRoundTrip(Types.SQL_TIMESTAMP, Timestamp.valueOf(shown));
            assertRoundTrip(Types.SQL_DATE, Date.valueOf(shown.toLocalDate()));
            assertRoundTrip(Types.LOCAL_DATE_TIME, shown);
            assertRoundTrip(Types.LOCAL_DATE, shown.toLocalDate());
            assertRoundTrip(Types.LOCAL_TIME, shown.toLocalTime());
            LocalTime millis = shown.toLocalTime().withNano(123_000_000);
            Time time = new Time(Time.valueOf(millis).getTime() + 123);
            assertRoundTrip(Types.SQL_TIME, time);
        }
    }

    @Test
    void nanosecondsBelowAMicrosecondAreCutOff() {
        assertEquals(
                LocalTime.of(1, 2, 3, 4_000),
                roundTrip(Types.LOCAL_TIME, LocalTime.of(1, 2, 3, 4_999)));
        assertEquals(
                LocalTime.of(1, 2, 3), roundTrip(Types.LOCAL_TIME, LocalTime.of(1, 2, 3, 999)));
    }

    @Test
    void fractionsOfEveryLengthAreRead() {
        for (int digits = 1; digits <= 9; digits++) {
            String text = "01:02:03." + "123456789".substring(0, digits);
            byte[] batch = new BatchEncoder<>(Types.STRING).encode(List.of(text));
            assertEquals(
                    LocalTime.parse(text), new BatchDecoder<>(Types.LOCAL_TIME).open(batch).next());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01",
                "01:02",
                "01:02:03.",
                "01:02:03.1234567890",
                "01:02:03Z",
                "1:02:03.45",
                "01-02-03",
                "aa:bb:cc",
                "24:00:00",
                "00:60:00",
                "00:00:60",
                "+1:00:00"
            })
    void whatIsNoTimeIsRefused(String text) {
        byte[] batch = new BatchEncoder<>(Types.STRING).encode(List.of(text));
        assertThrows(
                CodecException.class,
                () -> new BatchDecoder<>(Types.LOCAL_TIME).open(batch).next());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2020-01",
                "2020-1-1",
                "2020-01-01T00:00:00+01",
                "2020-01-01 00:00:00",
                "2020-13-01T00:00:00",
                "2020-02-30T00:00:00",
                "20200101T000000",
                "2020-01-01T"
            })
    void whatIsNoDateAndTimeIsRefused(String text) {
        byte[] batch = new BatchEncoder<>(Types.STRING).encode(List.of(text));
        assertThrows(
                CodecException.class,
                () -> new BatchDecoder<>(Types.LOCAL_DATE_TIME).open(batch).next());
    }

    @Test
    void daysThatTheCalendarReformSkippedAreRefusedForSqlOnly() {
        byte[] batch =
                new BatchEncoder<>(Types.LOCAL_DATE).encode(List.of(LocalDate.of(1582, 10, 10)));
        assertThrows(
                CodecException.class, () -> new BatchDecoder<>(Types.SQL_DATE).open(batch).next());
        assertEquals(
                LocalDate.of(1582, 10, 10),
                new BatchDecoder<>(Types.LOCAL_DATE).open(batch).next());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 10_000})
    void yearsThatPythonDoesNotHaveAreRefused(int year) {
        assertThrows(
                CodecException.class, () -> roundTrip(Types.LOCAL_DATE, LocalDate.of(year, 1, 1)));
    }

    private static <T> void assertRoundTrip(TypeInformation<T> type, T value) {
        assertEquals(value, roundTrip(type, value));
    }

    private static <T> T roundTrip(TypeInformation<T> type, T value) {
        byte[] batch = new BatchEncoder<>(type).encode(List.of(value));
        return new BatchDecoder<>(type).open(batch).next();
    }
}
