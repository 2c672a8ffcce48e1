/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * Codecs of dates, times and instants.
 *
 * <p>The classes of {@code java.sql} hold what a clock shows as a point of time in the JVM's zone.
 * What they cannot hold, they change: {@code Time} has no microseconds, and a time that the zone's
 * clocks skip becomes one they show. The classes of {@code java.time} hold everything.
 */
final class TimeCodecs {

    private static final LocalDate LAST_JULIAN_DAY = LocalDate.of(1582, 10, 4);
    private static final LocalDate FIRST_GREGORIAN_DAY = LocalDate.of(1582, 10, 15);

    static final ValueCodec<Date> SQL_DATE =
            new ValueCodec<>() {
                @Override
                void write(Date value, MsgpackWriter out) {
                    IsoText.writeDate(value.toLocalDate(), out);
                }

                @Override
                Date read(MsgpackReader in) {
                    return Date.valueOf(inSqlCalendar(IsoText.readDate(in)));
                }
            };

    static final ValueCodec<Time> SQL_TIME =
            new ValueCodec<>() {
                @Override
                void write(Time value, MsgpackWriter out) {
                    int millis = (int) Math.floorMod(value.getTime(), 1000L);
                    IsoText.writeTime(value.toLocalTime().withNano(millis * 1_000_000), out);
                }

                @Override
                Time read(MsgpackReader in) {
                    LocalTime time = IsoText.readTime(in);
                    Time value = Time.valueOf(time);
                    value.setTime(value.getTime() + time.getNano() / 1_000_000);
                    return value;
                }
            };

    static final ValueCodec<Timestamp> SQL_TIMESTAMP =
            new ValueCodec<>() {
                @Override
                void write(Timestamp value, MsgpackWriter out) {
                    IsoText.writeDateTime(value.toLocalDateTime(), out);
                }

                @Override
                Timestamp read(MsgpackReader in) {
                    LocalDateTime value = IsoText.readDateTime(in);
                    inSqlCalendar(value.toLocalDate());
                    return Timestamp.valueOf(value);
                }
            };

    static final ValueCodec<LocalDate> LOCAL_DATE =
            new ValueCodec<>() {
                @Override
                void write(LocalDate value, MsgpackWriter out) {
                    IsoText.writeDate(value, out);
                }

                @Override
                LocalDate read(MsgpackReader in) {
                    return IsoText.readDate(in);
                }
            };

    static final ValueCodec<LocalTime> LOCAL_TIME =
            new ValueCodec<>() {
                @Override
                void write(LocalTime value, MsgpackWriter out) {
                    IsoText.writeTime(value, out);
                }

                @Override
                LocalTime read(MsgpackReader in) {
                    return IsoText.readTime(in);
                }
            };

    static final ValueCodec<LocalDateTime> LOCAL_DATE_TIME =
            new ValueCodec<>() {
                @Override
                void write(LocalDateTime value, MsgpackWriter out) {
                    IsoText.writeDateTime(value, out);
                }

                @Override
                LocalDateTime read(MsgpackReader in) {
                    return IsoText.readDateTime(in);
                }
            };

    static final ValueCodec<Instant> INSTANT =
            new ValueCodec<>() {
                @Override
                void write(Instant value, MsgpackWriter out) {
                    out.writeArrayHeader(2);
                    out.writeLong(value.getEpochSecond());
                    out.writeLong(value.getNano());
                }

                @Override
                Instant read(MsgpackReader in) {
                    in.readArrayHeader(2);
                    long seconds = in.readLong();
                    int nanos = in.readInt(0, 999_999_999);
                    try {
                        return Instant.ofEpochSecond(seconds, nanos);
                    } catch (DateTimeException e) {
                        throw new CodecException("Not an instant: " + e.getMessage(), e);
                    }
                }
            };

    private TimeCodecs() {}

    private static LocalDate inSqlCalendar(LocalDate date) {
        if (date.isAfter(LAST_JULIAN_DAY) && date.isBefore(FIRST_GREGORIAN_DAY)) {
            throw new CodecException(
                    "java.sql has no "
                            + date
                            + ", which the calendar reform of 1582 skipped:"
                            + " use LOCAL_DATE or LOCAL_DATE_TIME");
        }
        return date;
    }
}
