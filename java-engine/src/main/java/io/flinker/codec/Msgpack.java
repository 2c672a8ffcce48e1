/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

/** The first bytes of msgpack's formats. */
final class Msgpack {

    static final int FIXMAP = 0x80;
    static final int FIXARRAY = 0x90;
    static final int FIXSTR = 0xa0;
    static final int NIL = 0xc0;
    static final int FALSE = 0xc2;
    static final int TRUE = 0xc3;
    static final int BIN8 = 0xc4;
    static final int BIN16 = 0xc5;
    static final int BIN32 = 0xc6;
    static final int EXT8 = 0xc7;
    static final int EXT16 = 0xc8;
    static final int EXT32 = 0xc9;
    static final int FLOAT32 = 0xca;
    static final int FLOAT64 = 0xcb;
    static final int UINT8 = 0xcc;
    static final int UINT16 = 0xcd;
    static final int UINT32 = 0xce;
    static final int UINT64 = 0xcf;
    static final int INT8 = 0xd0;
    static final int INT16 = 0xd1;
    static final int INT32 = 0xd2;
    static final int INT64 = 0xd3;
    static final int FIXEXT1 = 0xd4;
    static final int FIXEXT2 = 0xd5;
    static final int FIXEXT4 = 0xd6;
    static final int FIXEXT8 = 0xd7;
    static final int FIXEXT16 = 0xd8;
    static final int STR8 = 0xd9;
    static final int STR16 = 0xda;
    static final int STR32 = 0xdb;
    static final int ARRAY16 = 0xdc;
    static final int ARRAY32 = 0xdd;
    static final int MAP16 = 0xde;
    static final int MAP32 = 0xdf;

    private Msgpack() {}

    /** The kind of value that a first byte announces, for messages. */
    static String nameOf(int format) {
        if (format <= 0x7f || format >= 0xe0 || format >= UINT8 && format <= INT64) {
            return "an integer";
        }
        if (format <= 0x8f || format == MAP16 || format == MAP32) {
            return "a map";
        }
        if (format <= 0x9f || format == ARRAY16 || format == ARRAY32) {
            return "an array";
        }
        if (format <= 0xbf || format >= STR8 && format <= STR32) {
            return "a string";
        }
        return switch (format) {
            case NIL -> "nil";
            case FALSE, TRUE -> "a boolean";
            case BIN8, BIN16, BIN32 -> "binary data";
            case FLOAT32, FLOAT64 -> "a float";
            case 0xc1 -> "the byte c1, which msgpack never uses";
            default -> "an extension";
        };
    }
}
