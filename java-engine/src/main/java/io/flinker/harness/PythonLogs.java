/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import io.flinker.fn.v1.NurseryApi.LogRecord;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Python functions log, on its way to whoever shows it: the client that runs this JVM, or else
 * this JVM's own log, below the logger {@code python}.
 *
 * <p>Called on the nurseries' threads.
 */
public final class PythonLogs {

    private static final int DEBUG = 10;
    private static final int INFO = 20;
    private static final int WARNING = 30;
    private static final int ERROR = 40;

    private static volatile Consumer<byte[]> client;
    private static volatile Levels levels = new Levels(Map.of(), 0);

    private PythonLogs() {}

    /**
     * What workers log at all.
     *
     * @param loggers the levels of loggers, "root" for the outermost one
     * @param disabled records up to this level are not made
     */
    public record Levels(Map<String, Integer> loggers, int disabled) {}

    /** Hands records to a client, as JSON objects of their attributes. */
    public static void setClient(Consumer<byte[]> newClient) {
        client = newClient;
    }

    /** Takes over the client's levels, for workers that start from now on. */
    public static void setLevels(Levels newLevels) {
        levels = newLevels;
    }

    static Levels levels() {
        return levels;
    }

    static void accept(LogRecord record) {
        Consumer<byte[]> to = client;
        if (to != null) {
            to.accept(record.getAttributes().toByteArray());
            return;
        }
        Logger logger = LoggerFactory.getLogger("python." + record.getLogger());
        if (record.getLevel() >= ERROR) {
            logger.error(record.getText());
        } else if (record.getLevel() >= WARNING) {
            logger.warn(record.getText());
        } else if (record.getLevel() >= INFO) {
            logger.info(record.getText());
        } else if (record.getLevel() >= DEBUG) {
            logger.debug(record.getText());
        } else {
            logger.trace(record.getText());
        }
    }
}
