# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Windows make of the same events what Flink's own operator makes of them, in the same order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pyflink._gateway import java_class
from pyflink.common import Types
from pyflink.datastream import (
    AggregateFunction,
    DataStream,
    OutputTag,
    ProcessWindowFunction,
    SourceFunction,
    StreamExecutionEnvironment,
)
from pyflink.datastream.state import ReducingStateDescriptor, ValueStateDescriptor
from pyflink.datastream.window import (
    ContinuousEventTimeTrigger,
    CountTrigger,
    EventTimeSessionWindows,
    EventTimeTrigger,
    GlobalWindows,
    PurgingTrigger,
    SessionWindowTimeGapExtractor,
    SlidingEventTimeWindows,
    TimeWindow,
    Trigger,
    TriggerResult,
    TumblingEventTimeWindows,
)

EVENTS = 6000
BEFORE_1970 = -6000
LATE = OutputTag("late", Types.LONG())
WINDOWS = ValueStateDescriptor("windows", Types.LONG())
FIRED = ValueStateDescriptor("fired", Types.LONG())
ASSIGNERS = "org.apache.flink.streaming.api.windowing.assigners."
TRIGGERS = "org.apache.flink.streaming.api.windowing.triggers."


def text(key: int, window: Any, contents: Any) -> str:
    span = f"{window.start}..{window.end}" if isinstance(window, TimeWindow) else "everything"
    return f"{key} {span} {contents}"


class Describe(ProcessWindowFunction):
    """What WindowedNumbers.Describe does in Java."""

    def process(self, key, context, elements):
        for element in elements:
            yield f"{text(key, context.window(), element)} at {context.current_watermark()}"


class Count(ProcessWindowFunction):
    """What WindowedNumbers.Count does in Java."""

    def process(self, key, context, elements):
        yield text(key, context.window(), list(elements))
        of_key = context.global_state().get_state(WINDOWS)
        of_window = context.window_state().get_state(FIRED)
        states = of_key, of_window
        for state in states:
            state.update((state.value() or 0) + 1)
        yield " ".join(str(state.value()) for state in states)

    def clear(self, context):
        context.window_state().get_state(FIRED).clear()


class Concat(AggregateFunction):
    """What WindowedNumbers.Concat does in Java."""

    def create_accumulator(self):
        return []

    def add(self, value, accumulator):
        accumulator.append(value)
        return accumulator

    def get_result(self, accumulator):
        return str(sorted(accumulator))

    def merge(self, acc_a, acc_b):
        return acc_a + acc_b


class Early(Trigger):
    """What EarlyTrigger does in Java."""

    count = ReducingStateDescriptor("early", lambda a, b: a + b, Types.LONG())

    def on_element(self, element, timestamp, window, ctx):
        if window.start + 10 > ctx.get_current_watermark():
            ctx.register_event_time_timer(window.start + 10)
        ctx.register_event_time_timer(window.max_timestamp())
        if element % 7 == 0:
            return TriggerResult.PURGE
        state = ctx.get_partitioned_state(self.count)
        state.add(1)
        if state.get() < 3:
            return TriggerResult.CONTINUE
        state.clear()
        return TriggerResult.FIRE if element % 2 == 0 else TriggerResult.FIRE_AND_PURGE

    def on_event_time(self, time, window, ctx):
        return TriggerResult.FIRE

    def on_processing_time(self, time, window, ctx):
        return TriggerResult.CONTINUE

    def can_merge(self):
        return True

    def on_merge(self, window, ctx):
        ctx.merge_partitioned_state(self.count)
        ctx.register_event_time_timer(window.max_timestamp())

    def clear(self, window, ctx):
        ctx.delete_event_time_timer(window.start + 10)
        ctx.delete_event_time_timer(window.max_timestamp())
        ctx.get_partitioned_state(self.count).clear()


class Derived(TumblingEventTimeWindows):
    """The same windows, for the operator that serves all assigners."""


class Gap(SessionWindowTimeGapExtractor):
    def extract(self, element):
        return 5 + element % 11


@pytest.fixture
def env(single: StreamExecutionEnvironment, test_jar: Path) -> StreamExecutionEnvironment:
    single.add_jars(test_jar.as_uri())
    return single


