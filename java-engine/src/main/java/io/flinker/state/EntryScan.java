/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.state;

import io.flinker.codec.Key;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;

/**
 * Entries of a map that are read from where they are kept, while others may be removed.
 *
 * <p>RocksDB's iterator reads some entries ahead. The last of these is where it goes on, and if
 * that one has been removed meanwhile, it passes over the next. Unless the iterator removes it
 * itself.
 */
final class EntryScan implements Iterator<Map.Entry<Key, byte[]>> {

    /** So many entries RocksDB's iterator reads ahead, at most. */
    private static final int READ_AHEAD = 128;

    private final MapState<Key, byte[]> map;
    private final Iterator<Map.Entry<Key, byte[]>> entries;
    private int doubtful;

    EntryScan(MapState<Key, byte[]> map) throws Exception {
        this.map = map;
        this.entries = map.entries().iterator();
    }

    /** Says that entries have been removed, of this map or another. */
    void entriesRemoved() {
        doubtful = READ_AHEAD;
    }

    @Override
    public boolean hasNext() {
        return entries.hasNext();
    }

    /** The next entry; null in place of one that is no more. */
    @Override
    public Map.Entry<Key, byte[]> next() {
        Map.Entry<Key, byte[]> entry = entries.next();
        if (doubtful == 0) {
            return entry;
        }
        doubtful--;
        if (isThere(entry.getKey())) {
            return entry;
        }
        entries.remove();
        return null;
    }

    private boolean isThere(Key mapKey) {
        try {
            return map.contains(mapKey);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
