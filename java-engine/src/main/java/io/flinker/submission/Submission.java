/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.submission;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.cache.DistributedCache.DistributedCacheEntry;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a job to a cluster that keeps files between jobs: what it has of the job already is
 * not sent again. The job itself starts on the job manager, see {@link Launcher}.
 */
final class Submission {

    private static final Logger LOG = LoggerFactory.getLogger(Submission.class);

    private final RestCalls rest;
    private final KeptFiles kept;

    /** Uploads that have been begun before the job that needs them, by file. */
    private final Map<Path, CompletableFuture<Void>> ahead = new ConcurrentHashMap<>();

    Submission(RestCalls rest) {
        this.rest = rest;
        this.kept = new KeptFiles(rest);
    }

    /**
     * Begins to upload files that a job will take along, while there is something else to wait for.
     *
     * <p>What goes wrong is the job's to say, which tries again.
     */
    void uploadAhead(Collection<Path> files) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        files.forEach(file -> ahead.put(file, done));
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                if (kept.isOffered()) {
                                    kept.put(files);
                                }
                            } catch (IOException | RuntimeException e) {
                                LOG.info("Nothing is uploaded ahead: {}", e.getMessage());
                            } finally {
                                done.complete(null);
                            }
                        },
                        "flinker-upload");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Starts a job.
     *
     * @param graph has been serialized as far as it is the user's
     * @return false if the cluster keeps no files, and nothing has been done
     * @throws IOException if the cluster refuses the job
     */
    boolean start(StreamGraph graph, Path engine) throws IOException {
        Map<Path, String> ids;
        List<Path> jars = new ArrayList<>();
        Map<String, Path> artifacts = new LinkedHashMap<>();
        try {
            if (!kept.isOffered()) {
                return false;
            }
            graph.getUserJars().forEach(jar -> jars.add(Path.of(jar.toUri())));
            for (Map.Entry<String, DistributedCacheEntry> entry :
                    graph.getUserArtifacts().entrySet()) {
                artifacts.put(entry.getKey(), Path.of(entry.getValue().filePath));
            }
            List<Path> files = new ArrayList<>(List.of(engine));
            files.addAll(jars);
            files.addAll(artifacts.values());
            for (Path file : files) {
                CompletableFuture<Void> begun = ahead.remove(file);
                if (begun != null) {
                    begun.join();
                }
            }
            ids = kept.put(files);
        } catch (IOException | RuntimeException e) {
            // one that forbids it, or a file that is not here: the other way may be open
            LOG.info("The cluster keeps no files: {}", e.getMessage());
            return false;
        }
        List<org.apache.flink.core.fs.Path> ownJars = List.copyOf(graph.getUserJars());
        Map<String, DistributedCacheEntry> ownArtifacts = Map.copyOf(graph.getUserArtifacts());
        graph.getUserJars().clear();
        graph.getUserArtifacts().clear();
        String job;
        try {
            job = upload(graph);
        } finally {
            graph.getUserJars().addAll(ownJars);
            graph.getUserArtifacts().putAll(ownArtifacts);
        }
        try {
            List<String> arguments = new ArrayList<>(List.of(job));
            jars.forEach(jar -> arguments.add(Launcher.JAR + ids.get(jar)));
            artifacts.forEach(
                    (name, file) -> arguments.add(Launcher.ARTIFACT + name + "=" + ids.get(file)));
            rest.ask("POST", "/jars/" + ids.get(engine) + "/run", request(graph, arguments));
        } finally {
            kept.remove(job);
        }
        return true;
    }

    private String upload(StreamGraph graph) throws IOException {
        Path file = Files.createTempFile("job", ".jar");
        try {
            try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(file))) {
                out.writeObject(graph);
            }
            return kept.upload(file, "flinker-job-" + graph.getJobID() + ".jar");
        } finally {
            Files.delete(file);
        }
    }

    private static Map<String, Object> request(StreamGraph graph, List<String> arguments) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("entryClass", Launcher.class.getName());
        request.put("programArgsList", arguments);
        request.put("jobId", graph.getJobID().toString());
        SavepointRestoreSettings savepoint = graph.getSavepointRestoreSettings();
        if (savepoint.restoreSavepoint()) {
            request.put("savepointPath", savepoint.getRestorePath());
            request.put("allowNonRestoredState", savepoint.allowNonRestoredState());
            request.put("claimMode", savepoint.getRecoveryClaimMode().name());
        }
        return request;
    }
}
