/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.connectors;

import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.RollingPolicy;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.DateTimeBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.legacy.StreamingFileSink;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.DefaultRollingPolicy;

/** Builders of {@link FinishingFileSink}s: Flink's own, with another sink at the end. */
@SuppressWarnings("deprecation") // they are what programs for 1.x ask for
public final class StreamingFileSinks {

    private StreamingFileSinks() {}

    /** A sink that writes record by record. */
    public static <T> RowFormat<T> forRowFormat(Path basePath, Encoder<T> encoder) {
        return new RowFormat<>(basePath, encoder);
    }

    /** A sink that writes files as a whole and rolls at every checkpoint. */
    public static <T> BulkFormat<T> forBulkFormat(Path basePath, BulkWriter.Factory<T> factory) {
        return new BulkFormat<>(basePath, factory);
    }

    /** The settings of a sink that writes record by record. */
    public static final class RowFormat<T>
            extends StreamingFileSink.RowFormatBuilder<T, String, RowFormat<T>> {

        private static final long serialVersionUID = 1L;

        private EndOfInputPolicy<T, String> policy;

        RowFormat(Path basePath, Encoder<T> encoder) {
            super(basePath, encoder, new DateTimeBucketAssigner<>());
            withBucketFactory(new FreeNumberBucketFactory<>());
            withRollingPolicy(DefaultRollingPolicy.builder().build());
        }

        @Override
        public RowFormat<T> withRollingPolicy(RollingPolicy<T, String> rollingPolicy) {
            policy = new EndOfInputPolicy<>(rollingPolicy);
            return super.withRollingPolicy(policy);
        }

        @Override
        public StreamingFileSink<T> build() {
            return new FinishingFileSink<>(this, getBucketCheckInterval(), policy);
        }
    }

    /** The settings of a sink that writes files as a whole. */
    public static final class BulkFormat<T>
            extends StreamingFileSink.BulkFormatBuilder<T, String, BulkFormat<T>> {

        private static final long serialVersionUID = 1L;

        BulkFormat(Path basePath, BulkWriter.Factory<T> factory) {
            super(basePath, factory, new DateTimeBucketAssigner<>());
            withBucketFactory(new FreeNumberBucketFactory<>());
        }

        @Override
        public StreamingFileSink<T> build() {
            return new FinishingFileSink<>(this, getBucketCheckInterval(), null);
        }
    }
}
