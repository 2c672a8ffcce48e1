/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.testing;

import org.apache.flink.api.common.functions.ReduceFunction;
import org.apache.flink.api.common.state.ReducingState;
import org.apache.flink.api.common.state.ReducingStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * Fires 10 ms after the start of a window, with every third number, and at the end; numbers that
 * are multiples of 7 empty the window.
 */
public final class EarlyTrigger extends Trigger<Long, TimeWindow> {

    private static final long serialVersionUID = 1L;
    private static final int EARLY = 10;
    private static final ReduceFunction<Long> SUM = Long::sum;

    private final ReducingStateDescriptor<Long> count =
            new ReducingStateDescriptor<>("early", SUM, Types.LONG);

    @Override
    public TriggerResult onElement(
            Long number, long timestamp, TimeWindow window, TriggerContext context)
            throws Exception {
        if (window.getStart() + EARLY > context.getCurrentWatermark()) {
            context.registerEventTimeTimer(window.getStart() + EARLY);
        }
        context.registerEventTimeTimer(window.maxTimestamp());
        if (number % 7 == 0) {
            return TriggerResult.PURGE;
        }
        ReducingState<Long> state = context.getPartitionedState(count);
        state.add(1L);
        if (state.get() < 3) {
            return TriggerResult.CONTINUE;
        }
        state.clear();
        return number % 2 == 0 ? TriggerResult.FIRE : TriggerResult.FIRE_AND_PURGE;
    }

    @Override
    public TriggerResult onEventTime(long time, TimeWindow window, TriggerContext context) {
        return TriggerResult.FIRE;
    }

    @Override
    public TriggerResult onProcessingTime(long time, TimeWindow window, TriggerContext context) {
        return TriggerResult.CONTINUE;
    }

    @Override
    public boolean canMerge() {
        return true;
    }

    @Override
    public void onMerge(TimeWindow window, OnMergeContext context) {
        context.mergePartitionedState(count);
        context.registerEventTimeTimer(window.maxTimestamp());
    }

    @Override
    public void clear(TimeWindow window, TriggerContext context) throws Exception {
        context.deleteEventTimeTimer(window.getStart() + EARLY);
        context.deleteEventTimeTimer(window.maxTimestamp());
        context.getPartitionedState(count).clear();
    }
}
