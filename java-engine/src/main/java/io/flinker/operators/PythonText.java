/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.types.Row;

/**
 * Values as Python would write them, had they travelled there: {@code str(value)} and {@code
 * repr(value)}.
 *
 * <p>The value decides. Its type only tells the names of a row's fields, and is null where nobody
 * knows it. A value that Python has no form for is written as Java writes it.
 */
public final class PythonText {

    private PythonText() {}

    /** What {@code str(value)} is in Python. */
    public static String str(Object value, TypeInformation<?> type) {
        StringBuilder text = new StringBuilder();
        appendStr(text, value, type);
        return text.toString();
    }

    /** What {@code repr(value)} is in Python. */
    public static String repr(Object value, TypeInformation<?> type) {
        StringBuilder text = new StringBuilder();
        appendRepr(text, value, type);
        return text.toString();
    }

    static void appendStr(StringBuilder text, Object value, TypeInformation<?> type) {
        if (value instanceof CharSequence
                || value instanceof Character
                || value instanceof BigDecimal) {
            text.append(value);
        } else if (!PythonTimes.appendStr(text, value)) {
            appendRepr(text, value, type);
        }
    }

    static void appendRepr(StringBuilder text, Object value, TypeInformation<?> type) {
        if (value == null) {
            text.append("None");
        } else if (value instanceof Number) {
            PythonNumbers.appendRepr(text, (Number) value);
        } else if (value instanceof Boolean) {
            text.append((Boolean) value ? "True" : "False");
        } else if (value instanceof CharSequence || value instanceof Character) {
            PythonQuoting.appendString(text, value.toString());
        } else if (value instanceof byte[]) {
            PythonQuoting.appendBytes(text, (byte[]) value);
        } else if (value.getClass().isArray()) {
            appendArray(text, value, PartTypes.element(type));
        } else if (value instanceof List) {
            appendList(text, (List<?>) value, PartTypes.element(type));
        } else if (value instanceof Map) {
            appendMap(text, (Map<?, ?>) value, PartTypes.key(type), PartTypes.value(type));
        } else if (value instanceof Tuple) {
            appendTuple(text, (Tuple) value, type);
        } else if (value instanceof Row) {
            appendRow(text, (Row) value, type);
        } else if (!PythonTimes.appendRepr(text, value)) {
            text.append(value);
        }
    }

    private static void appendArray(StringBuilder text, Object array, TypeInformation<?> element) {
        text.append('[');
        for (int i = 0; i < Array.getLength(array); i++) {
            text.append(i == 0 ? "" : ", ");
            appendRepr(text, Array.get(array, i), element);
        }
        text.append(']');
    }

    private static void appendList(StringBuilder text, List<?> list, TypeInformation<?> element) {
        String separator = "[";
        for (Object value : list) {
            appendRepr(text.append(separator), value, element);
            separator = ", ";
        }
        text.append(list.isEmpty() ? "[]" : "]");
    }

    private static void appendMap(
            StringBuilder text, Map<?, ?> map, TypeInformation<?> key, TypeInformation<?> value) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            appendRepr(text.append(separator), entry.getKey(), key);
            appendRepr(text.append(": "), entry.getValue(), value);
            separator = ", ";
        }
        text.append(map.isEmpty() ? "{}" : "}");
    }

    private static void appendTuple(StringBuilder text, Tuple tuple, TypeInformation<?> type) {
        text.append('(');
        for (int i = 0; i < tuple.getArity(); i++) {
            text.append(i == 0 ? "" : ", ");
            appendRepr(text, tuple.getField(i), PartTypes.field(type, i));
        }
        text.append(tuple.getArity() == 1 ? ",)" : ")");
    }

    private static void appendRow(StringBuilder text, Row row, TypeInformation<?> type) {
        List<String> names = RowFields.names(row, type);
        text.append(names == null ? "<Row(" : "Row(");
        for (int i = 0; i < row.getArity(); i++) {
            text.append(i == 0 ? "" : ", ");
            if (names != null) {
                text.append(names.get(i)).append('=');
            }
            appendRepr(text, RowFields.value(row, names, i), PartTypes.field(type, i));
        }
        text.append(names == null ? ")>" : ")");
    }
}
