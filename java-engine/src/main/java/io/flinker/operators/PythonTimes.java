/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * Dates and times as Python's {@code datetime} writes them; an instant as PyFlink's does.
 *
 * <p>Python knows microseconds: what is finer is cut off.
 */
final class PythonTimes {

    private static final int NANOS_PER_MICRO = 1_000;
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final int MILLIS_PER_SECOND = 1_000;

    private PythonTimes() {}

    /**
     * Appends {@code str(value)}.
     *
     * @return false, and nothing is appended, if it is no date or time
     */
    static boolean appendStr(StringBuilder text, Object value) {
        Object time = modern(value);
        if (time instanceof LocalDate) {
            appendDate(text, (LocalDate) time);
        } else if (time instanceof LocalTime) {
            appendTime(text, (LocalTime) time);
        } else if (time instanceof LocalDateTime) {
            appendDate(text, ((LocalDateTime) time).toLocalDate());
            appendTime(text.append(' '), ((LocalDateTime) time).toLocalTime());
        } else {
            return appendInstant(text, time);
        }
        return true;
    }

    /**
     * Appends {@code repr(value)}.
     *
     * @return false, and nothing is appended, if it is no date or time
     */
    static boolean appendRepr(StringBuilder text, Object value) {
        Object time = modern(value);
        if (time instanceof LocalDate) {
            appendDateArguments(text.append("datetime.date("), (LocalDate) time);
        } else if (time instanceof LocalTime) {
            appendTimeArguments(text.append("datetime.time("), (LocalTime) time);
        } else if (time instanceof LocalDateTime) {
            appendDateArguments(
                    text.append("datetime.datetime("), ((LocalDateTime) time).toLocalDate());
            appendTimeArguments(text.append(", "), ((LocalDateTime) time).toLocalTime());
        } else {
            return appendInstant(text, time);
        }
        text.append(')');
        return true;
    }

    /** The value without java.sql, whose classes tell the same local fields. */
    private static Object modern(Object value) {
        try {
            if (value instanceof Date) {
                return ((Date) value).toLocalDate();
            }
            if (value instanceof Timestamp) {
                return ((Timestamp) value).toLocalDateTime();
            }
        } catch (DateTimeException e) {
            // 29 February 1500: java.sql has the Julian calendar's days, Python has not
            return value;
        }
        if (value instanceof Time) {
            long millis = Math.floorMod(((Time) value).getTime(), (long) MILLIS_PER_SECOND);
            return ((Time) value).toLocalTime().withNano((int) millis * NANOS_PER_MILLI);
        }
        return value;
    }

    private static void appendDate(StringBuilder text, LocalDate date) {
        appendPadded(text, date.getYear(), 4);
        appendPadded(text.append('-'), date.getMonthValue(), 2);
        appendPadded(text.append('-'), date.getDayOfMonth(), 2);
    }

    private static void appendTime(StringBuilder text, LocalTime time) {
        appendPadded(text, time.getHour(), 2);
        appendPadded(text.append(':'), time.getMinute(), 2);
        appendPadded(text.append(':'), time.getSecond(), 2);
        int micros = time.getNano() / NANOS_PER_MICRO;
        if (micros != 0) {
            appendPadded(text.append('.'), micros, 6);
        }
    }

    private static void appendPadded(StringBuilder text, int number, int width) {
        String digits = Integer.toString(number);
        text.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
    }

    private static void appendDateArguments(StringBuilder text, LocalDate date) {
        text.append(date.getYear()).append(", ").append(date.getMonthValue());
        text.append(", ").append(date.getDayOfMonth());
    }

    private static void appendTimeArguments(StringBuilder text, LocalTime time) {
        int micros = time.getNano() / NANOS_PER_MICRO;
        text.append(time.getHour()).append(", ").append(time.getMinute());
        if (time.getSecond() != 0 || micros != 0) {
            text.append(", ").append(time.getSecond());
        }
        if (micros != 0) {
            text.append(", ").append(micros);
        }
    }

    private static boolean appendInstant(StringBuilder text, Object value) {
        if (!(value instanceof Instant)) {
            return false;
        }
        Instant instant = (Instant) value;
        text.append("Instant<").append(instant.getEpochSecond());
        text.append(", ").append(instant.getNano()).append('>');
        return true;
    }
}
