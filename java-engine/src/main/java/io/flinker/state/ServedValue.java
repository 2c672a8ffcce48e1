/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.state;

import org.apache.flink.api.common.state.ValueState;

/** One value, or none. */
record ServedValue(ValueState<byte[]> state) implements ServedState {

    @Override
    public void load(ColumnWriter out) throws Exception {
        byte[] value = state.value();
        out.count(value == null ? 0 : 1);
        if (value != null) {
            out.value(value);
        }
    }

    @Override
    public void put(ColumnReader in) throws Exception {
        if (in.nextCount() == 0) {
            state.clear();
        } else {
            state.update(in.nextValue());
        }
    }

    @Override
    public void append(ColumnReader in) {
        throw new IllegalArgumentException("nothing is appended to a value");
    }

    @Override
    public void remove(ColumnReader in) {
        throw new IllegalArgumentException("nothing is removed from a value");
    }

    @Override
    public void clear() {
        state.clear();
    }
}
