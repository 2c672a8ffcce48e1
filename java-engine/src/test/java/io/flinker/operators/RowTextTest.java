/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

/** The expected lines are what PyFlink 2.3.0 (Python 3.11) prints for the same rows. */
class RowTextTest {

    @Test
    void fieldsAreSeparatedByCommasAlone() {
        assertEquals("+I[1,a]", text(Row.of(1, "a"), Types.INT, Types.STRING));
        assertEquals("+I[1,None]", text(Row.of(1, null), Types.INT, Types.STRING));
        assertEquals("+I[]", text(Row.of()));
    }

    @Test
    void fieldsAreWrittenByStrAndPartsByRepr() {
        Row row =
                Row.of(
                        "it's",
                        Row.of(2, "it's"),
                        List.of("x"),
                        new BigDecimal("1.50"),
                        Timestamp.valueOf("2020-01-01 01:02:03.45"),
                        true);
        assertEquals(
                "+I[it's,Row(f0=2, f1=\"it's\"),['x'],1.50,2020-01-01 01:02:03.450000,True]",
                text(
                        row,
                        Types.STRING,
                        Types.ROW(Types.INT, Types.STRING),
                        Types.LIST(Types.STRING),
                        Types.BIG_DEC,
                        Types.SQL_TIMESTAMP,
                        Types.BOOLEAN));
    }

    @Test
    void theKindLeads() {
        TypeInformation<?> inner = Types.ROW(Types.INT);
        Row nested = Row.ofKind(RowKind.DELETE, 2);
        for (RowKind kind : RowKind.values()) {
            Row row = Row.ofKind(kind, 1, nested);
            assertEquals(kind.shortString() + "[1,Row(f0=2)]", text(row, Types.INT, inner));
        }
    }

    @Test
    void namesOfTheRowItselfAreNotTold() {
        RowTypeInfo type =
                new RowTypeInfo(
                        new TypeInformation<?>[] {Types.INT, Types.STRING},
                        new String[] {"x", "y"});
        assertEquals("+I[1,a]", new RowText(type).map(Row.of(1, "a")));
        Row byName = Row.withNames();
        byName.setField("y", "a");
        byName.setField("x", 1);
        assertEquals("+I[1,a]", new RowText(type).map(byName));
    }

    private static String text(Row row, TypeInformation<?>... types) {
        return new RowText(new RowTypeInfo(types)).map(row);
    }
}
