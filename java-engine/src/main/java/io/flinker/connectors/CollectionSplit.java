/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.connectors;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** What is left of a collection: everything from one record of one batch on. */
final class CollectionSplit implements SourceSplit {

    static final CollectionSplit START = new CollectionSplit(0, 0);
    static final SimpleVersionedSerializer<CollectionSplit> SERIALIZER = new Serializer();

    final int batch;
    final int record;

    CollectionSplit(int batch, int record) {
        this.batch = batch;
        this.record = record;
    }

    @Override
    public String splitId() {
        return "collection";
    }

    private static final class Serializer implements SimpleVersionedSerializer<CollectionSplit> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(CollectionSplit split) {
            return ByteBuffer.allocate(8).putInt(split.batch).putInt(split.record).array();
        }

        @Override
        public CollectionSplit deserialize(int version, byte[] bytes) throws IOException {
            if (version != getVersion()) {
                throw new IOException("A collection's position of the unknown version " + version);
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new CollectionSplit(buffer.getInt(), buffer.getInt());
        }
    }
}
