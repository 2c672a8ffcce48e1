/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/**
 * Which settings belong to the cluster rather than to a job, and the embedded cluster's defaults.
 */
final class ClusterOptions {

    /** Settings that a running cluster cannot take over: a change of one of them restarts it. */
    private static final List<String> PREFIXES =
            List.of(
                    "akka.",
                    "blob.",
                    "classloader.",
                    "cluster.",
                    "env.",
                    "fs.",
                    "heartbeat.",
                    "high-availability",
                    "historyserver.",
                    "io.tmp.dirs",
                    "jobmanager.",
                    "jobstore.",
                    "metrics.",
                    "pekko.",
                    "plugin.",
                    "process.",
                    "resourcemanager.",
                    "rest.",
                    "s3.",
                    "security.",
                    "slot.",
                    "slotmanager.",
                    "taskmanager.",
                    "web.");

    private static final List<ConfigOption<String>> LOOPBACK =
            List.of(
                    JobManagerOptions.ADDRESS,
                    JobManagerOptions.BIND_HOST,
                    RestOptions.ADDRESS,
                    RestOptions.BIND_ADDRESS,
                    TaskManagerOptions.HOST,
                    TaskManagerOptions.BIND_HOST);

    /** More slots than cores let small jobs run side by side without another task manager. */
    private static final int MIN_SLOTS_PER_TASK_MANAGER = 4;

    /**
     * What Flink's own local cluster has for all of its slots.
     *
     * <p>It is a limit: nothing of it is taken before a state backend or a sort needs it.
     */
    private static final int MANAGED_MEBIBYTES_PER_SLOT = 128;

    /**
     * RocksDB's cache has 64 parts. From some million keys on the index of a file is larger than
     * one, unless it is in pieces, and then it is read from the file anew for every key.
     *
     * <p>{@code RocksDBOptions.USE_PARTITIONED_INDEX_FILTERS}, which is in a jar of its own.
     */
    private static final String PARTITIONED_INDEXES =
            "state.backend.rocksdb.memory.partitioned-index-filters";

    private ClusterOptions() {}

    /** The part of a program's configuration that the cluster itself reads. */
    static Configuration select(Configuration configuration) {
        Configuration selected = new Configuration();
        for (Map.Entry<String, String> entry : configuration.toMap().entrySet()) {
            if (PREFIXES.stream().anyMatch(entry.getKey()::startsWith)) {
                selected.setString(entry.getKey(), entry.getValue());
            }
        }
        return selected;
    }

    /** Adds what the embedded cluster needs where the program says nothing. */
    static Configuration withDefaults(Configuration selected, Path workDirectory) {
        Configuration config = new Configuration(selected);
        // Loopback only: an embedded cluster is nobody else's business.
        for (ConfigOption<String> host : LOOPBACK) {
            setIfAbsent(config, host.key(), "localhost");
        }
        setIfAbsent(
                config, RestOptions.BIND_PORT.key(), config.getString(RestOptions.PORT.key(), "0"));
        // The dashboard shows; jobs are submitted by this process alone.
        setIfAbsent(config, WebOptions.SUBMIT_ENABLE.key(), "false");
        // Flink waits for more requirements of a job before it gives out slots, in case that is
        // expensive; here it would be half of what a small job takes.
        setIfAbsent(config, ResourceManagerOptions.REQUIREMENTS_CHECK_DELAY.key(), "0 ms");
        // There are none to be had within one process, and it takes a while to find that out.
        setIfAbsent(config, SecurityOptions.DELEGATION_TOKENS_ENABLED.key(), "false");
        setIfAbsent(config, CoreOptions.TMP_DIRS.key(), workDirectory.toString());
        setIfAbsent(
                config,
                TaskManagerOptions.NUM_TASK_SLOTS.key(),
                Integer.toString(
                        Math.max(
                                MIN_SLOTS_PER_TASK_MANAGER,
                                Runtime.getRuntime().availableProcessors())));
        if (!config.contains(TaskManagerOptions.NETWORK_MEMORY_MAX)
                && !config.contains(TaskManagerOptions.NETWORK_MEMORY_MIN)) {
            MemorySize memory = networkMemory(config.get(TaskManagerOptions.NUM_TASK_SLOTS));
            config.set(TaskManagerOptions.NETWORK_MEMORY_MIN, memory);
            config.set(TaskManagerOptions.NETWORK_MEMORY_MAX, memory);
        }
        if (!config.contains(TaskManagerOptions.MANAGED_MEMORY_SIZE)) {
            int slots = config.get(TaskManagerOptions.NUM_TASK_SLOTS);
            config.set(
                    TaskManagerOptions.MANAGED_MEMORY_SIZE,
                    MemorySize.ofMebiBytes((long) MANAGED_MEBIBYTES_PER_SLOT * slots));
        }
        setIfAbsent(config, PARTITIONED_INDEXES, "true");
        return config;
    }

    /**
     * Half of what Flink's own local cluster has is plenty for a few slots. All of it is written to
     * when the cluster starts, so it costs time as well.
     */
    private static MemorySize networkMemory(int slots) {
        return MemorySize.ofMebiBytes(Math.max(32, Math.min(64, 8 * slots)));
    }

    /** Whether the program has named a port for the REST server and the dashboard. */
    static boolean wantsRest(Configuration selected) {
        return selected.contains(RestOptions.PORT) || selected.contains(RestOptions.BIND_PORT);
    }

    private static void setIfAbsent(Configuration config, String key, String value) {
        if (!config.containsKey(key)) {
            config.setString(key, value);
        }
    }
}
