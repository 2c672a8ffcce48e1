/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.connectors;

import io.flinker.codec.BatchDecoder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.annotation.Nullable;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;

/**
 * Emits the values of a collection, one for every poll.
 *
 * <p>All methods are called by the task's thread.
 */
final class CollectionReader<T> implements SourceReader<T, CollectionSplit> {

    private final byte[][] batches;
    private final BatchDecoder<T> decoder;
    private final SourceReaderContext context;
    private final CompletableFuture<Void> available = new CompletableFuture<>();

    /** Null until there is a split, which ends with the collection. */
    @Nullable private Position position;

    private boolean noMoreSplits;

    CollectionReader(byte[][] batches, TypeInformation<T> type, SourceReaderContext context) {
        this.batches = batches;
        this.decoder = new BatchDecoder<>(type);
        this.context = context;
    }

    @Override
    public void start() {
        if (position == null) {
            context.sendSplitRequest();
        }
    }

    @Override
    public void addSplits(List<CollectionSplit> splits) {
        for (CollectionSplit split : splits) {
            position = new Position(split);
        }
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        available.complete(null);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) {
        if (position == null) {
            return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        if (!position.hasNext()) {
            // it was the only split, so there is no need to ask for more
            return InputStatus.END_OF_INPUT;
        }
        output.collect(position.next());
        return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public List<CollectionSplit> snapshotState(long checkpoint) {
        return position == null ? List.of() : List.of(position.toSplit());
    }

    @Override
    public void close() {}

    /** The next record; the decoder stands there. */
    private final class Position {

        private int batch;
        private int record;

        Position(CollectionSplit split) {
            batch = split.batch;
            open();
            for (; record < split.record; record++) {
                decoder.next();
            }
        }

        boolean hasNext() {
            while (batch < batches.length && !decoder.hasNext()) {
                batch++;
                record = 0;
                open();
            }
            return batch < batches.length;
        }

        T next() {
            record++;
            return decoder.next();
        }

        CollectionSplit toSplit() {
            return new CollectionSplit(batch, record);
        }

        private void open() {
            if (batch < batches.length) {
                decoder.open(batches[batch]);
            }
        }
    }
}
