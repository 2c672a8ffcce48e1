/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.connectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flinker.codec.BatchEncoder;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class CollectionSourceTest {

    private final List<String> calls = new ArrayList<>();
    private final List<Integer> emitted = new ArrayList<>();
    private final ReaderOutput<Integer> output = output();

    // an empty batch at every place where there may be one
    private final CollectionSource<Integer> source =
            source(List.of(), List.of(1, 2, 3), List.of(), List.of(4), List.of());

    @Test
    void aReaderAsksForTheCollectionAndEmitsItsValuesInTheirOrder() throws Exception {
        SourceReader<Integer, CollectionSplit> reader = source.createReader(readerContext());
        reader.start();
        assertEquals(List.of("sendSplitRequest"), calls);
        assertEquals(InputStatus.NOTHING_AVAILABLE, reader.pollNext(output));
        assertFalse(reader.isAvailable().isDone());
        assertEquals(List.of(), reader.snapshotState(1));

        reader.addSplits(List.of(CollectionSplit.START));
        assertTrue(reader.isAvailable().isDone());
        assertEquals(List.of(1, 2, 3, 4), rest(reader));
        assertEquals(InputStatus.END_OF_INPUT, reader.pollNext(output));
    }

    @Test
    void aReaderThatGetsNothingEnds() throws Exception {
        SourceReader<Integer, CollectionSplit> reader = source.createReader(readerContext());
        reader.start();
        reader.notifyNoMoreSplits();
        assertTrue(reader.isAvailable().isDone());
        assertEquals(List.of(), rest(reader));
    }

    @Test
    void anEmptyCollectionEnds() throws Exception {
        for (CollectionSource<Integer> empty : List.of(source(), source(List.of()))) {
            SourceReader<Integer, CollectionSplit> reader = empty.createReader(readerContext());
            reader.addSplits(List.of(CollectionSplit.START));
            assertEquals(List.of(), rest(reader));
        }
    }

    @Test
    void aRestoredReaderGoesOnExactlyWhereTheOtherStood() throws Exception {
        List<Integer> all = List.of(1, 2, 3, 4);
        for (int done = 0; done <= all.size(); done++) {
            emitted.clear();
            SourceReader<Integer, CollectionSplit> reader = source.createReader(readerContext());
            reader.addSplits(List.of(CollectionSplit.START));
            for (int i = 0; i < done; i++) {
                reader.pollNext(output);
            }
            assertEquals(all.subList(0, done), emitted);
            List<CollectionSplit> state = throughBytes(reader.snapshotState(1));
            assertEquals(all.subList(done, all.size()), rest(reader));

            calls.clear();
            SourceReader<Integer, CollectionSplit> restored = source.createReader(readerContext());
            restored.addSplits(state);
            restored.start();
            assertEquals(List.of(), calls);
            assertEquals(all.subList(done, all.size()), rest(restored));
            assertEquals(List.of(), rest(restoredFrom(throughBytes(restored.snapshotState(2)))));
        }
    }

    @Test
    void theCollectionIsHandedOutOnce() throws Exception {
        SplitEnumerator<CollectionSplit, Boolean> enumerator =
                source.createEnumerator(enumeratorContext());
        enumerator.start();
        assertEquals(false, enumerator.snapshotState(1));
        enumerator.handleSplitRequest(3, "host");
        assertEquals(List.of("assignSplit 3"), calls);
        assertEquals(true, enumerator.snapshotState(2));
        calls.clear();
        enumerator.handleSplitRequest(4, "host");
        assertEquals(List.of("signalNoMoreSplits 4"), calls);
    }

    @Test
    void aCollectionThatComesBackIsHandedOutAgain() throws Exception {
        SplitEnumerator<CollectionSplit, Boolean> enumerator =
                source.createEnumerator(enumeratorContext());
        enumerator.handleSplitRequest(0, "host");
        enumerator.addSplitsBack(List.of(CollectionSplit.START), 0);
        assertEquals(false, enumerator.snapshotState(1));
        calls.clear();
        enumerator.handleSplitRequest(0, "host");
        assertEquals(List.of("assignSplit 0"), calls);
    }

    @Test
    void aRestoredEnumeratorKnowsWhetherItHandedTheCollectionOut() throws Exception {
        for (boolean assigned : List.of(true, false)) {
            var serializer = source.getEnumeratorCheckpointSerializer();
            boolean state =
                    serializer.deserialize(serializer.getVersion(), serializer.serialize(assigned));
            SplitEnumerator<CollectionSplit, Boolean> enumerator =
                    source.restoreEnumerator(enumeratorContext(), state);
            assertEquals(assigned, enumerator.snapshotState(1));
        }
    }

    @Test
    void stateOfAnotherReleaseIsRefused() throws IOException {
        byte[] position = source.getSplitSerializer().serialize(CollectionSplit.START);
        assertThrows(IOException.class, () -> source.getSplitSerializer().deserialize(2, position));
        assertThrows(
                IOException.class,
                () -> source.getEnumeratorCheckpointSerializer().deserialize(2, new byte[1]));
    }

    @Test
    void sharedValuesStayWhereTheyAre() throws Exception {
        byte[] batch = new byte[100_000];
        CollectionSource<Integer> shared = CollectionSource.shared(List.of(batch), Types.INT);
        byte[] bytes = InstantiationUtil.serializeObject(shared);
        assertTrue(bytes.length < 2_000, bytes.length + " bytes");
        assertSame(batch, batches(clone(shared))[0]);
        assertSame(batch, batches(clone(clone(shared)))[0]);
    }

    /** The embedded cluster keeps the graphs of the jobs that run, for this. */
    @Test
    void theGraphOfAJobKeepsSharedValuesAndNothingElseDoes() throws Exception {
        Deque<StreamGraph> graphs = new ArrayDeque<>();
        byte[] bytes = submitted(graphs);
        System.gc();
        InstantiationUtil.deserializeObject(bytes, getClass().getClassLoader());
        graphs.clear();
        System.gc();
        assertThrows(
                InvalidObjectException.class,
                () -> InstantiationUtil.deserializeObject(bytes, getClass().getClassLoader()));
    }

    private static byte[] submitted(Deque<StreamGraph> graphs) throws Exception {
        CollectionSource<Integer> shared = CollectionSource.shared(List.of(), Types.INT);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment();
        environment
                .fromSource(shared, WatermarkStrategy.noWatermarks(), "numbers")
                .sinkTo(new DiscardingSink<>());
        StreamGraph graph = environment.getStreamGraph();
        graph.serializeUserDefinedInstances();
        graphs.add(graph);
        return InstantiationUtil.serializeObject(shared);
    }

    @Test
    void sharedValuesOfAnotherProcessAreRefused() throws Exception {
        SharedBatches shared = SharedBatches.of(new byte[0][]);
        byte[] bytes = InstantiationUtil.serializeObject(shared);
        String ours = ProcessHandle.current().pid() + "-";
        // the same number, made by a process of another name
        String theirs = "x".repeat(ours.length());
        byte[] foreign =
                new String(bytes, StandardCharsets.ISO_8859_1)
                        .replace(ours, theirs)
                        .getBytes(StandardCharsets.ISO_8859_1);
        Exception refused =
                assertThrows(
                        InvalidObjectException.class,
                        () ->
                                InstantiationUtil.deserializeObject(
                                        foreign, getClass().getClassLoader()));
        assertTrue(refused.getMessage().endsWith("it cannot run in another one"), "message");
        assertSame(shared, clone(shared));
    }

    @Test
    void carriedValuesGoAlong() throws Exception {
        CollectionSource<Integer> copy = clone(source);
        assertNotSame(batches(source)[1], batches(copy)[1]);
        SourceReader<Integer, CollectionSplit> reader = copy.createReader(readerContext());
        reader.addSplits(List.of(CollectionSplit.START));
        assertEquals(List.of(1, 2, 3, 4), rest(reader));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the lists are only read
    private static CollectionSource<Integer> source(List<Integer>... batches) {
        BatchEncoder<Integer> encoder = new BatchEncoder<>(Types.INT);
        return CollectionSource.carried(
                Arrays.stream(batches).map(encoder::encode).toList(), Types.INT);
    }

    private static byte[][] batches(CollectionSource<?> source) throws Exception {
        var field = CollectionSource.class.getDeclaredField("batches");
        field.setAccessible(true);
        return ((Batches) field.get(source)).get();
    }

    private static <T extends java.io.Serializable> T clone(T object) throws Exception {
        return InstantiationUtil.clone(object);
    }

    private List<CollectionSplit> throughBytes(List<CollectionSplit> splits) throws IOException {
        var serializer = source.getSplitSerializer();
        List<CollectionSplit> copies = new ArrayList<>();
        for (CollectionSplit split : splits) {
            copies.add(
                    serializer.deserialize(serializer.getVersion(), serializer.serialize(split)));
        }
        return copies;
    }

    private SourceReader<Integer, CollectionSplit> restoredFrom(List<CollectionSplit> splits)
            throws Exception {
        SourceReader<Integer, CollectionSplit> reader = source.createReader(readerContext());
        reader.addSplits(splits);
        return reader;
    }

    /** What a reader emits until it ends. */
    private List<Integer> rest(SourceReader<Integer, CollectionSplit> reader) throws Exception {
        emitted.clear();
        InputStatus status;
        do {
            status = reader.pollNext(output);
            assertNotSame(InputStatus.NOTHING_AVAILABLE, status);
        } while (status != InputStatus.END_OF_INPUT);
        return List.copyOf(emitted);
    }

    @SuppressWarnings("unchecked")
    private ReaderOutput<Integer> output() {
        return (ReaderOutput<Integer>)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {ReaderOutput.class},
                        (proxy, method, arguments) -> {
                            assertEquals("collect", method.getName());
                            emitted.add((Integer) arguments[0]);
                            return null;
                        });
    }

    private SourceReaderContext readerContext() {
        return (SourceReaderContext)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {SourceReaderContext.class},
                        (proxy, method, arguments) -> {
                            calls.add(method.getName());
                            return null;
                        });
    }

    @SuppressWarnings("unchecked")
    private SplitEnumeratorContext<CollectionSplit> enumeratorContext() {
        return (SplitEnumeratorContext<CollectionSplit>)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {SplitEnumeratorContext.class},
                        (proxy, method, arguments) -> {
                            Object subtask = arguments[arguments.length - 1];
                            calls.add(method.getName() + " " + subtask);
                            return null;
                        });
    }
}
