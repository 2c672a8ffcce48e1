/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.testing;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/** Writes down what arrives: records with their timestamps, and everything that is no record. */
public final class EventLog extends AbstractStreamOperator<String>
        implements OneInputStreamOperator<Object, String>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(StreamRecord<Object> element) {
        String time = element.hasTimestamp() ? "@" + element.getTimestamp() : "";
        write(element.getValue() + time);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        write("watermark " + mark.getTimestamp());
        super.processWatermark(mark);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        write(status.toString());
        super.processWatermarkStatus(status);
    }

    @Override
    public void endInput() {
        write("end");
    }

    private void write(String event) {
        output.collect(new StreamRecord<>(event));
    }
}
