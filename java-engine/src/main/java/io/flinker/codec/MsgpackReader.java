/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads msgpack from a part of an array.
 *
 * <p>Every length is checked against the bytes that are there before anything is made of it, so
 * that no input, however wrong, makes more than a {@link CodecException}. Not safe for use by
 * several threads.
 */
final class MsgpackReader {

    private byte[] buffer = new byte[0];
    private int position;
    private int limit;

    MsgpackReader open(byte[] bytes, int offset, int length) {
        buffer = bytes;
        position = offset;
        limit = offset + length;
        return this;
    }

    int remaining() {
        return limit - position;
    }

    /** Whether the next value is nil, which is then read. */
    boolean tryNil() {
        if (position < limit && buffer[position] == (byte) Msgpack.NIL) {
            position++;
            return true;
        }
        return false;
    }

    boolean readBoolean() {
        int format = next();
        if (format == Msgpack.TRUE) {
            return true;
        }
        if (format == Msgpack.FALSE) {
            return false;
        }
        throw unexpected("a boolean", format);
    }

    /** The format of the next value, which is not read yet. */
    int peek() {
        need(1);
        return buffer[position] & 0xff;
    }

    long readLong() {
        int format = next();
        if (format <= 0x7f) {
            return format;
        }
        if (format >= 0xe0) {
            return (byte) format;
        }
        switch (format) {
            case Msgpack.UINT8:
                return unsigned(1);
            case Msgpack.UINT16:
                return unsigned(2);
            case Msgpack.UINT32:
                return unsigned(4);
            case Msgpack.UINT64:
                long bits = bits(8);
                if (bits < 0) {
                    throw new CodecException(
                            "The integer "
                                    + Long.toUnsignedString(bits)
                                    + " is beyond 64 bits with a sign");
                }
                return bits;
            case Msgpack.INT8:
                return (byte) bits(1);
            case Msgpack.INT16:
                return (short) bits(2);
            case Msgpack.INT32:
                return (int) bits(4);
            case Msgpack.INT64:
                return bits(8);
            default:
                throw unexpected("an integer", format);
        }
    }

    int readInt(int least, int greatest) {
        long value = readLong();
        if (value < least || value > greatest) {
            throw new CodecException(
                    "The integer " + value + " is not within " + least + ".." + greatest);
        }
        return (int) value;
    }

    double readDouble() {
        int format = next();
        if (format == Msgpack.FLOAT64) {
            return Double.longBitsToDouble(bits(8));
        }
        if (format == Msgpack.FLOAT32) {
            return Float.intBitsToFloat((int) bits(4));
        }
        throw unexpected("a float", format);
    }

    /** The number of elements that follow; there are at least as many bytes. */
    int readArrayHeader() {
        int format = next();
        if ((format & 0xf0) == Msgpack.FIXARRAY) {
            return count(format & 0x0f, 1);
        }
        if (format == Msgpack.ARRAY16) {
            return count(unsigned(2), 1);
        }
        if (format == Msgpack.ARRAY32) {
            return count(unsigned(4), 1);
        }
        throw unexpected("an array", format);
    }

    void readArrayHeader(int expected) {
        int size = readArrayHeader();
        if (size != expected) {
            throw new CodecException(
                    "An array of " + size + " elements where " + expected + " belong");
        }
    }

    /** The number of pairs that follow; there are at least twice as many bytes. */
    int readMapHeader() {
        int format = next();
        if ((format & 0xf0) == Msgpack.FIXMAP) {
            return count(format & 0x0f, 2);
        }
        if (format == Msgpack.MAP16) {
            return count(unsigned(2), 2);
        }
        if (format == Msgpack.MAP32) {
            return count(unsigned(4), 2);
        }
        throw unexpected("a map", format);
    }

    String readString() {
        int length = readStringHeader();
        String value = new String(buffer, position, length, StandardCharsets.UTF_8);
        // stands for what cannot be decoded, and for itself
        if (value.indexOf('\ufffd') >= 0) {
            checkUtf8(length);
        }
        position += length;
        return value;
    }

    /** The number of bytes of the text that follows, all of which are there. */
    int readStringHeader() {
        int format = next();
        if ((format & 0xe0) == Msgpack.FIXSTR) {
            return count(format & 0x1f, 1);
        }
        return switch (format) {
            case Msgpack.STR8 -> count(unsigned(1), 1);
            case Msgpack.STR16 -> count(unsigned(2), 1);
            case Msgpack.STR32 -> count(unsigned(4), 1);
            default -> throw unexpected("a string", format);
        };
    }

    /** One byte of the text whose header is read already. */
    int readTextByte() {
        return next();
    }

    byte[] readBinary() {
        int format = next();
        int length =
                switch (format) {
                    case Msgpack.BIN8 -> count(unsigned(1), 1);
                    case Msgpack.BIN16 -> count(unsigned(2), 1);
                    case Msgpack.BIN32 -> count(unsigned(4), 1);
                    default -> throw unexpected("binary data", format);
                };
        return bytes(length);
    }

