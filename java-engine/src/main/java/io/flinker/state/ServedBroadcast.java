/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.state;

import io.flinker.codec.Key;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;

/** Entries that belong to no key, the same in all instances of an operator. */
record ServedBroadcast(BroadcastState<Key, byte[]> state) implements ServedState, ServedEntries {

    @Override
    public Iterator<Map.Entry<Key, byte[]>> scan() throws Exception {
        return state.entries().iterator();
    }

    @Override
    public void load(ColumnWriter out) {
        throw new IllegalArgumentException("broadcast state is of no key");
    }

    @Override
    public void put(ColumnReader in) throws Exception {
        for (int left = in.nextCount(); left > 0; left--) {
            state.put(in.nextMapKey(), in.nextValue());
        }
    }

    @Override
    public void append(ColumnReader in) throws Exception {
        put(in);
    }

    @Override
    public void remove(ColumnReader in) throws Exception {
        for (int left = in.nextCount(); left > 0; left--) {
            state.remove(in.nextMapKey());
        }
    }

    @Override
    public void clear() {
        state.clear();
    }
}
