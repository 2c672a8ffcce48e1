/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * An operator's output in which everything that is no record keeps its place among the records: it
 * goes on when the results of all records before it have gone.
 *
 * <p>So an operator decides what to send when something arrives, as Flink's own do (for one, how
 * the watermarks of two inputs combine), and only the sending waits.
 */
final class OrderedOutput<T> implements Output<StreamRecord<T>> {

    private final Output<StreamRecord<T>> target;
    private final PythonExchange<T> exchange;

    OrderedOutput(Output<StreamRecord<T>> target, PythonExchange<T> exchange) {
        this.target = target;
        this.exchange = exchange;
    }

    private void later(ThrowingRunnable<Exception> event) {
        try {
            exchange.afterResults(event);
        } catch (Exception e) {
            ExceptionUtils.rethrow(e);
        }
    }

    @Override
    public void emitWatermark(Watermark mark) {
        // the operator's timers have fired by now
        try {
            exchange.endTimers();
        } catch (Exception e) {
            ExceptionUtils.rethrow(e);
        }
        later(() -> target.emitWatermark(mark));
        exchange.watermark(mark.getTimestamp());
    }

    @Override
    public void emitWatermark(WatermarkEvent watermark) {
        later(() -> target.emitWatermark(watermark));
    }

    @Override
    public void emitWatermarkStatus(WatermarkStatus status) {
        later(() -> target.emitWatermarkStatus(status));
    }

    @Override
    public void emitLatencyMarker(LatencyMarker marker) {
        later(() -> target.emitLatencyMarker(marker));
    }

    @Override
    public void emitRecordAttributes(RecordAttributes attributes) {
        later(() -> target.emitRecordAttributes(attributes));
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
