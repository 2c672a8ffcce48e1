/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.types.Row;

/**
 * Rows as PyFlink prints them: {@code +I[1,a]}, the kind and what Python's str says of each field.
 */
public final class RowText implements MapFunction<Row, String> {

    private static final long serialVersionUID = 1L;

    private final RowTypeInfo type;

    public RowText(RowTypeInfo type) {
        this.type = type;
    }

    @Override
    public String map(Row row) {
        List<String> names = RowFields.names(row, type);
        StringBuilder text = new StringBuilder(row.getKind().shortString()).append('[');
        for (int i = 0; i < row.getArity(); i++) {
            text.append(i == 0 ? "" : ",");
            PythonText.appendStr(text, RowFields.value(row, names, i), PartTypes.field(type, i));
        }
        return text.append(']').toString();
    }
}
