/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.config;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.runtime.state.CheckpointStorage;
import org.apache.flink.runtime.state.CheckpointStorageFactory;
import org.apache.flink.runtime.state.ConfigurableCheckpointStorage;

/** Takes the checkpoint storage that a program has handed over as an object, as Flink 1 did. */
public final class GivenCheckpointStorageFactory
        implements CheckpointStorageFactory<CheckpointStorage> {

    /** The object, as {@link GivenObject#write} writes it. */
    public static final ConfigOption<String> OBJECT =
            GivenObject.option("execution.checkpointing.storage.given-object");

    @Override
    public CheckpointStorage createFromConfig(ReadableConfig config, ClassLoader loader) {
        CheckpointStorage storage =
                GivenObject.read(CheckpointStorage.class, config, OBJECT, loader);
        return storage instanceof ConfigurableCheckpointStorage
                ? ((ConfigurableCheckpointStorage) storage).configure(config, loader)
                : storage;
    }
}
