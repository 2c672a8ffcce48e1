/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

/** Codecs of strings and characters. */
final class TextCodecs {

    static final ValueCodec<String> STRING =
            new ValueCodec<>() {
                @Override
                void write(String value, MsgpackWriter out) {
                    out.writeString(value);
                }

                @Override
                String read(MsgpackReader in) {
                    return in.readString();
                }
            };

    static final ValueCodec<Character> CHAR =
            new ValueCodec<>() {
                @Override
                void write(Character value, MsgpackWriter out) {
                    out.writeString(value.toString());
                }

                @Override
                Character read(MsgpackReader in) {
                    String text = in.readString();
                    if (text.length() != 1) {
                        throw new CodecException("'" + text + "' is not one character of Java");
                    }
                    return text.charAt(0);
                }
            };

    private TextCodecs() {}
}
