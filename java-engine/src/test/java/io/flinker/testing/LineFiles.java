/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;

/** A bulk format: one record to a line, and a last line that says that the file is whole. */
public class LineFiles<T> implements BulkWriter.Factory<T> {

    private static final long serialVersionUID = 1L;

    @Override
    public BulkWriter<T> create(FSDataOutputStream out) {
        return new BulkWriter<>() {
            @Override
            public void addElement(T record) throws IOException {
                out.write((record + "\n").getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }

            @Override
            public void finish() throws IOException {
                out.write("whole\n".getBytes(StandardCharsets.UTF_8));
                flush();
            }
        };
    }
}
