# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The classes of windows, serializers and assigners by themselves."""

from __future__ import annotations

import pickle
from io import BytesIO

import pytest

from pyflink.common import Duration, Time
from pyflink.datastream import window as public
from pyflink.datastream.window import (
    ContinuousEventTimeTrigger,
    ContinuousProcessingTimeTrigger,
    CountSlidingWindowAssigner,
    CountTrigger,
    CountTumblingWindowAssigner,
    CountWindow,
    CountWindowSerializer,
    DynamicEventTimeSessionWindows,
    EventTimeSessionWindows,
    EventTimeTrigger,
    GlobalWindow,
    GlobalWindows,
    GlobalWindowSerializer,
    MergingWindowAssigner,
    NeverTrigger,
    ProcessingTimeSessionWindows,
    ProcessingTimeTrigger,
    PurgingTrigger,
    SessionWindowTimeGapExtractor,
    SlidingEventTimeWindows,
    SlidingProcessingTimeWindows,
    TimeWindow,
    TimeWindowSerializer,
    TriggerResult,
    TumblingEventTimeWindows,
    TumblingProcessingTimeWindows,
)

MAX = 2**63 - 1


class Gap(SessionWindowTimeGapExtractor):
    def extract(self, element):
        return element

    def __repr__(self) -> str:
        return "Gap()"


class Collected(MergingWindowAssigner.MergeCallback):
    def __init__(self) -> None:
        self.groups = []

    def merge(self, to_be_merged, merge_result):
        self.groups.append((to_be_merged, merge_result))


def test_a_time_window() -> None:
    window = TimeWindow(0, 10)
    assert (window.start, window.end, window.max_timestamp()) == (0, 10, 9)
    assert window == TimeWindow(0, 10)
    assert hash(window) == hash(TimeWindow(0, 10))
    assert window != TimeWindow(0, 11)
    assert window != (0, 10)
    assert repr(window) == "TimeWindow(start=0, end=10)"


@pytest.mark.parametrize(
    ("other", "intersects"),
    [((10, 11), True), ((11, 12), False), ((-5, 0), True), ((-5, -1), False), ((3, 4), True)],
)
def test_windows_that_touch_intersect(other: tuple[int, int], intersects: bool) -> None:
    assert TimeWindow(0, 10).intersects(TimeWindow(*other)) is intersects
    assert TimeWindow(*other).intersects(TimeWindow(0, 10)) is intersects


def test_time_windows_have_an_order() -> None:
    windows = [TimeWindow(0, 10), TimeWindow(0, 11), TimeWindow(1, 5)]
    assert sorted([windows[2], windows[1], windows[0]]) == windows
    assert windows[0] <= TimeWindow(0, 10)
    assert not windows[1] <= windows[0]
    with pytest.raises(TypeError, match="not supported between instances"):
        windows[0] < CountWindow(1)  # noqa: B015
    with pytest.raises(TypeError, match="not supported between instances"):
        windows[0] <= CountWindow(1)  # noqa: B015


def test_merging_time_windows() -> None:
    callback = Collected()
    a, b, c, d, e = (TimeWindow(*t) for t in [(0, 5), (4, 8), (8, 9), (20, 30), (22, 25)])
    TimeWindow.merge_windows([e, c, TimeWindow(40, 50), a, d, b, a], callback)
    assert callback.groups == [([a, b, c], TimeWindow(0, 9)), ([d, e], TimeWindow(20, 30))]


@pytest.mark.parametrize(
    ("timestamp", "offset", "expected"),
    [(17, 0, 10), (17, 3, 13), (17, -3, 17), (-1, 0, -10), (-10, 0, -10), (0, 9, -1)],
)
def test_where_a_window_starts(timestamp: int, offset: int, expected: int) -> None:
    assert TimeWindow.get_window_start_with_offset(timestamp, offset, 10) == expected


def test_count_and_global_windows() -> None:
    assert CountWindow(3) == CountWindow(3) != CountWindow(4)
    assert hash(CountWindow(3)) == hash(CountWindow(3))
    assert repr(CountWindow(3)) == "CountWindow(id=3)"
    assert GlobalWindow.get() == GlobalWindow() != CountWindow(0)
    assert hash(GlobalWindow()) == hash(GlobalWindow.get())
    assert repr(GlobalWindow()) == "GlobalWindow"
    assert CountWindow(3).max_timestamp() == GlobalWindow().max_timestamp() == MAX


@pytest.mark.parametrize(
    ("serializer", "window", "size"),
    [
        (TimeWindowSerializer(), TimeWindow(-(2**63), 2**63 - 1), 16),
        (CountWindowSerializer(), CountWindow(2**40), 8),
        (GlobalWindowSerializer(), GlobalWindow(), 1),
    ],
    ids=repr,
)
def test_serializers(serializer, window, size: int) -> None:
    stream = BytesIO()
    serializer.serialize(window, stream)
    serializer.serialize(window, stream)
    assert len(stream.getvalue()) == 2 * size
    stream.seek(0)
    assert [serializer.deserialize(stream) for _ in range(2)] == [window, window]


