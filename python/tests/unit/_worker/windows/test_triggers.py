# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Triggers other than those that windows come with."""

from __future__ import annotations

from operator import add

import pytest

from pyflink.common import Types
from pyflink.datastream.state import (
    AggregatingStateDescriptor,
    ListStateDescriptor,
    MapStateDescriptor,
    ReducingStateDescriptor,
    ValueStateDescriptor,
)
from pyflink.datastream.window import (
    ContinuousEventTimeTrigger,
    ContinuousProcessingTimeTrigger,
    CountTrigger,
    EventTimeSessionWindows,
    EventTimeTrigger,
    GlobalWindows,
    NeverTrigger,
    ProcessingTimeTrigger,
    PurgingTrigger,
    TimeWindow,
    Trigger,
    TriggerResult,
    TumblingEventTimeWindows,
    TumblingProcessingTimeWindows,
)

MAX = 2**63 - 1
LONG = Types.LONG()


class Custom(Trigger):
    """Does what it is told: a function for each occasion."""

    def __init__(self, on_element=None, on_time=None, on_merge=None, clear=None) -> None:
        self._on_element = on_element
        self._on_time = on_time
        self._on_merge = on_merge
        self._clear = clear

    def on_element(self, element, timestamp, window, ctx):
        if self._on_element:
            return self._on_element(element, timestamp, window, ctx)
        return TriggerResult.CONTINUE

    def on_event_time(self, time, window, ctx):
        if self._on_time:
            return self._on_time("event", time, window, ctx)
        return TriggerResult.CONTINUE

    def on_processing_time(self, time, window, ctx):
        if self._on_time:
            return self._on_time("processing", time, window, ctx)
        return TriggerResult.CONTINUE

    def can_merge(self):
        return self._on_merge is not None

    def on_merge(self, window, ctx):
        self._on_merge(window, ctx)

    def clear(self, window, ctx):
        if self._clear:
            self._clear(window, ctx)


@pytest.fixture
def tens() -> TumblingEventTimeWindows:
    return TumblingEventTimeWindows(10, 0)


# ---- those that there are


def test_continuous_event_time(harness) -> None:
    windows = harness(
        TumblingEventTimeWindows(20, 0),
        ContinuousEventTimeTrigger(8),
        reduce=add,
        element_type=LONG,
    )
    windows.send_all((1, 3), (2, 4))
    assert windows.watermark(7) == []
    assert windows.watermark(8) == [(3, 8 + 11)]
    windows.send(4, 9)
    assert windows.watermark(16) == [(7, 19)]
    assert windows.watermark(19) == [(7, 19)]
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_continuous_event_time_past_the_end_of_the_window(harness) -> None:
    windows = harness(TumblingEventTimeWindows(10, 0), ContinuousEventTimeTrigger(4), lateness=5)
    windows.watermark(9)
    assert windows.send("x", 1) == [(["x"], 9)]
    assert windows.send("y", 1) == [(["x", "y"], 9)]
    assert windows.watermark(MAX) == []
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_continuous_event_time_of_sessions(harness) -> None:
    windows = harness(
        EventTimeSessionWindows(10), ContinuousEventTimeTrigger(6), reduce=add, element_type=LONG
    )
    windows.send_all((1, 1), (2, 9))
    assert windows.watermark(6) == [(3, 18)]
    # at 12, and at 18, its end
    assert windows.watermark(MAX) == [(3, 18)] * 2
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_continuous_processing_time(harness) -> None:
    windows = harness(
        TumblingProcessingTimeWindows(20, 0),
        ContinuousProcessingTimeTrigger(8),
        reduce=add,
        element_type=LONG,
    )
    windows.clock(3)
    windows.send(1)
    assert windows.clock(8) == [(1, 19)]
    windows.send(2)
    assert windows.clock(100) == [(3, 19), (3, 19)]
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_continuous_processing_time_of_sessions_of_event_time(harness) -> None:
    windows = harness(
        EventTimeSessionWindows(10),
        ContinuousProcessingTimeTrigger(8),
        reduce=add,
        element_type=LONG,
    )
    windows.send_all((1, 1), (2, 9))
    assert windows.clock(8) == [(3, 18)]
    assert windows.watermark(18) == []
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_count_of_sessions(harness) -> None:
    windows = harness(EventTimeSessionWindows(10), CountTrigger(3), reduce=add, element_type=LONG)
    assert windows.send_all((1, 0), (2, 15)) == []
    # three records together
    assert windows.send(4, 8) == [(7, 24)]
    assert windows.send_all((8, 8), (16, 8)) == []
    assert windows.send(32, 8) == [(63, 24)]
    assert windows.watermark(MAX) == []
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_purging_drops_the_records_but_the_window_goes_on(harness, tens) -> None:
    windows = harness(tens, PurgingTrigger.of(CountTrigger.of(2)))
    assert windows.send_all(("a", 0), ("b", 1), ("c", 2)) == [(["a", "b"], 9)]
    assert windows.watermark(9) == []
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_purging_event_time_counts_late_records_for_themselves(harness, tens) -> None:
    windows = harness(tens, PurgingTrigger(EventTimeTrigger()), lateness=5)
    windows.send("a", 0)
    assert windows.watermark(9) == [(["a"], 9)]
    assert windows.send("b", 0) == [(["b"], 9)]


