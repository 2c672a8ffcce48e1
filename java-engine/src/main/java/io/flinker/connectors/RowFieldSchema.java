/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.connectors;

import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.types.Row;

/** The message of a row is one of its fields, an array of bytes; empty where the field is null. */
public final class RowFieldSchema implements SerializationSchema<Row> {

    private static final long serialVersionUID = 1L;

    private final int position;

    public RowFieldSchema(int position) {
        this.position = position;
    }

    @Override
    public byte[] serialize(Row row) {
        if (position >= row.getArity()) {
            throw new IllegalArgumentException(
                    "The message is to be field "
                            + position
                            + " of the row, which has only "
                            + row.getArity());
        }
        Object field = row.getField(position);
        if (field == null) {
            return new byte[0];
        }
        if (field instanceof byte[]) {
            return (byte[]) field;
        }
        throw new IllegalArgumentException(
                "The message is to be field "
                        + position
                        + " of the row, which is a "
                        + field.getClass().getName()
                        + " and not an array of bytes: declare it as"
                        + " Types.PRIMITIVE_ARRAY(Types.BYTE())");
    }
}
