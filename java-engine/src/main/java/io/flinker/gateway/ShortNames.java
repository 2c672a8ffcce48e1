/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import java.util.List;
import py4j.JVMView;

/** The Flink classes that programs name without their package, as in {@code jvm.Types}. */
public final class ShortNames {

    private static final List<String> CLASSES =
            List.of(
                    "org.apache.flink.api.common.typeinfo.TypeInformation",
                    "org.apache.flink.api.common.typeinfo.Types",
                    "org.apache.flink.configuration.Configuration",
                    "org.apache.flink.streaming.api.environment.StreamExecutionEnvironment");

    private ShortNames() {}

    /** The full names of the classes. */
    public static List<String> all() {
        return CLASSES;
    }

    static void addTo(JVMView view) {
        CLASSES.forEach(view::addSingleImport);
    }
}
