/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.state.CheckpointStorageLoader;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.junit.jupiter.api.Test;

/** Objects as settings, taken the way that Flink takes them. */
class GivenObjectTest {

    private final ClassLoader loader = getClass().getClassLoader();
    private final Configuration settings = new Configuration();

    private void useStateBackend(Serializable backend) throws Exception {
        settings.set(StateBackendOptions.STATE_BACKEND, GivenStateBackendFactory.class.getName());
        settings.set(GivenStateBackendFactory.OBJECT, GivenObject.write(backend));
    }

    @Test
    void aStateBackendKeepsWhatItSaysAndTakesTheRestFromTheCluster() throws Exception {
        EmbeddedRocksDBStateBackend given = new EmbeddedRocksDBStateBackend(true);
        given.setNumberOfTransferThreads(7);
        useStateBackend(given);
        settings.set(RocksDBOptions.CHECKPOINT_TRANSFER_THREAD_NUM, 3);
        settings.set(RocksDBOptions.LOCAL_DIRECTORIES, "/tmp/cluster");

        EmbeddedRocksDBStateBackend loaded =
                (EmbeddedRocksDBStateBackend)
                        StateBackendLoader.loadStateBackendFromConfig(settings, loader, null);

        assertTrue(loaded.isIncrementalCheckpointsEnabled());
        assertEquals(7, loaded.getNumberOfTransferThreads());
        assertEquals("/tmp/cluster", loaded.getDbStoragePaths()[0]);
    }

    @Test
    void aCheckpointStorageKeepsWhatNoSettingCanSay() throws Exception {
        settings.set(
                CheckpointingOptions.CHECKPOINT_STORAGE,
                GivenCheckpointStorageFactory.class.getName());
        settings.set(
                GivenCheckpointStorageFactory.OBJECT,
                GivenObject.write(new JobManagerCheckpointStorage(100)));

        JobManagerCheckpointStorage loaded =
                (JobManagerCheckpointStorage)
                        CheckpointStorageLoader.load(
                                null,
                                StateBackendLoader.loadStateBackendFromConfig(
                                        new Configuration(), loader, null),
                                settings,
                                new Configuration(),
                                loader,
                                null);

        assertEquals(100, loaded.getMaxStateSize());
    }

    @Test
    void anObjectOfAnotherTypeIsRefused() throws Exception {
        useStateBackend("a text");
        IllegalConfigurationException refusal =
                assertThrows(
                        IllegalConfigurationException.class,
                        () -> new GivenStateBackendFactory().createFromConfig(settings, loader));
        assertTrue(refusal.getMessage().contains("state.backend.given-object"));
    }

    @Test
    void whatCannotBeReadIsRefused() {
        settings.set(GivenStateBackendFactory.OBJECT, "?");
        assertThrows(
                IllegalConfigurationException.class,
                () -> new GivenStateBackendFactory().createFromConfig(settings, loader));
        settings.removeConfig(GivenStateBackendFactory.OBJECT);
        assertThrows(
                IllegalConfigurationException.class,
                () -> new GivenStateBackendFactory().createFromConfig(settings, loader));
    }
}
