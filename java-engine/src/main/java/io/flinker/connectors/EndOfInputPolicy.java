/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.connectors;

import java.io.IOException;
import org.apache.flink.streaming.api.functions.sink.filesystem.PartFileInfo;
import org.apache.flink.streaming.api.functions.sink.filesystem.RollingPolicy;

/** Another policy until the input ends; from then on every file is finished at the checkpoint. */
final class EndOfInputPolicy<T, B> implements RollingPolicy<T, B> {

    private static final long serialVersionUID = 1L;

    private final RollingPolicy<T, B> policy;
    private transient boolean ended;

    EndOfInputPolicy(RollingPolicy<T, B> policy) {
        this.policy = policy;
    }

    void end() {
        ended = true;
    }

    @Override
    public boolean shouldRollOnCheckpoint(PartFileInfo<B> file) throws IOException {
        return ended || policy.shouldRollOnCheckpoint(file);
    }

    @Override
    public boolean shouldRollOnEvent(PartFileInfo<B> file, T record) throws IOException {
        return policy.shouldRollOnEvent(file, record);
    }

    @Override
    public boolean shouldRollOnProcessingTime(PartFileInfo<B> file, long time) throws IOException {
        return policy.shouldRollOnProcessingTime(file, time);
    }
}
