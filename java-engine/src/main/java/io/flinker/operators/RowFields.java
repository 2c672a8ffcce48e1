/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.types.Row;

/** The fields of a row, which may be known by position, by name, or both. */
final class RowFields {

    private RowFields() {}

    /** The names of the fields in the order of the type; null if they have none. */
    static List<String> names(Row row, TypeInformation<?> type) {
        if (type instanceof RowTypeInfo && type.getArity() == row.getArity()) {
            return Arrays.asList(((RowTypeInfo) type).getFieldNames());
        }
        Set<String> own = row.getFieldNames(true);
        return own == null ? null : List.copyOf(own);
    }

    /** The value of a field; {@code names} are those of {@link #names}. */
    static Object value(Row row, List<String> names, int index) {
        // null names: a row by position, as a row by name always has its own
        return names == null || row.getFieldNames(false) == null
                ? row.getField(index)
                : row.getField(names.get(index));
    }
}
