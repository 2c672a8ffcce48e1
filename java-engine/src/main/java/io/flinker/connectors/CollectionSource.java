/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.connectors;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The values of a program's collection, in the batches that Python wrote.
 *
 * <p>They are one split, so one reader has them all, in their order. Its position is the state.
 */
public final class CollectionSource<T>
        implements Source<T, CollectionSplit, Boolean>, ResultTypeQueryable<T> {

    private static final long serialVersionUID = 1L;

    private final Batches batches;
    private final TypeInformation<T> type;

    private CollectionSource(Batches batches, TypeInformation<T> type) {
        this.batches = batches;
        this.type = type;
    }

    /**
     * A source that can go anywhere, with its values.
     *
     * @param batches the values, as {@link io.flinker.codec.BatchDecoder} reads them
     * @param type the type of a value
     */
    public static <T> CollectionSource<T> carried(List<byte[]> batches, TypeInformation<T> type) {
        return new CollectionSource<>(new CarriedBatches(batches.toArray(new byte[0][])), type);
    }

    /**
     * A source for jobs in this process, in which its values stay where they are.
     *
     * @param batches the values, as {@link io.flinker.codec.BatchDecoder} reads them
     * @param type the type of a value
     */
    public static <T> CollectionSource<T> shared(List<byte[]> batches, TypeInformation<T> type) {
        return new CollectionSource<>(SharedBatches.of(batches.toArray(new byte[0][])), type);
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }

    @Override
    public SourceReader<T, CollectionSplit> createReader(SourceReaderContext context) {
        return new CollectionReader<>(batches.get(), type, context);
    }

    @Override
    public SplitEnumerator<CollectionSplit, Boolean> createEnumerator(
            SplitEnumeratorContext<CollectionSplit> context) {
        return new CollectionEnumerator(context, CollectionSplit.START);
    }

    @Override
    public SplitEnumerator<CollectionSplit, Boolean> restoreEnumerator(
            SplitEnumeratorContext<CollectionSplit> context, Boolean assigned) {
        return new CollectionEnumerator(context, assigned ? null : CollectionSplit.START);
    }

    @Override
    public SimpleVersionedSerializer<CollectionSplit> getSplitSerializer() {
        return CollectionSplit.SERIALIZER;
    }

    @Override
    public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
        return CollectionEnumerator.SERIALIZER;
    }
}
