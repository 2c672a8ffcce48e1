/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.util.List;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What Python asks about connectors, and Java methods that take arrays, which Python has none of.
 */
public final class Connectors {

    private Connectors() {}

    /** A source of files that are read record by record. */
    public static <T> FileSource.FileSourceBuilder<T> recordFiles(
            StreamFormat<T> format, List<Path> paths) {
        return FileSource.forRecordStreamFormat(format, paths.toArray(new Path[0]));
    }

    /** A source of files that are read batch by batch. */
    public static <T> FileSource.FileSourceBuilder<T> bulkFiles(
            BulkFormat<T, FileSourceSplit> format, List<Path> paths) {
        return FileSource.forBulkFileFormat(format, paths.toArray(new Path[0]));
    }

    /**
     * Refuses a sink's folder that a job in this process could not write into.
     *
     * <p>Of another cluster nothing is known here: it may run elsewhere, and as another user.
     *
     * @throws AccessDeniedException if this user may not write there
     * @throws NotDirectoryException if it, or a folder above it, is a file
     */
    public static void checkOutput(DataStream<?> stream, Path folder) throws IOException {
        if (!Environments.runsHere(stream.getExecutionEnvironment())) {
            return;
        }
        FileSystem files;
        try {
            files = folder.getFileSystem();
        } catch (UnsupportedFileSystemSchemeException e) {
            throw new IllegalArgumentException(
                    "There is no file system to write into " + folder + ". " + e.getMessage());
        }
        if (files instanceof LocalFileSystem) {
            checkLocal(new File(folder.getPath()), folder);
        }
    }

    private static void checkLocal(File there, Path folder) throws IOException {
        while (!there.exists() && there.getParentFile() != null) {
            there = there.getParentFile();
        }
        if (!there.isDirectory()) {
            throw new NotDirectoryException(
                    "A file sink cannot write into " + folder + ", as " + there + " is a file.");
        }
        if (!Files.isWritable(there.toPath()) || !Files.isExecutable(there.toPath())) {
            throw new AccessDeniedException(
                    "A file sink cannot write into "
                            + folder
                            + ": the user "
                            + System.getProperty("user.name")
                            + " has no permission to write in "
                            + there
                            + ".");
        }
    }
}