    byte[] readExtension(int code) {
        int format = next();
        long length =
                switch (format) {
                    case Msgpack.FIXEXT1 -> 1;
                    case Msgpack.FIXEXT2 -> 2;
                    case Msgpack.FIXEXT4 -> 4;
                    case Msgpack.FIXEXT8 -> 8;
                    case Msgpack.FIXEXT16 -> 16;
                    case Msgpack.EXT8 -> unsigned(1);
                    case Msgpack.EXT16 -> unsigned(2);
                    case Msgpack.EXT32 -> unsigned(4);
                    default -> throw unexpected("an extension", format);
                };
        int found = (byte) next();
        if (found != code) {
            throw new CodecException(
                    "An extension of code " + found + " where " + code + " belongs");
        }
        return bytes(count(length, 1));
    }

    /** Passes over a value, whatever it is; returns where it began. */
    int skip() {
        int start = position;
        // of arrays and maps, the elements are yet to come
        for (long left = 1; left > 0; left--) {
            left += skipOne();
        }
        return start;
    }

    /** The bytes from a position up to here, with room for one before them. */
    byte[] copyFrom(int start) {
        byte[] copy = new byte[1 + position - start];
        System.arraycopy(buffer, start, copy, 1, position - start);
        return copy;
    }

    /** Passes over a value but for its elements; returns how many of these follow. */
    private long skipOne() {
        int format = next();
        if (format <= 0x7f || format >= 0xe0) {
            return 0;
        }
        if ((format & 0xf0) == Msgpack.FIXARRAY) {
            return count(format & 0x0f, 1);
        }
        if ((format & 0xf0) == Msgpack.FIXMAP) {
            return 2L * count(format & 0x0f, 2);
        }
        if ((format & 0xe0) == Msgpack.FIXSTR) {
            position += count(format & 0x1f, 1);
            return 0;
        }
        switch (format) {
            case Msgpack.ARRAY16:
                return count(unsigned(2), 1);
            case Msgpack.ARRAY32:
                return count(unsigned(4), 1);
            case Msgpack.MAP16:
                return 2L * count(unsigned(2), 2);
            case Msgpack.MAP32:
                return 2L * count(unsigned(4), 2);
            default:
                // the length comes first, and moves the position itself
                int length = count(lengthOf(format), 1);
                position += length;
                return 0;
        }
    }

    /** How many bytes a value of a format without elements has from here on. */
    private long lengthOf(int format) {
        return switch (format) {
            case Msgpack.NIL, Msgpack.TRUE, Msgpack.FALSE -> 0;
            case Msgpack.UINT8, Msgpack.INT8 -> 1;
            case Msgpack.UINT16, Msgpack.INT16, Msgpack.FIXEXT1 -> 2;
            case Msgpack.FIXEXT2 -> 3;
            case Msgpack.UINT32, Msgpack.INT32, Msgpack.FLOAT32 -> 4;
            case Msgpack.FIXEXT4 -> 5;
            case Msgpack.UINT64, Msgpack.INT64, Msgpack.FLOAT64 -> 8;
            case Msgpack.FIXEXT8 -> 9;
            case Msgpack.FIXEXT16 -> 17;
            case Msgpack.STR8, Msgpack.BIN8 -> unsigned(1);
            case Msgpack.STR16, Msgpack.BIN16 -> unsigned(2);
            case Msgpack.STR32, Msgpack.BIN32 -> unsigned(4);
            case Msgpack.EXT8 -> 1 + unsigned(1);
            case Msgpack.EXT16 -> 1 + unsigned(2);
            case Msgpack.EXT32 -> 1 + unsigned(4);
            default -> throw unexpected("a value", format);
        };
    }

    private byte[] bytes(int length) {
        byte[] value = new byte[length];
        System.arraycopy(buffer, position, value, 0, length);
        position += length;
        return value;
    }

    private void checkUtf8(int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, position, length));
        } catch (CharacterCodingException e) {
            throw new CodecException("A string that is not UTF-8", e);
        }
    }

    private int next() {
        need(1);
        return buffer[position++] & 0xff;
    }

    private long unsigned(int bytes) {
        return bits(bytes);
    }

    private long bits(int bytes) {
        need(bytes);
        long bits = 0;
        for (int i = 0; i < bytes; i++) {
            bits = bits << 8 | buffer[position++] & 0xff;
        }
        return bits;
    }

    private int count(long count, int bytesEach) {
        if (count > (limit - position) / bytesEach) {
            throw new CodecException(
                    "The bytes end too early: "
                            + count
                            + " elements announced, "
                            + (limit - position)
                            + " bytes left");
        }
        return (int) count;
    }

    private void need(int bytes) {
        if (bytes > limit - position) {
            throw new CodecException("The bytes end too early, in the middle of a value");
        }
    }

    private static CodecException unexpected(String expected, int format) {
        return new CodecException(Msgpack.nameOf(format) + " where " + expected + " belongs");
    }
}
