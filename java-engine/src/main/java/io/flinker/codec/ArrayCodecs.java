/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import java.lang.reflect.Array;

/** Codecs of arrays. */
final class ArrayCodecs {

    static final ValueCodec<byte[]> BYTES =
            new ValueCodec<>() {
                @Override
                void write(byte[] value, MsgpackWriter out) {
                    out.writeBinary(value);
                }

                @Override
                byte[] read(MsgpackReader in) {
                    return in.readBinary();
                }
            };

    static final ValueCodec<boolean[]> BOOLEANS =
            new ValueCodec<>() {
                @Override
                void write(boolean[] value, MsgpackWriter out) {
                    out.writeArrayHeader(value.length);
                    for (boolean element : value) {
                        out.writeBoolean(element);
                    }
                }

                @Override
                boolean[] read(MsgpackReader in) {
                    boolean[] value = new boolean[in.readArrayHeader()];
                    for (int i = 0; i < value.length; i++) {
                        value[i] = in.readBoolean();
                    }
                    return value;
                }
            };

    static final ValueCodec<short[]> SHORTS =
            new ValueCodec<>() {
                @Override
                void write(short[] value, MsgpackWriter out) {
                    out.writeArrayHeader(value.length);
                    for (short element : value) {
                        out.writeLong(element);
                    }
                }

                @Override
                short[] read(MsgpackReader in) {
                    short[] value = new short[in.readArrayHeader()];
                    for (int i = 0; i < value.length; i++) {
                        value[i] = (short) in.readInt(Short.MIN_VALUE, Short.MAX_VALUE);
                    }
                    return value;
                }
            };

    static final ValueCodec<int[]> INTS =
            new ValueCodec<>() {
                @Override
                void write(int[] value, MsgpackWriter out) {
                    out.writeArrayHeader(value.length);
                    for (int element : value) {
                        out.writeLong(element);
                    }
                }

                @Override
                int[] read(MsgpackReader in) {
                    int[] value = new int[in.readArrayHeader()];
                    for (int i = 0; i < value.length; i++) {
                        value[i] = in.readInt(Integer.MIN_VALUE, Integer.MAX_VALUE);
                    }
                    return value;
                }
            };

    static final ValueCodec<long[]> LONGS =
            new ValueCodec<>() {
                @Override
                void write(long[] value, MsgpackWriter out) {
                    out.writeArrayHeader(value.length);
                    for (long element : value) {
                        out.writeLong(element);
                    }
                }

                @Override
                long[] read(MsgpackReader in) {
                    long[] value = new long[in.readArrayHeader()];
                    for (int i = 0; i < value.length; i++) {
                        value[i] = in.readLong();
                    }
                    return value;
                }
            };

    static final ValueCodec<float[]> FLOATS =
            new ValueCodec<>() {
                @Override
                void write(float[] value, MsgpackWriter out) {
                    out.writeArrayHeader(value.length);
                    for (float element : value) {
                        out.writeFloat(element);
                    }
                }

                @Override
                float[] read(MsgpackReader in) {
                    float[] value = new float[in.readArrayHeader()];
                    for (int i = 0; i < value.length; i++) {
                        value[i] = (float) in.readDouble();
                    }
                    return value;
                }
            };

    static final ValueCodec<double[]> DOUBLES =
            new ValueCodec<>() {
                @Override
                void write(double[] value, MsgpackWriter out) {
                    out.writeArrayHeader(value.length);
                    for (double element : value) {
                        out.writeDouble(element);
                    }
                }

                @Override
                double[] read(MsgpackReader in) {
                    double[] value = new double[in.readArrayHeader()];
                    for (int i = 0; i < value.length; i++) {
                        value[i] = in.readDouble();
                    }
                    return value;
                }
            };

    static final ValueCodec<char[]> CHARS =
            new ValueCodec<>() {
                @Override
                void write(char[] value, MsgpackWriter out) {
                    out.writeArrayHeader(value.length);
                    for (char element : value) {
                        TextCodecs.CHAR.write(element, out);
                    }
                }

                @Override
                char[] read(MsgpackReader in) {
                    char[] value = new char[in.readArrayHeader()];
                    for (int i = 0; i < value.length; i++) {
                        value[i] = TextCodecs.CHAR.read(in);
                    }
                    return value;
                }
            };

    private ArrayCodecs() {}

    /** Arrays of objects, any of which may be null. */
    static final class Objects<E> extends ValueCodec<E[]> {

        private final Class<E> elementClass;
        private final ValueCodec<E> element;

        Objects(Class<E> elementClass, ValueCodec<E> element) {
            this.elementClass = elementClass;
            this.element = element.nullable();
        }

        @Override
        void write(E[] value, MsgpackWriter out) {
            out.writeArrayHeader(value.length);
            for (E one : value) {
                element.write(one, out);
            }
        }

        @Override
        E[] read(MsgpackReader in) {
            int size = in.readArrayHeader();
            @SuppressWarnings("unchecked")
            E[] value = (E[]) Array.newInstance(elementClass, size);
            for (int i = 0; i < size; i++) {
                value[i] = element.read(in);
            }
            return value;
        }
    }
}