def events(
    env: StreamExecutionEnvironment,
    windowed: Callable[[DataStream], DataStream],
    start: int = BEFORE_1970,
) -> list[str]:
    script = java_class("io.flinker.testing.WindowScript")(EVENTS, start, 11)
    source = env.add_source(SourceFunction(script), type_info=Types.LONG())
    log = java_class("io.flinker.testing.EventLog")()
    results = windowed(source)._j_data_stream
    logged = results.transform("log", Types.STRING().get_java_type_info(), log)
    return list(DataStream(logged).execute_and_collect())


def by_window(found: list[str]) -> list[str]:
    """The same with what fires for one watermark in the order of the keys and their windows."""
    ordered: list[str] = []
    at = 0
    for i, event in enumerate([*found, "watermark"]):
        if event.startswith("watermark"):
            ordered += sorted(found[at:i], key=lambda event: event.split()[:2])
            ordered += found[i : i + 1]
            at = i + 1
    return ordered


def in_java(assigner: Any, trigger: Any, lateness: int, function: str) -> Callable[..., DataStream]:
    windows = java_class("io.flinker.testing.WindowedNumbers").of

    def windowed(numbers: DataStream) -> DataStream:
        stream = numbers._j_data_stream.rebalance()
        return DataStream(windows(stream, assigner, trigger, lateness, function))

    return windowed


def in_python(
    assigner: Any, trigger: Any, lateness: int, function: str
) -> Callable[[DataStream], DataStream]:
    def windowed(numbers: DataStream) -> DataStream:
        windows = numbers.key_by(lambda i: i % 5 if i >= 0 else -(-i % 5), Types.LONG())
        windows = windows.window(assigner).side_output_late_data(LATE)
        windows = windows.allowed_lateness(lateness)
        if trigger is not None:
            windows = windows.trigger(trigger)
        if function == "sum":
            return windows.reduce(lambda a, b: a + b, Describe(), Types.STRING())
        if function == "list":
            return windows.aggregate(Concat(), Describe(), output_type=Types.STRING())
        return windows.process(Count(), Types.STRING())

    return windowed


def millis(length: int) -> Any:
    return java_class("java.time.Duration").ofMillis(length)


def of(name: str, *lengths: int) -> Any:
    """A Java assigner or trigger."""
    return java_class(name).of(*map(millis, lengths))


def tumbling(size: int, offset: int = 0) -> tuple[Any, Any]:
    j_assigner = of(ASSIGNERS + "TumblingEventTimeWindows", size, offset)
    return j_assigner, TumblingEventTimeWindows(size, offset)


def sliding(size: int, slide: int, offset: int = 0) -> tuple[Any, Any]:
    j_assigner = of(ASSIGNERS + "SlidingEventTimeWindows", size, slide, offset)
    return j_assigner, SlidingEventTimeWindows(size, slide, offset)


def sessions(gap: int) -> tuple[Any, Any]:
    j_class = java_class(ASSIGNERS + "EventTimeSessionWindows")
    return j_class.withGap(millis(gap)), EventTimeSessionWindows(gap)


def dynamic_sessions() -> tuple[Any, Any]:
    return java_class("io.flinker.testing.WindowedNumbers").dynamicSessions(), (
        EventTimeSessionWindows.with_dynamic_gap(Gap())
    )


def derived() -> tuple[Any, Any]:
    return tumbling(100)[0], Derived(100, 0)


def everything() -> tuple[Any, Any]:
    return java_class(ASSIGNERS + "GlobalWindows").create(), GlobalWindows.create()


def default() -> tuple[Any, Any]:
    return None, None


def purging() -> tuple[Any, Any]:
    nested = java_class(TRIGGERS + "EventTimeTrigger").create()
    j_trigger = java_class(TRIGGERS + "PurgingTrigger").of(nested)
    return j_trigger, PurgingTrigger.of(EventTimeTrigger.create())


def continuous(interval: int) -> tuple[Any, Any]:
    j_trigger = of(TRIGGERS + "ContinuousEventTimeTrigger", interval)
    return j_trigger, ContinuousEventTimeTrigger(interval)


