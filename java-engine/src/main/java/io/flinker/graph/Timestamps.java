/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.graph;

import io.flinker.operators.PythonFunction;
import org.apache.flink.api.common.eventtime.RecordTimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Streams whose records get their timestamps from a Python function. */
public final class Timestamps {

    private Timestamps() {}

    /**
     * The records with new timestamps, and watermarks that follow from these.
     *
     * @param assigner sets the timestamp of each record
     * @param strategy makes the watermarks; its own timestamp assigner is not asked
     */
    public static <T> SingleOutputStreamOperator<T> assign(
            DataStream<T> stream, PythonFunction assigner, WatermarkStrategy<T> strategy) {
        SingleOutputStreamOperator<T> timed =
                PythonTransformations.add(stream, assigner, stream.getType());
        PythonTransformations.runLikeInput(timed, stream);
        TimestampAssignerSupplier<T> keep = context -> new RecordTimestampAssigner<>();
        return timed.assignTimestampsAndWatermarks(strategy.withTimestampAssigner(keep));
    }
}
