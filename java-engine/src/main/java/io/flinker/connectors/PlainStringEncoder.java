/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.connectors;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import org.apache.flink.api.common.serialization.Encoder;

/** Writes one record to a line, in the words of Flink 1.12: see {@link PlainText}. */
public final class PlainStringEncoder<T> implements Encoder<T> {

    private static final long serialVersionUID = 1L;

    private final String charsetName;
    private transient Charset charset;

    public PlainStringEncoder(String charsetName) {
        this.charsetName = charsetName;
    }

    @Override
    public void encode(T record, OutputStream out) throws IOException {
        if (charset == null) {
            charset = Charset.forName(charsetName);
        }
        StringBuilder line = new StringBuilder();
        PlainText.append(line, record);
        out.write(line.append('\n').toString().getBytes(charset));
    }
}
