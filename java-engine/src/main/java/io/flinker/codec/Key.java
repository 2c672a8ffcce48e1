/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.types.Row;

/**
 * A key that Python has chosen: equal, and with the same hash in every process, where Python's
 * values are.
 *
 * <p>Java's own keys are not so: an array goes by its identity, 0.0 and -0.0 differ, and so do
 * decimals that are written with more zeros. And Flink takes no null for a key; this may hold one.
 */
public final class Key {

    private final Object value;
    private final int hash;

    private Key(Object value) {
        this.value = value;
        this.hash =
                value instanceof byte[] bytes ? Arrays.hashCode(bytes) : Objects.hashCode(value);
    }

    /**
     * The key of a value, which belongs to the key from now on.
     *
     * @param value may be null
     */
    public static Key of(Object value) {
        return new Key(normal(value));
    }

    /** The value that Python has chosen, or an equal one. */
    public Object value() {
        return value;
    }

    private static Object normal(Object value) {
        if (value instanceof Long || value instanceof String || value instanceof byte[]) {
            // most keys, and quickly known to be as they should
            return value;
        }
        if (value instanceof Double number) {
            return number == 0.0 ? (Object) 0.0 : number;
        } else if (value instanceof Float number) {
            return number == 0.0f ? (Object) 0.0f : number;
        } else if (value instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros();
        } else if (value instanceof Tuple tuple) {
            for (int i = 0; i < tuple.getArity(); i++) {
                tuple.setField(normal(tuple.getField(i)), i);
            }
        } else if (value instanceof Row row) {
            for (int i = 0; i < row.getArity(); i++) {
                row.setField(i, normal(row.getField(i)));
            }
        } else if (value instanceof List<?> list) {
            return list.stream().map(Key::normal).toList();
        } else if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new HashMap<>();
            map.forEach((key, element) -> copy.put(normal(key), normal(element)));
            return copy;
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Key key) || key.hash != hash) {
            return false;
        }
        return value instanceof byte[] bytes
                ? key.value instanceof byte[] others && Arrays.equals(bytes, others)
                : Objects.equals(value, key.value);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
    }
}
