/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.state;

import org.apache.flink.api.common.state.ListState;

/** A list of elements. */
record ServedList(ListState<byte[]> state) implements ServedState {

    @Override
    public void load(ColumnWriter out) throws Exception {
        int count = 0;
        Iterable<byte[]> elements = state.get();
        if (elements != null) {
            for (byte[] element : elements) {
                out.value(element);
                count++;
            }
        }
        out.count(count);
    }

    @Override
    public void put(ColumnReader in) throws Exception {
        state.update(in.nextValues());
    }

    @Override
    public void append(ColumnReader in) throws Exception {
        state.addAll(in.nextValues());
    }

    @Override
    public void remove(ColumnReader in) {
        throw new IllegalArgumentException("nothing is removed from a list");
    }

    @Override
    public void clear() {
        state.clear();
    }
}
