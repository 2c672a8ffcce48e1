/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings have names, and equal ones the same. */
class PythonSettingsTest {

    @Test
    void settingsAreFoundByTheirNames() {
        String one = PythonSettings.register(of("/one"));
        String two = PythonSettings.register(of("/two"));
        assertNotEquals(one, two);
        assertEquals(one, PythonSettings.register(of("/one")));
        PythonSettings usual = of("/usual");
        assertEquals(of("/two"), usual.with(two));
        assertSame(usual, usual.with(null));
    }

    private static PythonSettings of(String directory) {
        return new PythonSettings(
                "python", "/root", List.of(), directory, List.of("/a"), Map.of("A", "b"), false);
    }
}
