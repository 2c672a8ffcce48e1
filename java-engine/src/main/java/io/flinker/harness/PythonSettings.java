/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import java.util.List;
import java.util.Map;

/**
 * How workers are started.
 *
 * @param executable the interpreter
 * @param packageRoot the folder that the interpreter finds the package pyflink in
 * @param directory the working directory; empty: that of this JVM
 * @param path sys.path; empty: the interpreter's own
 * @param environment os.environ; empty: that of this JVM
 */
public record PythonSettings(
        String executable,
        String packageRoot,
        String directory,
        List<String> path,
        Map<String, String> environment) {

    private static volatile PythonSettings client;

    /** The same settings with another interpreter; null: the same one. */
    public PythonSettings with(String otherExecutable) {
        return otherExecutable == null
                ? this
                : new PythonSettings(otherExecutable, packageRoot, directory, path, environment);
    }

    /** Takes over the settings of the client that runs this JVM. */
    public static void setClient(PythonSettings settings) {
        client = settings;
    }

    /** The settings of the client that runs this JVM. */
    public static PythonSettings client() {
        PythonSettings settings = client;
        if (settings == null) {
            throw new IllegalStateException("No Python program runs this JVM");
        }
        return settings;
    }
}
