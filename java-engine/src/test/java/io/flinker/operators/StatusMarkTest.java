/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamElementSerializer;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.Test;

class StatusMarkTest {

    @Test
    void inACheckpointItIsTheLastWatermark() throws Exception {
        var serializer = new StreamElementSerializer<>(LongSerializer.INSTANCE);
        DataOutputSerializer bytes = new DataOutputSerializer(64);
        serializer.serialize(new StatusMark(5, WatermarkStatus.IDLE), bytes);
        var input = new DataInputDeserializer(bytes.getCopyOfBuffer());
        assertEquals(new Watermark(5), serializer.deserialize(input));
    }
}
