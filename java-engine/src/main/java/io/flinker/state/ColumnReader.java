/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.state;

import com.google.protobuf.ByteString;
import io.flinker.codec.BatchDecoder;
import io.flinker.codec.Key;
import io.flinker.fn.v1.StateApi.StateColumn;
import java.util.ArrayList;
import java.util.List;

/** Reads what keys are to have of a state, one key after the other. */
final class ColumnReader {

    private final StateColumn column;
    private final BatchDecoder<byte[]> mapKeys = BatchDecoder.ofStored();
    private final BatchDecoder<byte[]> values = BatchDecoder.ofStored();
    private int at;

    ColumnReader(StateColumn column) {
        this.column = column;
        open(mapKeys, column.getMapKeys());
        open(values, column.getValues());
    }

    private static void open(BatchDecoder<byte[]> decoder, ByteString batch) {
        if (!batch.isEmpty()) {
            decoder.open(batch.toByteArray());
        }
    }

    /** How many values, elements or entries the next key has. */
    int nextCount() {
        return column.getCounts(at++);
    }

    byte[] nextValue() {
        return values.next();
    }

    List<byte[]> nextValues() {
        int count = nextCount();
        List<byte[]> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(nextValue());
        }
        return list;
    }

    boolean hasNextMapKey() {
        return mapKeys.hasNext();
    }

    Key nextMapKey() {
        return Key.of(mapKeys.next());
    }
}