def counting(count: int) -> tuple[Any, Any]:
    nested = java_class(TRIGGERS + "CountTrigger").of(count)
    j_trigger = java_class(TRIGGERS + "PurgingTrigger").of(nested)
    return j_trigger, PurgingTrigger.of(CountTrigger.of(count))


def early() -> tuple[Any, Any]:
    return java_class("io.flinker.testing.EarlyTrigger")(), Early()


@pytest.mark.parametrize(
    ("windows", "trigger", "lateness", "function"),
    [
        (lambda: tumbling(100), default, 0, "sum"),
        (lambda: tumbling(100, -30), default, 30, "process"),
        (lambda: sliding(100, 30), default, 0, "sum"),
        (lambda: sliding(100, 30, 7), default, 40, "process"),
        (lambda: sliding(20, 50), default, 10, "list"),
        (derived, default, 25, "process"),
        (lambda: tumbling(100), purging, 30, "process"),
        (lambda: tumbling(100), lambda: counting(4), 20, "process"),
        (lambda: tumbling(100), early, 30, "process"),
        (everything, lambda: counting(7), 0, "process"),
    ],
    ids=[
        "tumbling",
        "tumbling, offset, lateness",
        "sliding",
        "sliding, offset, lateness",
        "sliding, gaps",
        "assigner of the user's",
        "purging",
        "counting",
        "trigger of the user's",
        "global",
    ],
)
def test_windows(env, windows, trigger, lateness: int, function: str) -> None:
    (j_assigner, assigner), (j_trigger, a_trigger) = windows(), trigger()
    expected = events(env, in_java(j_assigner, j_trigger, lateness, function))
    assert sum("@" in event for event in expected) >= EVENTS / 10
    assert events(env, in_python(assigner, a_trigger, lateness, function)) == expected


@pytest.mark.parametrize(
    ("windows", "trigger", "lateness"),
    [
        (lambda: tumbling(100), default, 30),
        (lambda: sliding(100, 30), default, 0),
        (lambda: sliding(20, 50), purging, 10),
        (lambda: sessions(12), default, 15),
        (lambda: sessions(12), early, 0),
    ],
    ids=["tumbling", "sliding", "sliding, gaps, purging", "sessions", "trigger of the user's"],
)
def test_what_comes_too_late(env, windows, trigger, lateness: int) -> None:
    def late(windowed: Callable[[DataStream], DataStream]) -> Callable[[DataStream], DataStream]:
        return lambda numbers: windowed(numbers).get_side_output(LATE)

    (j_assigner, assigner), (j_trigger, a_trigger) = windows(), trigger()
    expected = events(env, late(in_java(j_assigner, j_trigger, lateness, "sum")))
    assert sum("@" in event for event in expected) >= 40
    assert events(env, late(in_python(assigner, a_trigger, lateness, "sum"))) == expected


@pytest.mark.parametrize(
    ("windows", "trigger", "lateness", "function"),
    [
        (lambda: tumbling(100), lambda: continuous(30), 20, "sum"),
        (lambda: sessions(12), default, 0, "list"),
        (lambda: sessions(20), default, 30, "sum"),
        (lambda: sessions(20), lambda: counting(3), 0, "list"),
        (lambda: sessions(15), lambda: continuous(25), 10, "list"),
        (lambda: sessions(12), early, 15, "list"),
        (lambda: dynamic_sessions(), default, 0, "list"),
    ],
    ids=[
        "continuous",
        "sessions",
        "sessions, lateness",
        "sessions, counting",
        "sessions, continuous",
        "sessions, trigger of the user's",
        "dynamic sessions",
    ],
)
def test_where_windows_have_no_order(env, windows, trigger, lateness: int, function: str) -> None:
    """Timers of one time fire in no certain order where some are set or deleted meanwhile."""
    (j_assigner, assigner), (j_trigger, a_trigger) = windows(), trigger()
    # Java's continuous trigger takes the next interval but one before 1970
    start = 1000 if isinstance(a_trigger, ContinuousEventTimeTrigger) else BEFORE_1970
    expected = events(env, in_java(j_assigner, j_trigger, lateness, function), start)
    assert sum("@" in event for event in expected) >= EVENTS / 10
    found = events(env, in_python(assigner, a_trigger, lateness, function), start)
    assert by_window(found) == by_window(expected)
