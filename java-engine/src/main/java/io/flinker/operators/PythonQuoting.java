/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

/** Strings and bytes as Python's {@code repr} writes them. */
final class PythonQuoting {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private PythonQuoting() {}

    static void appendString(StringBuilder text, String value) {
        char quote = quote(value.indexOf('\'') >= 0, value.indexOf('"') >= 0);
        text.append(quote);
        for (int i = 0; i < value.length(); ) {
            int c = value.codePointAt(i);
            i += Character.charCount(c);
            if (isPrintable(c) && c != quote && c != '\\') {
                text.appendCodePoint(c);
            } else {
                appendEscaped(text, c);
            }
        }
        text.append(quote);
    }

    static void appendBytes(StringBuilder text, byte[] value) {
        boolean single = false;
        boolean doubled = false;
        for (byte b : value) {
            single |= b == '\'';
            doubled |= b == '"';
        }
        char quote = quote(single, doubled);
        text.append('b').append(quote);
        for (byte b : value) {
            if (b >= ' ' && b < 0x7f && b != quote && b != '\\') {
                text.append((char) b);
            } else {
                appendEscaped(text, b & 0xff);
            }
        }
        text.append(quote);
    }

    /** Single quotes, unless that means to escape and double ones don't. */
    private static char quote(boolean holdsSingle, boolean holdsDouble) {
        return holdsSingle && !holdsDouble ? '"' : '\'';
    }

    private static void appendEscaped(StringBuilder text, int c) {
        text.append('\\');
        switch (c) {
            case '\n' -> text.append('n');
            case '\r' -> text.append('r');
            case '\t' -> text.append('t');
            case '\\', '\'', '"' -> text.append((char) c);
            default -> {
                int digits = c > 0xffff ? 8 : c > 0xff ? 4 : 2;
                text.append(digits == 8 ? 'U' : digits == 4 ? 'u' : 'x');
                for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
                    text.append(HEX[(c >> shift) & 0xf]);
                }
            }
        }
    }

    private static boolean isPrintable(int c) {
        if (c < 0x7f) {
            return c >= ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
