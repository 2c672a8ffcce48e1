/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.state;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.flinker.codec.BatchEncoder;
import io.flinker.fn.v1.StateApi.StateColumn;

/** Collects what keys have of a state. */
final class ColumnWriter {

    private final StateColumn.Builder column = StateColumn.newBuilder();
    private final BatchEncoder<byte[]> mapKeys = BatchEncoder.ofStored();
    private final BatchEncoder<byte[]> values = BatchEncoder.ofStored();

    void count(int count) {
        column.addCounts(count);
    }

    void value(byte[] value) {
        values.add(value);
    }

    void entry(byte[] mapKey, byte[] value) {
        mapKeys.add(mapKey);
        values.add(value);
    }

    int bytes() {
        return mapKeys.bytes() + values.bytes();
    }

    StateColumn finish() {
        column.setMapKeys(wrap(mapKeys)).setValues(wrap(values));
        StateColumn finished = column.build();
        column.clear();
        return finished;
    }

    private static ByteString wrap(BatchEncoder<byte[]> batch) {
        return batch.count() == 0
                ? ByteString.EMPTY
                : UnsafeByteOperations.unsafeWrap(batch.finish());
    }
}
