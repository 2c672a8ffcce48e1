/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.flinker.codec.BatchEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {

    private final List<String> received = new ArrayList<>();

    private boolean read(byte[] entry) {
        return new AnswerReader<>(Types.STRING).read(ByteString.copyFrom(entry), this::take);
    }

    private void take(long number, Collection<String> results) {
        received.add(number + " " + results);
    }

    @Test
    void resultsGoToTheirRecords() {
        BatchEncoder<String> encoder = new BatchEncoder<>(Types.STRING);
        List.of("a", "b", "c").forEach(encoder::add);
        byte[] batch = encoder.finish();
        ByteBuffer entry = ByteBuffer.allocate(1 + 4 + 3 * 12 + batch.length);
        entry.order(ByteOrder.LITTLE_ENDIAN).put((byte) 8).putInt(3);
        entry.putLong(1L << 40).putLong(0).putLong(7);
        entry.putInt(2).putInt(0).putInt(1).put(batch);
        assertFalse(read(entry.array()));
        assertEquals(List.of((1L << 40) + " [a, b]", "0 []", "7 [c]"), received);
    }

    @Test
    void anEntryIsTakenUp() {
        assertTrue(read(new byte[] {EntryWriter.COMPLETES}));
        assertEquals(List.of(), received);
    }
}
