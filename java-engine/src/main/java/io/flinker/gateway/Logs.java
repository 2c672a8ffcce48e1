/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Where the log goes.
 *
 * <p>Flink's: to a file in the work directory, from WARN on; with FLINKER_LOG_LEVEL set, to
 * standard error from that level on. What the engine itself has to tell, such as the address of a
 * dashboard that the program has asked for, always goes to standard error, as one plain line.
 */
final class Logs {

    private static final String FORMAT = "%1$tF %1$tT.%1$tL %4$-7s %3$s - %5$s%6$s%n";

    /** A field, as the logging library forgets loggers that nobody holds. */
    private static final Logger ENGINE = Logger.getLogger("io.flinker");

    /** What it says is Flink's, although its name is ours. */
    private static final Logger INHERITED =
            Logger.getLogger("io.flinker.embedded.ClosedRestEndpoint");

    private Logs() {}

    static void install(Path workDirectory) throws IOException {
        System.setProperty("java.util.logging.SimpleFormatter.format", FORMAT);
        LogManager.getLogManager().reset();
        String wanted = System.getenv("FLINKER_LOG_LEVEL");
        Level level = level(wanted);
        Handler handler =
                wanted == null
                        ? new FileHandler(workDirectory.resolve("flink.log").toString())
                        : new ErrorStreamHandler();
        handler.setFormatter(new SimpleFormatter());
        handler.setLevel(Level.ALL);
        Logger root = Logger.getLogger("");
        root.setLevel(level);
        root.addHandler(handler);
        if (wanted == null) {
            ENGINE.setLevel(Level.INFO);
            INHERITED.setLevel(Level.WARNING);
            ENGINE.addHandler(plain());
        }
    }

    private static Handler plain() {
        Handler handler = new ErrorStreamHandler();
        handler.setFormatter(
                new SimpleFormatter() {
                    @Override
                    public String format(LogRecord record) {
                        return "flinker: " + formatMessage(record) + System.lineSeparator();
                    }
                });
        return handler;
    }

    /** Accepts the names of Python, of SLF4J and of java.util.logging. */
    private static Level level(String name) {
        if (name == null) {
            return Level.WARNING;
        }
        return switch (name.trim().toUpperCase(Locale.ROOT)) {
            case "TRACE" -> Level.FINEST;
            case "DEBUG" -> Level.FINE;
            case "WARN", "WARNING" -> Level.WARNING;
            case "ERROR", "CRITICAL" -> Level.SEVERE;
            case "OFF" -> Level.OFF;
            default -> Level.INFO;
        };
    }

    /** The logging library's console handler keeps the stream it saw first; this asks each time. */
    private static final class ErrorStreamHandler extends Handler {
        @Override
        public void publish(LogRecord record) {
            if (isLoggable(record)) {
                System.err.print(getFormatter().format(record));
            }
        }

        @Override
        public void flush() {
            System.err.flush();
        }

        @Override
        public void close() {
            flush();
        }
    }
}