def test_processing_time_for_windows_of_event_time(harness, tens) -> None:
    windows = harness(tens, ProcessingTimeTrigger())
    windows.send("a", 0)
    assert windows.clock(9) == [(["a"], 9)]
    assert windows.watermark(9) == []
    assert windows.state_size() == 0


def test_event_time_for_windows_of_processing_time(harness) -> None:
    windows = harness(TumblingProcessingTimeWindows(10, 0), EventTimeTrigger())
    windows.send("a", 0)
    assert windows.watermark(9) == [(["a"], 9)]
    assert windows.clock(9) == []
    assert windows.state_size() == 0


def test_never(harness, tens) -> None:
    windows = harness(tens, NeverTrigger())
    windows.send("a", 0)
    assert windows.watermark(MAX) == []
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


# ---- those of the user's


def test_results_of_a_trigger(harness, tens) -> None:
    windows = harness(tens, Custom(lambda element, *_: element))
    assert windows.send(TriggerResult.CONTINUE, 0) == []
    assert windows.send(TriggerResult.FIRE, 0) == [
        ([TriggerResult.CONTINUE, TriggerResult.FIRE], 9)
    ]
    assert len(windows.send(TriggerResult.FIRE_AND_PURGE, 0)[0][0]) == 3
    assert windows.send(TriggerResult.PURGE, 0) == []
    assert windows.send(TriggerResult.FIRE, 0) == [([TriggerResult.FIRE], 9)]


@pytest.mark.parametrize("result", [None, True, "FIRE"])
def test_what_is_no_result_is_refused(harness, tens, result) -> None:
    windows = harness(tens, Custom(lambda *_: result))
    with pytest.raises(TypeError, match=rf"Custom.on_element\(\) returns a .* not {result!r}"):
        windows.send("x", 0)
    windows = harness(tens, PurgingTrigger(Custom(lambda *_: result)))
    with pytest.raises(TypeError, match=rf"Custom.on_element\(\) returns a .* not {result!r}"):
        windows.send("x", 0)


def test_a_trigger_with_timers_of_both_kinds(harness, tens) -> None:
    calls = []

    def on_element(element, timestamp, window, ctx):
        calls.append((element, timestamp, window))
        ctx.register_event_time_timer(3)
        ctx.register_event_time_timer(5)
        ctx.delete_event_time_timer(5)
        ctx.register_processing_time_timer(3)
        ctx.register_processing_time_timer(5)
        ctx.delete_processing_time_timer(5)
        return TriggerResult.CONTINUE

    def on_time(kind, time, window, ctx):
        calls.append((kind, time, window))
        return TriggerResult.FIRE

    windows = harness(tens, Custom(on_element, on_time))
    windows.send("x", 1)
    assert windows.clock(8) == [(["x"], 9)]
    assert windows.watermark(8) == [(["x"], 9)]
    window = TimeWindow(0, 10)
    assert calls == [("x", 1, window), ("processing", 3, window), ("event", 3, window)]


