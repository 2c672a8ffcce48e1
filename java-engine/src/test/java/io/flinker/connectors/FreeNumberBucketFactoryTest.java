/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.connectors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketWriter;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.RollingPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeNumberBucketFactoryTest {

    @TempDir Path folder;

    private OutputFileConfig names = new OutputFileConfig("part", "");

    @Test
    void aFolderThatIsNotThereHasAllNumbersFree() {
        assertEquals(0, firstNumber("not-there", 0));
    }

    @Test
    void theNumbersGoOnAfterTheHighestOne() throws IOException {
        touch("part-0-0", "part-0-7");
        assertEquals(8, firstNumber("", 0));
    }

    @Test
    void numbersOfOtherSubtasksAndOtherFilesDoNotCount() throws IOException {
        touch("part-1-5", "part-10-5", "part-0-x", "apart-0-9", "part-0-9.txt", ".part-0-9.tmp");
        assertEquals(0, firstNumber("", 0));
    }

    @Test
    void theConfigSaysWhatANameLooksLike() throws IOException {
        names = new OutputFileConfig("a.b+", ".txt");
        touch("a.b+-0-3.txt", "axb+-0-8.txt", "a.b+-0-9.csv");
        assertEquals(4, firstNumber("", 0));
    }

    @Test
    void aHigherNumberOfTheJobItselfWins() throws IOException {
        touch("part-0-3");
        assertEquals(10, firstNumber("", 10));
    }

    private void touch(String... files) throws IOException {
        for (String file : files) {
            Files.createFile(folder.resolve(file));
        }
    }

    @SuppressWarnings("unchecked")
    private long firstNumber(String bucket, long firstOfJob) {
        return new FreeNumberBucketFactory<String, String>()
                .getNewBucket(
                        0,
                        bucket,
                        new org.apache.flink.core.fs.Path(folder.resolve(bucket).toUri()),
                        firstOfJob,
                        unused(BucketWriter.class),
                        unused(RollingPolicy.class),
                        null,
                        names)
                .getPartCounter();
    }

    private static <T> T unused(Class<T> kind) {
        return kind.cast(
                Proxy.newProxyInstance(
                        kind.getClassLoader(),
                        new Class<?>[] {kind},
                        (proxy, method, arguments) -> {
                            throw new AssertionError(method + " is called");
                        }));
    }
}
