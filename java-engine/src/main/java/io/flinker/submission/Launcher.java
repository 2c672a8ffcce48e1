/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.submission;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.cache.DistributedCache.DistributedCacheEntry;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * Starts a job on the job manager, out of files that were uploaded there.
 *
 * <p>Run by the job manager, which has it from the engine's jar: {@code Launcher GRAPH [jar=ID |
 * artifact=NAME=ID]...}. All files are in the folder that the engine's jar is in.
 */
public final class Launcher {

    static final String JAR = "jar=";
    static final String ARTIFACT = "artifact=";

    private Launcher() {}

    public static void main(String[] args) throws Exception {
        Path folder =
                Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                        .getParent();
        List<URL> jars = new ArrayList<>();
        for (String argument : args) {
            if (argument.startsWith(JAR)) {
                jars.add(folder.resolve(argument.substring(JAR.length())).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(jars.toArray(new URL[0]), Launcher.class.getClassLoader())) {
            StreamGraph graph = read(folder.resolve(args[0]), loader);
            // it is serialized once more on its way
            graph.deserializeUserDefinedInstances(loader, Runnable::run);
            for (URL jar : jars) {
                graph.addJar(new org.apache.flink.core.fs.Path(jar.toURI()));
            }
            for (String argument : args) {
                if (argument.startsWith(ARTIFACT)) {
                    addArtifact(graph, folder, argument.substring(ARTIFACT.length()));
                }
            }
            StreamExecutionEnvironment.getExecutionEnvironment().executeAsync(graph);
        }
    }

    private static void addArtifact(StreamGraph graph, Path folder, String argument) {
        int separator = argument.lastIndexOf('=');
        String file = folder.resolve(argument.substring(separator + 1)).toString();
        graph.addUserArtifact(
                argument.substring(0, separator), new DistributedCacheEntry(file, false));
    }

    private static StreamGraph read(Path file, ClassLoader loader)
            throws IOException, ClassNotFoundException {
        try (InputStream in = Files.newInputStream(file);
                ObjectInputStream objects = new LoadingStream(in, loader)) {
            return (StreamGraph) objects.readObject();
        }
    }

    static final class LoadingStream extends ObjectInputStream {
        private final ClassLoader loader;

        LoadingStream(InputStream in, ClassLoader loader) throws IOException {
            super(in);
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description)
                throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description);
            }
        }
    }
}