ASSIGNERS = [
    (TumblingEventTimeWindows.of(Time.seconds(1)), "TumblingEventTimeWindows(1000, 0)"),
    (
        TumblingProcessingTimeWindows.of(Time.seconds(5), Time.milliseconds(-3)),
        "TumblingProcessingTimeWindows(5000, -3)",
    ),
    (
        SlidingEventTimeWindows.of(Time.seconds(5), Time.seconds(1), Time.milliseconds(3)),
        "SlidingEventTimeWindows(5000, 1000, 3)",
    ),
    (
        SlidingProcessingTimeWindows.of(Duration.of_seconds(5), Duration.of_millis(1)),
        "SlidingProcessingTimeWindows(5000, 1, 0)",
    ),
    (EventTimeSessionWindows.with_gap(Time.seconds(1)), "EventTimeSessionWindows(1000)"),
    (ProcessingTimeSessionWindows.with_gap(Time.seconds(1)), "ProcessingTimeSessionWindows(1000)"),
    (
        EventTimeSessionWindows.with_dynamic_gap(Gap()),
        "DynamicEventTimeSessionWindows(Gap())",
    ),
    (
        ProcessingTimeSessionWindows.with_dynamic_gap(Gap()),
        "DynamicProcessingTimeSessionWindows(Gap())",
    ),
    (
        DynamicEventTimeSessionWindows.with_dynamic_gap(Gap()),
        "DynamicEventTimeSessionWindows(Gap())",
    ),
    (CountTumblingWindowAssigner.of(3), "CountTumblingWindowAssigner(3)"),
    (CountSlidingWindowAssigner.of(3, 2), "CountSlidingWindowAssigner(3, 2)"),
    (GlobalWindows.create(), "GlobalWindows()"),
]


@pytest.mark.parametrize(("assigner", "text"), ASSIGNERS, ids=[text for _, text in ASSIGNERS])
def test_assigners(assigner, text: str) -> None:
    assert repr(assigner) == text
    assert repr(pickle.loads(pickle.dumps(assigner))) == text
    trigger = assigner.get_default_trigger(None)
    if assigner.is_event_time():
        assert isinstance(trigger, EventTimeTrigger)
    else:
        assert isinstance(trigger, (ProcessingTimeTrigger, PurgingTrigger, NeverTrigger))
    assert trigger.can_merge() or not isinstance(assigner, MergingWindowAssigner)


TRIGGERS = [
    EventTimeTrigger.create(),
    ProcessingTimeTrigger.create(),
    ContinuousEventTimeTrigger.of(Time.seconds(2)),
    ContinuousProcessingTimeTrigger.of(Duration.of_seconds(2)),
    CountTrigger.of(3),
    PurgingTrigger.of(CountTrigger.of(3)),
    NeverTrigger(),
]


@pytest.mark.parametrize("trigger", TRIGGERS, ids=lambda trigger: type(trigger).__name__)
def test_triggers_can_be_pickled(trigger) -> None:
    assert type(pickle.loads(pickle.dumps(trigger))) is type(trigger)
    assert trigger.can_merge() is not isinstance(trigger, NeverTrigger)


def test_attributes_of_triggers() -> None:
    assert ContinuousEventTimeTrigger.of(Time.seconds(2)).interval == 2000
    assert ContinuousProcessingTimeTrigger(5).interval == 5
    nested = CountTrigger.of(3)
    assert PurgingTrigger.of(nested).nested_trigger is nested


def test_trigger_results() -> None:
    assert [(r.is_fire(), r.is_purge()) for r in TriggerResult] == [
        (False, False),
        (True, True),
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: TumblingEventTimeWindows(0, 0), "Tumbl.*: the size is longer than 0; not 0 ms"),
        (
            lambda: TumblingProcessingTimeWindows(5, 5),
            "shorter than the size.*not 5 ms with a size",
        ),
        (
            lambda: TumblingEventTimeWindows(5, -7),
            "shorter than the size.*not -7 ms with a size of",
        ),
        (lambda: SlidingEventTimeWindows(5, 0, 0), "the slide is longer than 0; not 0 ms"),
        (lambda: SlidingProcessingTimeWindows(0, 5, 0), "the size is longer than 0; not 0 ms"),
        (lambda: SlidingEventTimeWindows(5, 3, 3), "shorter than the slide.*not 3 ms with a slide"),
        (lambda: EventTimeSessionWindows(0), "EventTimeSessionWindows: the gap is longer than 0"),
        (lambda: ProcessingTimeSessionWindows(-1), "the gap is longer than 0; not -1 ms"),
        (lambda: CountTumblingWindowAssigner(0), "the window_size is at least 1; not 0"),
        (lambda: CountSlidingWindowAssigner(1, -1), "the window_slide is at least 1; not -1"),
    ],
)
def test_lengths_that_make_no_sense(make, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: TumblingEventTimeWindows.of(5), r"TumblingEventTimeWindows.of\(\) takes a Time"),
        (lambda: SlidingEventTimeWindows.of(Time(5), 5), r"of\(\) takes a Time.*not 5"),
        (lambda: EventTimeSessionWindows.with_gap("5"), r"with_gap\(\) takes a Time.*not '5'"),
        (lambda: DynamicEventTimeSessionWindows(len), "the extractor is a SessionWindowTimeGap"),
        (lambda: CountTumblingWindowAssigner(2.0), "window_size is a number of records; not 2.0"),
    ],
)
def test_values_of_other_types(make, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        make()


def test_the_names_that_a_star_import_gives() -> None:
    assert "Time" in public.__all__
    assert all(hasattr(public, name) for name in public.__all__)
