/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.connectors;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.types.Row;

/**
 * The text of values as in Flink 1.12.
 *
 * <p>A row is its fields with commas in between, a tuple is the same in parentheses; lists and
 * arrays are {@code [a, b]}, maps {@code {k=v}}. Rows inside of them are written in the same way,
 * where Flink 2 writes {@code +I[1, a]}.
 */
final class PlainText {

    private PlainText() {}

    static void append(StringBuilder text, Object value) {
        if (value instanceof Row) {
            appendRow(text, (Row) value);
        } else if (value instanceof Tuple) {
            appendTuple(text, (Tuple) value);
        } else if (value instanceof Map) {
            appendMap(text, (Map<?, ?>) value);
        } else if (value instanceof List || value instanceof Set) {
            appendAll(text, (Collection<?>) value);
        } else if (value != null && value.getClass().isArray()) {
            appendArray(text, value);
        } else {
            text.append(value);
        }
    }

    private static void appendRow(StringBuilder text, Row row) {
        // a row that knows its fields by name alone has no positions
        Set<String> names = row.getFieldNames(false);
        if (names != null) {
            String comma = "";
            for (String name : names) {
                append(text.append(comma), row.getField(name));
                comma = ",";
            }
            return;
        }
        for (int i = 0; i < row.getArity(); i++) {
            append(i == 0 ? text : text.append(','), row.getField(i));
        }
    }

    private static void appendTuple(StringBuilder text, Tuple tuple) {
        text.append('(');
        for (int i = 0; i < tuple.getArity(); i++) {
            append(i == 0 ? text : text.append(','), tuple.getField(i));
        }
        text.append(')');
    }

    private static void appendArray(StringBuilder text, Object array) {
        if (array instanceof Object[]) {
            appendAll(text, Arrays.asList((Object[]) array));
            return;
        }
        text.append('[');
        for (int i = 0; i < Array.getLength(array); i++) {
            (i == 0 ? text : text.append(", ")).append(Array.get(array, i));
        }
        text.append(']');
    }

    private static void appendAll(StringBuilder text, Collection<?> values) {
        text.append('[');
        for (Iterator<?> i = values.iterator(); i.hasNext(); ) {
            append(text, i.next());
            if (i.hasNext()) {
                text.append(", ");
            }
        }
        text.append(']');
    }

    private static void appendMap(StringBuilder text, Map<?, ?> map) {
        text.append('{');
        String comma = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            append(text.append(comma), entry.getKey());
            append(text.append('='), entry.getValue());
            comma = ", ";
        }
        text.append('}');
    }
}
