/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.testing;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/** Watermarks and idleness that follow from the events alone, whatever the clock says. */
public final class EveryEvent implements WatermarkStrategy<Long> {

    private static final long serialVersionUID = 1L;

    @Override
    public WatermarkGenerator<Long> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        return new Generator();
    }

    /** What a Python assigner of the tests says too. */
    @Override
    public TimestampAssigner<Long> createTimestampAssigner(
            TimestampAssignerSupplier.Context context) {
        return (event, time) -> 3 * event + (time == Long.MIN_VALUE ? 1 : time % 10);
    }

    private static final class Generator implements WatermarkGenerator<Long> {

        @Override
        public void onEvent(Long event, long time, WatermarkOutput output) {
            output.emitWatermark(new Watermark(time - 5));
            if (event % 7 == 0) {
                output.markIdle();
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }
}
