/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.submission;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that a cluster keeps from one job to the next: those that can be uploaded in its dashboard.
 *
 * <p>They are named by what is in them, so only what has changed is uploaded. What nobody has named
 * for a day is removed again, if it is ours.
 */
final class KeptFiles {

    private static final Logger LOG = LoggerFactory.getLogger(KeptFiles.class);
    private static final String OURS = "flinker-";
    private static final String SUFFIX = ".jar";
    private static final long KEPT_MILLIS = TimeUnit.DAYS.toMillis(1);
    private static final int DIGITS = 32;

    /** Of files that do not change while this process runs, as those of the engine. */
    private static final Map<String, String> NAMES = new ConcurrentHashMap<>();

    private final RestCalls rest;

    KeptFiles(RestCalls rest) {
        this.rest = rest;
    }

    /** Whether the cluster lets files be uploaded at all. */
    boolean isOffered() throws IOException {
        return rest.ask("GET", "/config", null).path("features").path("web-submit").asBoolean();
    }

    /**
     * Uploads the files that are not there.
     *
     * @return by what names the cluster knows them
     */
    Map<Path, String> put(Collection<Path> files) throws IOException {
        Map<String, String> there = new HashMap<>();
        Map<Path, String> found = new LinkedHashMap<>();
        Map<Path, String> names = new LinkedHashMap<>();
        for (Path file : files) {
            names.put(file, nameOf(file));
        }
        for (JsonNode kept : rest.ask("GET", "/jars", null).path("files")) {
            String name = kept.path("name").asText();
            String id = kept.path("id").asText();
            long age = System.currentTimeMillis() - kept.path("uploaded").asLong();
            if (names.containsValue(name)) {
                there.put(name, id);
            } else if (name.startsWith(OURS) && age > KEPT_MILLIS) {
                removeOld(id);
            }
        }
        for (Map.Entry<Path, String> wanted : names.entrySet()) {
            String id = there.get(wanted.getValue());
            if (id == null) {
                id = upload(wanted.getKey(), wanted.getValue());
                there.put(wanted.getValue(), id);
            }
            found.put(wanted.getKey(), id);
        }
        return found;
    }

    /** Uploads a file whatever is there. */
    String upload(Path file, String name) throws IOException {
        String path = rest.upload("/jars/upload", file, name).path("filename").asText();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void removeOld(String id) {
        try {
            remove(id);
        } catch (IOException e) {
            LOG.info("An old file is gone already: {}", e.getMessage());
        }
    }

    void remove(String id) throws IOException {
        rest.ask("DELETE", "/jars/" + id, null);
    }

    private static String nameOf(Path file) throws IOException {
        String state = file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
        String known = NAMES.get(state);
        if (known == null) {
            known = OURS + stem(file) + digest(file) + SUFFIX;
            NAMES.put(state, known);
        }
        return known;
    }

    /** What of a name a person can read. */
    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        return stem.replaceAll("[^A-Za-z0-9.]+", "-").replaceFirst("^" + OURS, "") + "-";
    }

    private static String digest(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
