/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.state;

import io.flinker.codec.Key;
import io.flinker.codec.KeySerializer;
import io.flinker.fn.v1.StateApi.RegisterState;
import io.flinker.fn.v1.StateApi.TimeToLive;
import java.time.Duration;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/** What Flink has to know of a state. */
final class Descriptors {

    private Descriptors() {}

    static ValueStateDescriptor<byte[]> value(RegisterState state) {
        return live(new ValueStateDescriptor<>(state.getName(), values(state)), state);
    }

    static ListStateDescriptor<byte[]> list(RegisterState state) {
        return live(new ListStateDescriptor<>(state.getName(), values(state)), state);
    }

    static MapStateDescriptor<Key, byte[]> map(RegisterState state) {
        StoredSerializer mapKeys =
                new StoredSerializer(state.getName(), state.getMapKeyType().toByteArray());
        return live(
                new MapStateDescriptor<>(
                        state.getName(), KeySerializer.ofBytes(mapKeys), values(state)),
                state);
    }

    private static StoredSerializer values(RegisterState state) {
        return new StoredSerializer(state.getName(), state.getValueType().toByteArray());
    }

    private static <D extends StateDescriptor<?, ?>> D live(D descriptor, RegisterState state) {
        if (state.hasTtl()) {
            descriptor.enableTimeToLive(config(state.getTtl()));
        }
        return descriptor;
    }

    /**
     * Flink cleans up in the background, and that alone: values carry the time of their last use in
     * Python, and whether they have expired is seen there. As they are written here later than they
     * are used there, nothing is cleaned up too early.
     */
    private static StateTtlConfig config(TimeToLive ttl) {
        StateTtlConfig.Builder config =
                StateTtlConfig.newBuilder(Duration.ofMillis(ttl.getMillis()))
                        .updateTtlOnCreateAndWrite()
                        .returnExpiredIfNotCleanedUp();
        if (ttl.getCleanupFullSnapshot()) {
            config.cleanupFullSnapshot();
        }
        if (ttl.getCleanupIncrementally() > 0) {
            config.cleanupIncrementally(
                    ttl.getCleanupIncrementally(), ttl.getCleanupForEveryRecord());
        }
        if (ttl.getCompactionQueryEntries() > 0) {
            config.cleanupInRocksdbCompactFilter(
                    ttl.getCompactionQueryEntries(),
                    Duration.ofMillis(ttl.getCompactionPeriodMillis()));
        }
        if (!ttl.getCleanupInBackground()) {
            config.disableCleanupInBackground();
        }
        return config.build();
    }
}
