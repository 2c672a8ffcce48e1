/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.functions.ReduceFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.datastream.WindowedStream;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.DynamicEventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.SessionWindowTimeGapExtractor;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.api.windowing.windows.Window;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Windows of numbers whose keys are their remainders of 5, as Flink's own operators make them. */
public final class WindowedNumbers {

    private static final OutputTag<Long> LATE = new OutputTag<>("late", Types.LONG);
    private static final ReduceFunction<Long> SUM = Long::sum;

    private WindowedNumbers() {}

    /**
     * The results of windows.
     *
     * @param trigger is null for that of the assigner
     * @param function is one of sum, list and process
     */
    @SuppressWarnings("unchecked")
    public static <W extends Window> SingleOutputStreamOperator<String> of(
            DataStream<Long> numbers,
            WindowAssigner<? super Long, W> assigner,
            Trigger<? super Long, ? super W> trigger,
            long latenessMillis,
            String function) {
        WindowedStream<Long, Long, W> windows =
                numbers.keyBy(number -> number % 5, Types.LONG)
                        .window(assigner)
                        .sideOutputLateData(LATE);
        if (latenessMillis > 0) {
            windows = windows.allowedLateness(java.time.Duration.ofMillis(latenessMillis));
        }
        if (trigger != null) {
            windows = windows.trigger(trigger);
        }
        return switch (function) {
            case "sum" -> windows.reduce(SUM, new Describe<Long, W>(), Types.STRING);
            case "list" ->
                    windows.aggregate(
                            new Concat(),
                            new Describe<String, W>(),
                            Types.LIST(Types.LONG),
                            Types.STRING,
                            Types.STRING);
            default -> windows.process(new Count<>(), Types.STRING);
        };
    }

    /** Sessions whose gaps the numbers say. */
    public static DynamicEventTimeSessionWindows<Long> dynamicSessions() {
        return EventTimeSessionWindows.withDynamicGap(
                (SessionWindowTimeGapExtractor<Long>) number -> 5 + number % 11);
    }

    static String text(long key, Window window, Object contents) {
        String span =
                window instanceof TimeWindow time
                        ? time.getStart() + ".." + time.getEnd()
                        : "everything";
        return key + " " + span + " " + contents;
    }

    /** Says what has become of the numbers. */
    static final class Describe<T, W extends Window>
            extends ProcessWindowFunction<T, String, Long, W> {

        private static final long serialVersionUID = 1L;

        @Override
        public void process(Long key, Context context, Iterable<T> values, Collector<String> out) {
            for (T value : values) {
                out.collect(
                        text(key, context.window(), value) + " at " + context.currentWatermark());
            }
        }
    }

    /** Counts windows of a key, and how often each window fires. */
    static final class Count<W extends Window>
            extends ProcessWindowFunction<Long, String, Long, W> {

        private static final long serialVersionUID = 1L;
        // of two names: in Java both would be the same object, and stand for what was asked last
        private static final ValueStateDescriptor<Long> WINDOWS =
                new ValueStateDescriptor<>("windows", Types.LONG);
        private static final ValueStateDescriptor<Long> FIRED =
                new ValueStateDescriptor<>("fired", Types.LONG);

        @Override
        public void process(Long key, Context context, Iterable<Long> values, Collector<String> out)
                throws Exception {
            List<Long> numbers = new ArrayList<>();
            values.forEach(numbers::add);
            out.collect(text(key, context.window(), numbers));
            ValueState<Long> ofKey = context.globalState().getState(WINDOWS);
            ofKey.update(ofKey.value() == null ? 1 : ofKey.value() + 1);
            ValueState<Long> ofWindow = context.windowState().getState(FIRED);
            ofWindow.update(ofWindow.value() == null ? 1 : ofWindow.value() + 1);
            out.collect(ofKey.value() + " " + ofWindow.value());
        }

        @Override
        public void clear(Context context) throws Exception {
            context.windowState().getState(FIRED).clear();
        }
    }

    /** Writes numbers one after the other; those of windows that become one in their order. */
    static final class Concat implements AggregateFunction<Long, List<Long>, String> {

        private static final long serialVersionUID = 1L;

        @Override
        public List<Long> createAccumulator() {
            return new ArrayList<>();
        }

        @Override
        public List<Long> add(Long number, List<Long> numbers) {
            numbers.add(number);
            return numbers;
        }

        @Override
        public String getResult(List<Long> numbers) {
            List<Long> sorted = new ArrayList<>(numbers);
            Collections.sort(sorted);
            return sorted.toString();
        }

        @Override
        public List<Long> merge(List<Long> a, List<Long> b) {
            a.addAll(b);
            return a;
        }
    }
}
