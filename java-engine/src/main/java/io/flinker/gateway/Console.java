/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Standard output and error, counted.
 *
 * <p>Python reads both from pipes and shows them to the user. When a job ends it asks how much has
 * been written and waits until it has shown as much, so that the output of a job never comes after
 * the output of the statement that follows it.
 */
public final class Console {

    private static final CountingStream OUT = new CountingStream(FileDescriptor.out);
    private static final CountingStream ERR = new CountingStream(FileDescriptor.err);

    private Console() {}

    static void install() {
        System.setOut(new PrintStream(OUT, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(ERR, true, StandardCharsets.UTF_8));
    }

    /** Tells Python the port. NUL bytes keep the line apart from whatever agents may print. */
    static void announce(int port) {
        System.out.print("\0flinker gateway " + port + "\0");
        System.out.flush();
        OUT.written.set(0);
    }

    /**
     * Tells Python of a log record, in its place among what is printed.
     *
     * @param attributes the record's, as a JSON object
     */
    static void log(byte[] attributes) {
        byte[] head =
                ("\0flinker log " + attributes.length + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(head, head.length + attributes.length);
        System.arraycopy(attributes, 0, all, head.length, attributes.length);
        // in one call, as others print, too
        System.out.write(all, 0, all.length);
        System.out.flush();
    }

    /** Bytes written since the announcement: standard output and standard error. */
    public static long[] written() {
        System.out.flush();
        System.err.flush();
        return new long[] {OUT.written.get(), ERR.written.get()};
    }

    private static final class CountingStream extends OutputStream {
        private final FileOutputStream target;
        private final AtomicLong written = new AtomicLong();

        CountingStream(FileDescriptor descriptor) {
            target = new FileOutputStream(descriptor);
        }

        @Override
        public void write(int b) throws IOException {
            target.write(b);
            written.incrementAndGet();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            target.write(bytes, offset, length);
            written.addAndGet(length);
        }
    }
}