def test_the_time(harness, tens) -> None:
    calls = []

    def on_element(element, timestamp, window, ctx):
        calls.append((ctx.get_current_watermark(), ctx.get_current_processing_time()))
        ctx.get_metric_group().counter("seen").inc()
        return TriggerResult.CONTINUE

    windows = harness(tens, Custom(on_element))
    windows.send("x", 1)
    windows.clock(7)
    windows.watermark(5)
    windows.send("x", 1)
    assert calls == [(-(2**63), 0), (5, 7)]
    assert windows.runtime.counters["seen"].count == 2


def test_state_belongs_to_the_key_and_the_window(harness, tens) -> None:
    count = ValueStateDescriptor("count", LONG)

    def on_element(element, timestamp, window, ctx):
        state = ctx.get_partitioned_state(count)
        state.update((state.value() or 0) + 1)
        return TriggerResult.FIRE if state.value() == 2 else TriggerResult.CONTINUE

    def clear(window, ctx):
        ctx.get_partitioned_state(count).clear()

    windows = harness(tens, Custom(on_element, clear=clear))
    assert windows.send("a", 0, key=1) == []
    assert windows.send("b", 10, key=1) == []
    assert windows.send("c", 0, key=2) == []
    assert windows.send("d", 1, key=1) == [(["a", "d"], 9)]
    windows.watermark(MAX)
    assert windows.state_size() == 0


@pytest.mark.parametrize(
    ("descriptor", "expected"),
    [
        (ReducingStateDescriptor("merged", add, LONG), 7),
        (ListStateDescriptor("merged", LONG), [1, 2, 4]),
    ],
    ids=["reduced", "list"],
)
def test_state_of_windows_that_become_one(harness, descriptor, expected) -> None:
    found = []

    def on_element(element, timestamp, window, ctx):
        state = ctx.get_partitioned_state(descriptor)
        state.add(element)
        found.append(state.get())
        return TriggerResult.CONTINUE

    def clear(window, ctx):
        ctx.get_partitioned_state(descriptor).clear()

    merged = []

    def on_merge(window, ctx):
        merged.append(window)
        ctx.merge_partitioned_state(descriptor)

    windows = harness(EventTimeSessionWindows(10), Custom(on_element, None, on_merge, clear))
    windows.send_all((1, 0), (2, 15), (4, 8))
    assert found[-1] == expected
    assert merged == [TimeWindow(0, 25)]
    windows.watermark(MAX)
    assert windows.state_size() == 0


@pytest.mark.parametrize(
    "descriptor",
    [ValueStateDescriptor("x", LONG), MapStateDescriptor("x", LONG, LONG)],
    ids=["value", "map"],
)
def test_state_that_cannot_be_merged(harness, descriptor) -> None:
    trigger = Custom(on_merge=lambda window, ctx: ctx.merge_partitioned_state(descriptor))
    windows = harness(EventTimeSessionWindows(10), trigger)
    windows.send("a", 0)
    with pytest.raises(TypeError, match=r"state 'x' is a (Value|Map)State, which cannot be merged"):
        windows.send("b", 5)


def test_state_of_another_kind_under_the_same_name_is_other_state(harness, tens) -> None:
    def on_element(element, timestamp, window, ctx):
        value = ctx.get_partitioned_state(ValueStateDescriptor("x", LONG))
        value.update(element)
        elements = ctx.get_partitioned_state(ListStateDescriptor("x", LONG))
        assert list(elements) == []
        assert value.value() == element
        return TriggerResult.FIRE

    assert harness(tens, Custom(on_element)).send(1, 0) == [([1], 9)]


