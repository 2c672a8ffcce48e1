/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.flinker.codec.BatchDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class EntriesTest {

    private final List<String> received = new ArrayList<>();
    private final EntryWriter writer = new EntryWriter(List.of(Types.LONG));

    private boolean read(ByteString entry) throws Exception {
        return new EntryReader<>(Types.LONG, new Recorder(received)).emit(entry);
    }

    @Test
    void recordsWithoutTimestamps() throws Exception {
        writer.add(0, new StreamRecord<>(1L));
        writer.add(0, new StreamRecord<>(-2L));
        assertFalse(read(writer.finish()));
        assertEquals(List.of("1", "-2"), received);
        assertTrue(writer.isEmpty());
    }

    @Test
    void timestampsTravelWithTheirRecords() throws Exception {
        for (long i = 0; i < 1000; i++) {
            writer.add(0, new StreamRecord<>(i, Long.MAX_VALUE - i));
        }
        read(writer.finish());
        assertEquals(1000, received.size());
        assertEquals("999@" + (Long.MAX_VALUE - 999), received.get(999));
    }

    @Test
    void recordsWithAndWithoutTimestampsAreNeverInOneEntry() {
        writer.add(0, new StreamRecord<>(1L, 5));
        assertTrue(writer.takes(new StreamRecord<>(2L, 6)));
        assertFalse(writer.takes(new StreamRecord<>(2L)));
        writer.finish();
        assertTrue(writer.takes(new StreamRecord<>(2L)));
    }

    @Test
    void anEntryThatCompletesAnotherMayBeEmpty() throws Exception {
        assertTrue(read(ByteString.copyFrom(new byte[] {EntryWriter.COMPLETES})));
        assertEquals(List.of(), received);
    }

    @Test
    void anEntryInTheMiddleOfAnArray() throws Exception {
        writer.add(0, new StreamRecord<>(7L, 8));
        ByteString entry = writer.finish();
        ByteString around = ByteString.copyFromUtf8("ab").concat(entry).concat(entry);
        ByteString flat = ByteString.copyFrom(around.toByteArray());
        read(flat.substring(2, 2 + entry.size()));
        assertEquals(List.of("7@8"), received);
    }

    @Test
    void aWatermarkTravelsWithTheFirstEntryAfterIt() {
        EntryWriter plain = new EntryWriter(List.of(Types.LONG));
        plain.add(0, new StreamRecord<>(7L));
        ByteString batch = plain.finish().substring(1);

        writer.watermark(5);
        writer.watermark(0x0102);
        writer.add(0, new StreamRecord<>(7L));
        ByteString marked = writer.finish();
        assertEquals(
                ByteString.copyFrom(new byte[] {4, 2, 1, 0, 0, 0, 0, 0, 0}).concat(batch), marked);
        writer.add(0, new StreamRecord<>(7L));
        assertEquals(ByteString.copyFrom(new byte[] {0}).concat(batch), writer.finish());
    }

    @Test
    void recordsOfTwoInputsKeepTheirOrder() {
        EntryWriter two = new EntryWriter(List.of(Types.LONG, Types.STRING));
        two.watermark(-1);
        two.add(1, new StreamRecord<>("a", 3));
        two.add(0, new StreamRecord<>(7L, 4));
        two.add(1, new StreamRecord<>("b", 5));
        ByteBuffer entry = two.finish().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(EntryWriter.TIMED | EntryWriter.WATERMARK, entry.get());
        assertEquals(-1, entry.getLong());
        assertEquals(3, entry.getInt());
        assertEquals(
                List.of(3L, 4L, 5L), List.of(entry.getLong(), entry.getLong(), entry.getLong()));
        assertEquals(3, entry.getInt());
        assertEquals(
                List.of(1, 0, 1), List.of((int) entry.get(), (int) entry.get(), (int) entry.get()));
        byte[] first = new byte[entry.getInt()];
        entry.get(first);
        assertEquals(7L, new BatchDecoder<>(Types.LONG).open(first).next());
        byte[] second = new byte[entry.remaining()];
        entry.get(second);
        BatchDecoder<String> words = new BatchDecoder<>(Types.STRING).open(second);
        assertEquals(List.of("a", "b"), List.of(words.next(), words.next()));
        assertTrue(two.isEmpty());
    }

    @Test
    void moreRecordsOfTwoInputsThanThereWasRoomFor() {
        EntryWriter two = new EntryWriter(List.of(Types.LONG, Types.LONG));
        for (int i = 0; i < 1000; i++) {
            two.add(i % 2, new StreamRecord<>((long) i));
        }
        ByteString entry = two.finish();
        assertEquals(0, entry.byteAt(5));
        assertEquals(1, entry.byteAt(5 + 999));
    }

    private record Recorder(List<String> received) implements Output<StreamRecord<Long>> {

        @Override
        public void collect(StreamRecord<Long> record) {
            String time = record.hasTimestamp() ? "@" + record.getTimestamp() : "";
            received.add(record.getValue() + time);
        }

        @Override
        public <X> void collect(OutputTag<X> tag, StreamRecord<X> record) {
            throw new AssertionError();
        }

        @Override
        public void emitWatermark(Watermark mark) {
            throw new AssertionError();
        }

        @Override
        public void emitWatermark(WatermarkEvent watermark) {
            throw new AssertionError();
        }

        @Override
        public void emitWatermarkStatus(WatermarkStatus status) {
            throw new AssertionError();
        }

        @Override
        public void emitLatencyMarker(LatencyMarker marker) {
            throw new AssertionError();
        }

        @Override
        public void emitRecordAttributes(RecordAttributes attributes) {
            throw new AssertionError();
        }

        @Override
        public void close() {}
    }
}
