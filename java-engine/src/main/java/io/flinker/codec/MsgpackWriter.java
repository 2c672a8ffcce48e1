/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import java.util.Arrays;

/**
 * Writes msgpack into a buffer that grows and can be used again.
 *
 * <p>Each value takes the shortest form there is. Not safe for use by several threads.
 */
final class MsgpackWriter {

    private static final int FIRST_CAPACITY = 1 << 10;

    private byte[] buffer = new byte[FIRST_CAPACITY];
    private int position;

    int position() {
        return position;
    }

    /** Takes back everything written after that position, or leaves the bytes up to it free. */
    void position(int newPosition) {
        if (newPosition > position) {
            reserve(newPosition - position);
        }
        position = newPosition;
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(buffer, from, to);
    }

    /**
     * Copies what is there after a position to a place in an array; returns where it ends there.
     */
    int copyTo(byte[] target, int start, int from) {
        System.arraycopy(buffer, from, target, start, position - from);
        return start + position - from;
    }

    /** Starts again; a buffer above that capacity is given back. */
    void reset(int keepCapacity) {
        position = 0;
        if (buffer.length > keepCapacity) {
            buffer = new byte[FIRST_CAPACITY];
        }
    }

    void writeNil() {
        put(Msgpack.NIL);
    }

    void writeBoolean(boolean value) {
        put(value ? Msgpack.TRUE : Msgpack.FALSE);
    }

    void writeLong(long value) {
        if (value >= -32 && value <= 127) {
            put((int) value);
        } else if (value >= 0) {
            if (value <= 0xff) {
                put(Msgpack.UINT8, value, 1);
            } else if (value <= 0xffff) {
                put(Msgpack.UINT16, value, 2);
            } else if (value <= 0xffffffffL) {
                put(Msgpack.UINT32, value, 4);
            } else {
                put(Msgpack.UINT64, value, 8);
            }
        } else if (value >= Byte.MIN_VALUE) {
            put(Msgpack.INT8, value, 1);
        } else if (value >= Short.MIN_VALUE) {
            put(Msgpack.INT16, value, 2);
        } else if (value >= Integer.MIN_VALUE) {
            put(Msgpack.INT32, value, 4);
        } else {
            put(Msgpack.INT64, value, 8);
        }
    }

    void writeFloat(float value) {
        put(Msgpack.FLOAT32, Float.floatToIntBits(value), 4);
    }

    void writeDouble(double value) {
        put(Msgpack.FLOAT64, Double.doubleToLongBits(value), 8);
    }

    void writeArrayHeader(int size) {
        if (size <= 15) {
            put(Msgpack.FIXARRAY | size);
        } else if (size <= 0xffff) {
            put(Msgpack.ARRAY16, size, 2);
        } else {
            put(Msgpack.ARRAY32, size, 4);
        }
    }

    void writeMapHeader(int size) {
        if (size <= 15) {
            put(Msgpack.FIXMAP | size);
        } else if (size <= 0xffff) {
            put(Msgpack.MAP16, size, 2);
        } else {
            put(Msgpack.MAP32, size, 4);
        }
    }

    void writeBinary(byte[] value) {
        int length = value.length;
        if (length <= 0xff) {
            put(Msgpack.BIN8, length, 1);
        } else if (length <= 0xffff) {
            put(Msgpack.BIN16, length, 2);
        } else {
            put(Msgpack.BIN32, length, 4);
        }
        putAll(value);
    }

    void writeExtension(int code, byte[] data) {
        int length = data.length;
        switch (length) {
            case 1 -> put(Msgpack.FIXEXT1);
            case 2 -> put(Msgpack.FIXEXT2);
            case 4 -> put(Msgpack.FIXEXT4);
            case 8 -> put(Msgpack.FIXEXT8);
            case 16 -> put(Msgpack.FIXEXT16);
            default -> {
                if (length <= 0xff) {
                    put(Msgpack.EXT8, length, 1);
                } else if (length <= 0xffff) {
                    put(Msgpack.EXT16, length, 2);
                } else {
                    put(Msgpack.EXT32, length, 4);
                }
            }
        }
        put(code);
        putAll(data);
    }

