/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How workers are started.
 *
 * @param executable the interpreter
 * @param packageRoot the folder that the interpreter finds the package pyflink in
 * @param borrowed where it finds the libraries that pyflink needs and that it lacks; mostly empty
 * @param directory the working directory; empty: that of this JVM
 * @param path sys.path; empty: the interpreter's own
 * @param environment os.environ; empty: that of this JVM
 * @param inClient whether the client's own process is to run the functions, in its main thread
 */
public record PythonSettings(
        String executable,
        String packageRoot,
        List<String> borrowed,
        String directory,
        List<String> path,
        Map<String, String> environment,
        boolean inClient) {

    private static final Map<String, PythonSettings> REGISTERED = new ConcurrentHashMap<>();
    private static volatile PythonSettings client;

    /**
     * Gives settings a name by which the operators of a job ask for them; equal ones have the same.
     */
    public static synchronized String register(PythonSettings settings) {
        for (Map.Entry<String, PythonSettings> known : REGISTERED.entrySet()) {
            if (known.getValue().equals(settings)) {
                return known.getKey();
            }
        }
        String name = Integer.toString(REGISTERED.size());
        REGISTERED.put(name, settings);
        return name;
    }

    /** The settings that were registered under a name; null: these. */
    public PythonSettings with(String name) {
        return name == null ? this : REGISTERED.get(name);
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
