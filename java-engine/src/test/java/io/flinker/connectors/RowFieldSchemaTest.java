/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.connectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

class RowFieldSchemaTest {

    private final RowFieldSchema second = new RowFieldSchema(1);

    @Test
    void theFieldIsTheMessage() {
        byte[] bytes = "abc".getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(bytes, second.serialize(Row.of(1, bytes)));
    }

    @Test
    void nullIsAnEmptyMessage() {
        assertArrayEquals(new byte[0], second.serialize(Row.of(1, null)));
    }

    @Test
    void anotherTypeIsRefused() {
        Exception refused =
                assertThrows(
                        IllegalArgumentException.class, () -> second.serialize(Row.of(1, "abc")));
        assertEquals(
                "The message is to be field 1 of the row, which is a java.lang.String and not an"
                        + " array of bytes: declare it as Types.PRIMITIVE_ARRAY(Types.BYTE())",
                refused.getMessage());
    }

    @Test
    void aRowThatIsTooShortIsRefused() {
        Exception refused =
                assertThrows(IllegalArgumentException.class, () -> second.serialize(Row.of(1)));
        assertEquals(
                "The message is to be field 1 of the row, which has only 1", refused.getMessage());
    }
}
