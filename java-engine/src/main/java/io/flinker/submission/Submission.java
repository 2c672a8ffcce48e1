/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.submission;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    Submission(RestCalls rest) {
        this.rest = rest;
        this.kept = new KeptFiles(rest);
    }

    /**
     * Starts a job.
     *
     * @param graph has been serialized as far as it is the user's
     * @param permission is waited for when all else is done
     * @return false if the cluster keeps no files, and nothing has been done
     * @throws IOException if the cluster refuses the job
     * @throws UnfitException if it may not run
     */
    boolean start(StreamGraph graph, Path engine, Permission permission)
            throws IOException, UnfitException, InterruptedException {
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
            permission.await();
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
