/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PythonMetricsTest {

    @Test
    void operatorsOfOneNameAreNumbered() {
        assertEquals(
                List.of("Map", "Map-2", "Filter", "Map-3"),
                PythonMetrics.distinct(List.of("Map", "Map", "Filter", "Map")));
    }

    @Test
    void aNumberThatTheUserHasGivenStaysTheUsers() {
        assertEquals(
                List.of("Map", "Map-3", "Map-2"),
                PythonMetrics.distinct(List.of("Map", "Map", "Map-2")));
    }
}