    void writeString(String value) {
        int length = value.length();
        int utf8Length = utf8Length(value);
        writeStringHeader(utf8Length);
        reserve(utf8Length);
        if (utf8Length == length) {
            for (int i = 0; i < length; i++) {
                buffer[position + i] = (byte) value.charAt(i);
            }
            position += length;
        } else {
            putUtf8(value);
        }
    }

    void writeStringHeader(int utf8Length) {
        if (utf8Length <= 31) {
            put(Msgpack.FIXSTR | utf8Length);
        } else if (utf8Length <= 0xff) {
            put(Msgpack.STR8, utf8Length, 1);
        } else if (utf8Length <= 0xffff) {
            put(Msgpack.STR16, utf8Length, 2);
        } else {
            put(Msgpack.STR32, utf8Length, 4);
        }
    }

    /** A number with leading zeros, as a part of a string whose header is written already. */
    void putDigits(int value, int count) {
        reserve(count);
        int rest = value;
        for (int i = count - 1; i >= 0; i--) {
            buffer[position + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        position += count;
    }

    void put(int oneByte) {
        reserve(1);
        buffer[position++] = (byte) oneByte;
    }

    private void put(int format, long bits, int bytes) {
        reserve(1 + bytes);
        buffer[position++] = (byte) format;
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            buffer[position++] = (byte) (bits >>> shift);
        }
    }

    private void putAll(byte[] bytes) {
        putAll(bytes, 0, bytes.length);
    }

    /** Values that are msgpack already. */
    void putAll(byte[] bytes, int offset, int length) {
        reserve(length);
        System.arraycopy(bytes, offset, buffer, position, length);
        position += length;
    }

    private static int utf8Length(String value) {
        int length = value.length();
        int bytes = length;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                continue;
            }
            if (c < 0x800) {
                bytes += 1;
            } else {
                bytes += 2;
                if (Character.isSurrogate(c)) {
                    boolean pair =
                            i + 1 < length && Character.isSurrogatePair(c, value.charAt(i + 1));
                    if (!pair) {
                        throw new CodecException(
                                "A string with half of a surrogate pair at index "
                                        + i
                                        + " is no Unicode text and has no form in Python");
                    }
                    // two chars become four bytes
                    i++;
                }
            }
            if (bytes < 0) {
                throw tooLarge();
            }
        }
        return bytes;
    }

    private void putUtf8(String value) {
        int length = value.length();
        int at = position;
        for (int i = 0; i < length; i++) {
            int c = value.charAt(i);
            if (c < 0x80) {
                buffer[at++] = (byte) c;
            } else if (c < 0x800) {
                buffer[at++] = (byte) (0xc0 | c >> 6);
                buffer[at++] = (byte) (0x80 | c & 0x3f);
            } else if (!Character.isSurrogate((char) c)) {
                buffer[at++] = (byte) (0xe0 | c >> 12);
                buffer[at++] = (byte) (0x80 | c >> 6 & 0x3f);
                buffer[at++] = (byte) (0x80 | c & 0x3f);
            } else {
                int point = Character.toCodePoint((char) c, value.charAt(++i));
                buffer[at++] = (byte) (0xf0 | point >> 18);
                buffer[at++] = (byte) (0x80 | point >> 12 & 0x3f);
                buffer[at++] = (byte) (0x80 | point >> 6 & 0x3f);
                buffer[at++] = (byte) (0x80 | point & 0x3f);
            }
        }
        position = at;
    }

    private void reserve(int count) {
        if (count > buffer.length - position) {
            long needed = (long) position + count;
            // what the largest array of any JVM can hold
            if (needed > Integer.MAX_VALUE - 8) {
                throw tooLarge();
            }
            long doubled = Math.min(2L * buffer.length, Integer.MAX_VALUE - 8);
            buffer = Arrays.copyOf(buffer, (int) Math.max(needed, doubled));
        }
    }

    private static CodecException tooLarge() {
        return new CodecException("A batch cannot be larger than 2 GB; send smaller values");
    }
}
