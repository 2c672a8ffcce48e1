/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * A change of idleness that looks like a watermark, so that it keeps its place in the queue of
 * Flink's asynchronous operator, which takes records and watermarks only.
 *
 * <p>Without a place there, "idle" would overtake the watermarks in the queue, and these would be
 * dropped as those of an idle input are.
 *
 * <p>In a checkpoint it is the last watermark once more, which changes nothing.
 */
final class StatusMark extends Watermark {

    private final transient WatermarkStatus status;

    /**
     * @param lastWatermark the watermark that came before it
     */
    StatusMark(long lastWatermark, WatermarkStatus status) {
        super(lastWatermark);
        this.status = status;
    }

    /** Makes of these marks what they stand for. */
    static final class Unpacking<T> implements Output<StreamRecord<T>> {

        private final Output<StreamRecord<T>> target;

        Unpacking(Output<StreamRecord<T>> target) {
            this.target = target;
        }

        @Override
        public void emitWatermark(Watermark mark) {
            if (mark instanceof StatusMark change) {
                target.emitWatermarkStatus(change.status);
            } else {
                target.emitWatermark(mark);
            }
        }

        @Override
        public void emitWatermark(WatermarkEvent watermark) {
            target.emitWatermark(watermark);
        }

        @Override
        public void emitWatermarkStatus(WatermarkStatus newStatus) {
            target.emitWatermarkStatus(newStatus);
        }

        @Override
        public void emitLatencyMarker(LatencyMarker marker) {
            target.emitLatencyMarker(marker);
        }

        @Override
        public void emitRecordAttributes(RecordAttributes attributes) {
            target.emitRecordAttributes(attributes);
        }

        @Override
        public void collect(StreamRecord<T> record) {
            target.collect(record);
        }

        @Override
        public <X> void collect(OutputTag<X> tag, StreamRecord<X> record) {
            target.collect(tag, record);
        }

        @Override
        public void close() {
            target.close();
        }
    }
}
