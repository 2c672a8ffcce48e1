/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.state;

/** A state of the current key, in columns. */
interface ServedState {

    /** Adds what there is to a column, with its count. */
    void load(ColumnWriter out) throws Exception;

    /** Sets what there is to the next of a column. */
    void put(ColumnReader in) throws Exception;

    /** Adds the next of a column to what there is. */
    void append(ColumnReader in) throws Exception;

    /** Removes the next of a column from what there is. */
    void remove(ColumnReader in) throws Exception;

    void clear() throws Exception;
}
