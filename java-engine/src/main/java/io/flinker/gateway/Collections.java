/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import io.flinker.codec.TypeDescriptors;
import io.flinker.connectors.CollectionSource;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The values of a program's collections as streams. */
public final class Collections {

    private Collections() {}

    /**
     * The stream of the values that Python has written into a file.
     *
     * <p>The file is read at once, and of no use afterwards.
     *
     * @param path a file of batches, each after its length in four bytes
     * @param descriptor the type of the values
     */
    public static DataStream<?> source(
            StreamExecutionEnvironment environment, String path, byte[] descriptor)
            throws IOException {
        return source(environment, read(Path.of(path)), TypeDescriptors.parse(descriptor));
    }

    private static <T> DataStream<T> source(
            StreamExecutionEnvironment environment, List<byte[]> batches, TypeInformation<T> type) {
        CollectionSource<T> source =
                Environments.runsHere(environment)
                        ? CollectionSource.shared(batches, type)
                        : CollectionSource.carried(batches, type);
        return environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "Collection Source", type)
                .setParallelism(1)
                .forceNonParallel();
    }

    private static List<byte[]> read(Path file) throws IOException {
        List<byte[]> batches = new ArrayList<>();
        long left = Files.size(file);
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (left > 0) {
                byte[] batch = new byte[in.readInt()];
                in.readFully(batch);
                batches.add(batch);
                left -= Integer.BYTES + batch.length;
            }
        }
        return batches;
    }
}
