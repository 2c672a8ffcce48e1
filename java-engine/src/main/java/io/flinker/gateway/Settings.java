/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import io.flinker.config.GivenObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.CheckpointConfig;

/**
 * Reads and writes Flink settings, many in one call.
 *
 * <p>They travel packed: each text is its length as a 32-bit number (-1 for none) and its UTF-8
 * bytes; a pair is a key and a value, one after the other.
 */
public final class Settings {

    private Settings() {}

    /** A configuration with these pairs in it. */
    public static Configuration of(byte[] pairs) throws IOException {
        Configuration configuration = new Configuration();
        put(configuration, pairs);
        return configuration;
    }

    /** Sets these pairs; a pair without a value removes the key. */
    public static void put(Configuration configuration, byte[] pairs) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(pairs));
        while (in.available() > 0) {
            String key = readText(in);
            String value = readText(in);
            if (value == null) {
                configuration.removeKey(key);
            } else {
                configuration.setString(key, value);
            }
        }
    }

    /** Sets these pairs in the environment that a part of it belongs to. */
    public static void put(ExecutionConfig config, byte[] pairs) throws Exception {
        put(behind(ExecutionConfig.class, config), pairs);
    }

    /** Sets these pairs in the environment that a part of it belongs to. */
    public static void put(CheckpointConfig config, byte[] pairs) throws Exception {
        put(behind(CheckpointConfig.class, config), pairs);
    }

    /** All pairs of a configuration, the values as Flink writes them. */
    public static byte[] pairs(Configuration configuration) throws IOException {
        return pairs(configuration.toMap());
    }

    /** All pairs of the environment that a part of it belongs to. */
    public static byte[] pairs(ExecutionConfig config) throws Exception {
        return pairs(behind(ExecutionConfig.class, config));
    }

    /** All pairs of the environment that a part of it belongs to. */
    public static byte[] pairs(CheckpointConfig config) throws Exception {
        return pairs(behind(CheckpointConfig.class, config));
    }

    /** All pairs of the parameters that a job hands to its functions. */
    public static byte[] pairs(ExecutionConfig.GlobalJobParameters parameters) throws IOException {
        return pairs(parameters.toMap());
    }

    static byte[] pairs(Map<String, String> map) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (Map.Entry<String, String> pair : map.entrySet()) {
            writeText(out, pair.getKey());
            writeText(out, pair.getValue());
        }
        return bytes.toByteArray();
    }

    /** Sets one value of any type that a configuration holds. */
    public static void set(Configuration configuration, String key, Object value) {
        if (value instanceof byte[]) {
            configuration.setBytes(key, (byte[]) value);
            return;
        }
        // the option's type matters to readers only
        @SuppressWarnings("unchecked")
        ConfigOption<Object> option =
                (ConfigOption<Object>)
                        (ConfigOption<?>) ConfigOptions.key(key).stringType().noDefaultValue();
        configuration.set(option, value);
    }

    /**
     * One value, or null if the key is not set.
     *
     * @param type "boolean", "integer", "float" or "bytes"
     */
    public static Object get(Configuration configuration, String key, String type) {
        switch (type) {
            case "boolean":
                return optional(configuration, ConfigOptions.key(key).booleanType());
            case "integer":
                return optional(configuration, ConfigOptions.key(key).longType());
            case "float":
                return optional(configuration, ConfigOptions.key(key).doubleType());
            case "bytes":
                return configuration.getBytes(key, null);
            default:
                throw new IllegalArgumentException(type);
        }
    }

    private static <T> T optional(
            Configuration configuration, ConfigOptions.TypedConfigOptionBuilder<T> option) {
        return configuration.getOptional(option.noDefaultValue()).orElse(null);
    }

    /**
     * The types of the values that are not text: the key, then "boolean", "integer", "float" or
     * "bytes". What is not listed is text.
     */
    @SuppressWarnings("unchecked")
    public static byte[] types(Configuration configuration) throws Exception {
        Field field = Configuration.class.getDeclaredField("confData");
        field.setAccessible(true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (Map.Entry<String, Object> pair :
                ((Map<String, Object>) field.get(configuration)).entrySet()) {
            String type = typeOf(pair.getValue());
            if (type != null) {
                writeText(out, pair.getKey());
                writeText(out, type);
            }
        }
        return bytes.toByteArray();
    }

    private static String typeOf(Object value) {
        if (value instanceof Boolean) {
            return "boolean";
        }
        if (value instanceof Integer || value instanceof Long) {
            return "integer";
        }
        if (value instanceof Double || value instanceof Float) {
            return "float";
        }
        return value instanceof byte[] ? "bytes" : null;
    }

    /** A Java object as the text of a setting. */
    public static String textOf(Serializable object) throws IOException {
        return GivenObject.write(object);
    }

    /** Flink hands out copies only; what is set on a copy would never reach the job. */
    private static <T> Configuration behind(Class<T> type, T part)
            throws ReflectiveOperationException {
        Field field = type.getDeclaredField("configuration");
        field.setAccessible(true);
        return (Configuration) field.get(part);
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
