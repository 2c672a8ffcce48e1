/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.connectors;

import java.io.IOException;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Hands the one split of a collection to whoever asks first; its state is whether it has. */
final class CollectionEnumerator implements SplitEnumerator<CollectionSplit, Boolean> {

    static final SimpleVersionedSerializer<Boolean> SERIALIZER = new Serializer();

    private final SplitEnumeratorContext<CollectionSplit> context;
    @Nullable private CollectionSplit split;

    CollectionEnumerator(
            SplitEnumeratorContext<CollectionSplit> context, @Nullable CollectionSplit split) {
        this.context = context;
        this.split = split;
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        if (split != null) {
            // it ends with the split: a further event might meet a task that has finished, which
            // Flink takes for a lost event that fails the job
            context.assignSplit(split, subtask);
            split = null;
        } else {
            context.signalNoMoreSplits(subtask);
        }
    }

    @Override
    public void addSplitsBack(List<CollectionSplit> splits, int subtask) {
        for (CollectionSplit returned : splits) {
            split = returned;
        }
    }

    @Override
    public void addReader(int subtask) {}

    @Override
    public Boolean snapshotState(long checkpoint) {
        return split == null;
    }

    @Override
    public void close() {}

    private static final class Serializer implements SimpleVersionedSerializer<Boolean> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Boolean assigned) {
            return new byte[] {(byte) (assigned ? 1 : 0)};
        }

        @Override
        public Boolean deserialize(int version, byte[] bytes) throws IOException {
            if (version != getVersion()) {
                throw new IOException("A collection's state of the unknown version " + version);
            }
            return bytes[0] == 1;
        }
    }
}
