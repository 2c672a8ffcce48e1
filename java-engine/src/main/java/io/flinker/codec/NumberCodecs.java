/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Codecs of numbers and booleans. */
final class NumberCodecs {

    /** The code of a msgpack extension: an integer beyond 64 bits, two's complement, big-endian. */
    static final int BIG_INT_CODE = 2;

    static final ValueCodec<Boolean> BOOLEAN =
            new ValueCodec<>() {
                @Override
                void write(Boolean value, MsgpackWriter out) {
                    out.writeBoolean(value);
                }

                @Override
                Boolean read(MsgpackReader in) {
                    return in.readBoolean();
                }
            };

    static final ValueCodec<Byte> BYTE =
            new ValueCodec<>() {
                @Override
                void write(Byte value, MsgpackWriter out) {
                    out.writeLong(value);
                }

                @Override
                Byte read(MsgpackReader in) {
                    return (byte) in.readInt(Byte.MIN_VALUE, Byte.MAX_VALUE);
                }
            };

    static final ValueCodec<Short> SHORT =
            new ValueCodec<>() {
                @Override
                void write(Short value, MsgpackWriter out) {
                    out.writeLong(value);
                }

                @Override
                Short read(MsgpackReader in) {
                    return (short) in.readInt(Short.MIN_VALUE, Short.MAX_VALUE);
                }
            };

    static final ValueCodec<Integer> INT =
            new ValueCodec<>() {
                @Override
                void write(Integer value, MsgpackWriter out) {
                    out.writeLong(value);
                }

                @Override
                Integer read(MsgpackReader in) {
                    return in.readInt(Integer.MIN_VALUE, Integer.MAX_VALUE);
                }
            };

    static final ValueCodec<Long> LONG =
            new ValueCodec<>() {
                @Override
                void write(Long value, MsgpackWriter out) {
                    out.writeLong(value);
                }

                @Override
                Long read(MsgpackReader in) {
                    return in.readLong();
                }
            };

    static final ValueCodec<Float> FLOAT =
            new ValueCodec<>() {
                @Override
                void write(Float value, MsgpackWriter out) {
                    out.writeFloat(value);
                }

                @Override
                Float read(MsgpackReader in) {
                    return (float) in.readDouble();
                }
            };

    static final ValueCodec<Double> DOUBLE =
            new ValueCodec<>() {
                @Override
                void write(Double value, MsgpackWriter out) {
                    out.writeDouble(value);
                }

                @Override
                Double read(MsgpackReader in) {
                    return in.readDouble();
                }
            };

    static final ValueCodec<BigInteger> BIG_INT =
            new ValueCodec<>() {
                @Override
                void write(BigInteger value, MsgpackWriter out) {
                    if (value.bitLength() < Long.SIZE) {
                        out.writeLong(value.longValue());
                    } else {
                        out.writeExtension(BIG_INT_CODE, value.toByteArray());
                    }
                }

                @Override
                BigInteger read(MsgpackReader in) {
                    if (!isExtension(in.peek())) {
                        return BigInteger.valueOf(in.readLong());
                    }
                    byte[] bytes = in.readExtension(BIG_INT_CODE);
                    if (bytes.length == 0) {
                        throw new CodecException("An integer of no bytes");
                    }
                    return new BigInteger(bytes);
                }
            };

    static final ValueCodec<BigDecimal> BIG_DEC =
            new ValueCodec<>() {
                @Override
                void write(BigDecimal value, MsgpackWriter out) {
                    // not toPlainString: 1E+1000000000 has a billion zeros
                    out.writeString(value.toString());
                }

                @Override
                BigDecimal read(MsgpackReader in) {
                    String text = in.readString();
                    try {
                        return new BigDecimal(text);
                    } catch (NumberFormatException e) {
                        throw new CodecException("'" + text + "' is not a decimal number", e);
                    }
                }
            };

    private NumberCodecs() {}

    private static boolean isExtension(int format) {
        return format >= Msgpack.EXT8 && format <= Msgpack.EXT32
                || format >= Msgpack.FIXEXT1 && format <= Msgpack.FIXEXT16;
    }
}
