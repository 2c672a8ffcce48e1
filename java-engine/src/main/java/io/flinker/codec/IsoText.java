/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * Dates and times as ISO 8601 text, {@code 2020-01-02T03:04:05.000006}.
 *
 * <p>The text has no fraction or one of six digits, because Python knows microseconds; what a value
 * has below them is cut off. Other lengths of the fraction, up to nanoseconds, can be read.
 */
final class IsoText {

    private static final int DATE_LENGTH = 10;
    private static final int TIME_LENGTH = 8;
    private static final int FRACTION_LENGTH = 7;

    private IsoText() {}

    static void writeDate(LocalDate value, MsgpackWriter out) {
        out.writeStringHeader(DATE_LENGTH);
        putDate(value, out);
    }

    static void writeTime(LocalTime value, MsgpackWriter out) {
        out.writeStringHeader(timeLength(value));
        putTime(value, out);
    }

    static void writeDateTime(LocalDateTime value, MsgpackWriter out) {
        LocalTime time = value.toLocalTime();
        out.writeStringHeader(DATE_LENGTH + 1 + timeLength(time));
        putDate(value.toLocalDate(), out);
        out.put('T');
        putTime(time, out);
    }

    static LocalDate readDate(MsgpackReader in) {
        int length = in.readStringHeader();
        check(length == DATE_LENGTH, "date");
        return date(in);
    }

    static LocalTime readTime(MsgpackReader in) {
        return time(in, in.readStringHeader());
    }

    static LocalDateTime readDateTime(MsgpackReader in) {
        int length = in.readStringHeader();
        check(length > DATE_LENGTH, "date and time");
        LocalDate date = date(in);
        check(in.readTextByte() == 'T', "date and time");
        return LocalDateTime.of(date, time(in, length - DATE_LENGTH - 1));
    }

    private static void putDate(LocalDate value, MsgpackWriter out) {
        int year = value.getYear();
        if (year < 1 || year > 9999) {
            throw new CodecException(
                    "The date " + value + " has no form in Python, whose years are 1 to 9999");
        }
        out.putDigits(year, 4);
        out.put('-');
        out.putDigits(value.getMonthValue(), 2);
        out.put('-');
        out.putDigits(value.getDayOfMonth(), 2);
    }

    private static int timeLength(LocalTime value) {
        return value.getNano() < 1000 ? TIME_LENGTH : TIME_LENGTH + FRACTION_LENGTH;
    }

    private static void putTime(LocalTime value, MsgpackWriter out) {
        out.putDigits(value.getHour(), 2);
        out.put(':');
        out.putDigits(value.getMinute(), 2);
        out.put(':');
        out.putDigits(value.getSecond(), 2);
        if (value.getNano() >= 1000) {
            out.put('.');
            out.putDigits(value.getNano() / 1000, 6);
        }
    }

    private static LocalDate date(MsgpackReader in) {
        int year = digits(in, 4);
        check(in.readTextByte() == '-', "date");
        int month = digits(in, 2);
        check(in.readTextByte() == '-', "date");
        try {
            return LocalDate.of(year, month, digits(in, 2));
        } catch (DateTimeException e) {
            throw new CodecException("Not a date: " + e.getMessage(), e);
        }
    }

    private static LocalTime time(MsgpackReader in, int length) {
        check(length == TIME_LENGTH || length > TIME_LENGTH + 1 && length <= 18, "time");
        int hour = digits(in, 2);
        check(in.readTextByte() == ':', "time");
        int minute = digits(in, 2);
        check(in.readTextByte() == ':', "time");
        int second = digits(in, 2);
        int nanos = 0;
        if (length > TIME_LENGTH) {
            check(in.readTextByte() == '.', "time");
            int count = length - TIME_LENGTH - 1;
            nanos = digits(in, count);
            for (int i = count; i < 9; i++) {
                nanos *= 10;
            }
        }
        try {
            return LocalTime.of(hour, minute, second, nanos);
        } catch (DateTimeException e) {
            throw new CodecException("Not a time: " + e.getMessage(), e);
        }
    }

    private static int digits(MsgpackReader in, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            int digit = in.readTextByte() - '0';
            check(digit >= 0 && digit <= 9, "number");
            value = 10 * value + digit;
        }
        return value;
    }

    private static void check(boolean good, String what) {
        if (!good) {
            throw new CodecException("A string that is not the ISO 8601 form of a " + what);
        }
    }
}