def test_what_is_no_descriptor(harness, tens) -> None:
    trigger = Custom(lambda element, timestamp, window, ctx: ctx.get_partitioned_state("x"))
    with pytest.raises(TypeError, match="State is named by a descriptor, for example Val.*'x'"):
        harness(tens, trigger).send("a", 0)


def test_a_timer_that_a_merged_window_has_left_behind(harness) -> None:
    def on_element(element, timestamp, window, ctx):
        ctx.register_event_time_timer(window.start + 1)
        return TriggerResult.CONTINUE

    calls = []

    def on_time(kind, time, window, ctx):
        calls.append((time, window))
        return TriggerResult.CONTINUE

    trigger = Custom(on_element, on_time, lambda window, ctx: None)
    windows = harness(EventTimeSessionWindows(10), trigger)
    windows.send_all(("a", 5), ("b", 0))
    windows.watermark(MAX)
    # the one at 6 was that of the window from 5, which is no more
    assert calls == [(1, TimeWindow(0, 15)), (14, TimeWindow(0, 15))]


def test_an_order_of_calls(harness) -> None:
    calls = []

    def note(name):
        def call(*arguments):
            window = arguments[-2]
            calls.append((name, window.start, window.end))
            return TriggerResult.CONTINUE

        return call

    trigger = Custom(note("element"), note("time"), note("merge"), note("clear"))
    windows = harness(EventTimeSessionWindows(10), trigger)
    windows.send_all(("a", 0), ("b", 15), ("c", 8))
    windows.watermark(MAX)
    assert calls == [
        ("element", 0, 10),
        ("element", 15, 25),
        ("merge", 0, 25),
        ("clear", 0, 10),
        ("clear", 15, 25),
        ("element", 0, 25),
        ("time", 0, 25),
        ("clear", 0, 25),
    ]


def test_the_global_window_with_a_trigger_of_the_users(harness) -> None:
    def on_element(element, timestamp, window, ctx):
        ctx.register_event_time_timer(timestamp)
        return TriggerResult.CONTINUE

    trigger = Custom(on_element, lambda kind, time, window, ctx: TriggerResult.FIRE_AND_PURGE)
    windows = harness(GlobalWindows(), trigger)
    windows.send_all(("a", 1), ("b", 5))
    assert windows.watermark(5) == [(["a", "b"], MAX)]
    assert windows.state_size() == 0


def test_aggregating_state_needs_an_aggregate_function(harness, tens) -> None:
    class Concat:
        def create_accumulator(self):
            return ""

        def add(self, value, accumulator):
            return accumulator + value

        def get_result(self, accumulator):
            return accumulator.upper()

        def merge(self, acc_a, acc_b):
            return acc_a + acc_b

    descriptor = AggregatingStateDescriptor("text", Concat(), Types.STRING())
    found = []

    def on_element(element, timestamp, window, ctx):
        state = ctx.get_partitioned_state(descriptor)
        state.add(element)
        found.append(state.get())
        return TriggerResult.CONTINUE

    harness(tens, Custom(on_element)).send_all(("a", 0), ("b", 0))
    assert found == ["A", "AB"]


@pytest.mark.parametrize("cls", [ContinuousEventTimeTrigger, ContinuousProcessingTimeTrigger])
def test_an_interval_is_longer_than_nothing(cls) -> None:
    with pytest.raises(
        ValueError, match=f"{cls.__name__}: the interval is longer than 0; not 0 ms"
    ):
        cls(0)


@pytest.mark.parametrize(("size", "error"), [(0, ValueError), ("3", TypeError), (True, TypeError)])
def test_a_count_is_a_number(size, error: type[Exception]) -> None:
    with pytest.raises(error, match="CountTrigger: the window_size is"):
        CountTrigger(size)


def test_purging_needs_a_trigger() -> None:
    with pytest.raises(TypeError, match="the nested_trigger is a Trigger"):
        PurgingTrigger(CountTrigger)  # type: ignore[arg-type]
