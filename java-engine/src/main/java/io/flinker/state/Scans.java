/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.state;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Iterators that go on when they are asked to. */
final class Scans {

    private record Scan(Iterator<?> iterator, AutoCloseable source) {}

    private final Map<Long, Scan> open = new HashMap<>();
    private long last;

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // who suspends resumes
    <T> Iterator<T> resume(long number) {
        Scan scan = open.get(number);
        if (scan == null) {
            throw new IllegalStateException(
                    "An iteration over state does not outlive the record it was begun with");
        }
        return (Iterator<T>) scan.iterator;
    }

    /** Keeps an iterator if it goes on; returns its number then, or else 0. */
    long suspend(long number, Iterator<?> iterator, AutoCloseable source) {
        if (!iterator.hasNext()) {
            close(number);
            close(source);
            return 0;
        }
        if (number != 0) {
            return number;
        }
        open.put(++last, new Scan(iterator, source));
        return last;
    }

    /** Says that entries have been removed from a map. */
    void entriesRemoved() {
        for (Scan scan : open.values()) {
            if (scan.iterator instanceof EntryScan entries) {
                entries.entriesRemoved();
            }
        }
    }

    void close(long number) {
        Scan scan = open.remove(number);
        if (scan != null) {
            close(scan.source);
        }
    }

    void closeAll() {
        List.copyOf(open.keySet()).forEach(this::close);
    }

    private static void close(AutoCloseable source) {
        if (source == null) {
            return;
        }
        try {
            source.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
