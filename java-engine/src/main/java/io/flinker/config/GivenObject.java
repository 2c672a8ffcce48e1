/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.config;

import java.io.IOException;
import java.io.Serializable;
import java.util.Base64;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.util.InstantiationUtil;

/** A Java object as the value of a setting. */
public final class GivenObject {

    private GivenObject() {}

    /** The text that {@link #read} makes the object of again. */
    public static String write(Serializable object) throws IOException {
        return Base64.getEncoder().encodeToString(InstantiationUtil.serializeObject(object));
    }

    static ConfigOption<String> option(String key) {
        return ConfigOptions.key(key).stringType().noDefaultValue();
    }

    static <T> T read(
            Class<T> type, ReadableConfig config, ConfigOption<String> option, ClassLoader loader) {
        String text =
                config.getOptional(option)
                        .orElseThrow(
                                () ->
                                        new IllegalConfigurationException(
                                                "The setting '" + option.key() + "' is missing"));
        try {
            Object object =
                    InstantiationUtil.deserializeObject(Base64.getDecoder().decode(text), loader);
            return type.cast(object);
        } catch (IOException
                | ClassNotFoundException
                | ClassCastException
                | IllegalArgumentException e) {
            throw new IllegalConfigurationException(
                    "The setting '" + option.key() + "' holds no " + type.getSimpleName(), e);
        }
    }
}
