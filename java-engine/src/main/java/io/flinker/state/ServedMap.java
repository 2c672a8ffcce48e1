/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.state;

import io.flinker.codec.Key;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;

/** A map of entries; the keys of these are bytes, too, and so is what makes two of them equal. */
record ServedMap(MapState<Key, byte[]> state) implements ServedState, ServedEntries {

    /** A map of more entries, or of more bytes, is not sent as a whole unless it is asked for. */
    private static final int MOST_ENTRIES = 256;

    private static final int MOST_BYTES = 1 << 16;
    private static final int TOO_MANY = -1;

    @Override
    public void load(ColumnWriter out) throws Exception {
        int count = 0;
        int bytes = 0;
        for (Map.Entry<Key, byte[]> entry : state.entries()) {
            count++;
            bytes += entry.getValue().length;
            if (count > MOST_ENTRIES || bytes > MOST_BYTES) {
                out.count(TOO_MANY);
                return;
            }
        }
        out.count(count);
        if (count > 0) {
            for (Map.Entry<Key, byte[]> entry : state.entries()) {
                add(entry, out);
            }
        }
    }

    /** Adds the value of an entry, if there is one. */
    void read(Key mapKey, ColumnWriter out) throws Exception {
        byte[] value = state.get(mapKey);
        out.count(value == null ? 0 : 1);
        if (value != null) {
            out.value(value);
        }
    }

    @Override
    public Iterator<Map.Entry<Key, byte[]>> scan() throws Exception {
        return new EntryScan(state);
    }

    static void add(Map.Entry<Key, byte[]> entry, ColumnWriter out) {
        out.entry((byte[]) entry.getKey().value(), entry.getValue());
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
