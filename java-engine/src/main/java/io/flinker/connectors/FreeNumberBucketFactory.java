/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.connectors;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.Bucket;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketWriter;
import org.apache.flink.streaming.api.functions.sink.filesystem.DefaultBucketFactoryImpl;
import org.apache.flink.streaming.api.functions.sink.filesystem.FileLifeCycleListener;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.RollingPolicy;

/**
 * Starts the numbers of part files after those that an earlier job has left in the bucket.
 *
 * <p>Flink starts every job at {@code part-0-0} and replaces the file of that name.
 */
final class FreeNumberBucketFactory<T, B> extends DefaultBucketFactoryImpl<T, B> {

    private static final long serialVersionUID = 1L;

    @Override
    public Bucket<T, B> getNewBucket(
            int subtask,
            B bucketId,
            Path folder,
            long firstNumber,
            BucketWriter<T, B> writer,
            RollingPolicy<T, B> policy,
            FileLifeCycleListener<B> listener,
            OutputFileConfig names) {
        long free;
        try {
            free = firstFree(subtask, folder, names);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(
                    "The files in " + folder + " cannot be listed: " + e.getMessage(), e);
        }
        return super.getNewBucket(
                subtask,
                bucketId,
                folder,
                Math.max(firstNumber, free),
                writer,
                policy,
                listener,
                names);
    }

    /** The number after the highest one of the subtask's files, 0 if there are none. */
    private static long firstFree(int subtask, Path folder, OutputFileConfig names)
            throws IOException {
        FileSystem files = folder.getFileSystem();
        FileStatus[] found;
        try {
            found = files.exists(folder) ? files.listStatus(folder) : null;
        } catch (FileNotFoundException e) {
            return 0;
        }
        if (found == null) {
            return 0;
        }
        Pattern name =
                Pattern.compile(
                        Pattern.quote(names.getPartPrefix() + "-" + subtask + "-")
                                + "(\\d{1,18})"
                                + Pattern.quote(names.getPartSuffix()));
        long free = 0;
        for (FileStatus file : found) {
            Matcher matcher = name.matcher(file.getPath().getName());
            if (matcher.matches()) {
                free = Math.max(free, Long.parseLong(matcher.group(1)) + 1);
            }
        }
        return free;
    }
}
