/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.config;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.runtime.state.ConfigurableStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.StateBackendFactory;

/** Takes the state backend that a program has handed over as an object, as Flink 1 did. */
public final class GivenStateBackendFactory implements StateBackendFactory<StateBackend> {

    /** The object, as {@link GivenObject#write} writes it. */
    public static final ConfigOption<String> OBJECT =
            GivenObject.option("state.backend.given-object");

    @Override
    public StateBackend createFromConfig(ReadableConfig config, ClassLoader loader) {
        StateBackend backend = GivenObject.read(StateBackend.class, config, OBJECT, loader);
        return backend instanceof ConfigurableStateBackend
                ? ((ConfigurableStateBackend) backend).configure(config, loader)
                : backend;
    }
}
