# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Sessions of event time."""

from __future__ import annotations

from operator import add

import pytest

from pyflink.common import Types
from pyflink.datastream import AggregateFunction
from pyflink.datastream.state import ValueStateDescriptor
from pyflink.datastream.window import (
    DynamicEventTimeSessionWindows,
    EventTimeSessionWindows,
    SessionWindowTimeGapExtractor,
)

MAX = 2**63 - 1
LONG = Types.LONG()


class Gap(SessionWindowTimeGapExtractor):
    def extract(self, element):
        return element


class Joined(AggregateFunction):
    """Shows how accumulators were merged."""

    def create_accumulator(self):
        return ""

    def add(self, value, accumulator):
        return accumulator + value

    def get_result(self, accumulator):
        return accumulator

    def merge(self, acc_a, acc_b):
        return f"[{acc_a}{acc_b}]"


@pytest.fixture
def tens() -> EventTimeSessionWindows:
    return EventTimeSessionWindows(10)


def spans(key, window, inputs):
    yield window.start, window.end, sorted(inputs)


def test_a_session_grows_with_each_record(harness, tens, quick) -> None:
    windows = harness(tens, apply=spans, quick=quick)
    windows.send_all(("a", 0), ("b", 7), ("c", 16))
    assert windows.watermark(24) == []
    assert windows.watermark(25) == [((0, 26, ["a", "b", "c"]), 25)]
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_a_record_within_a_session_changes_nothing_but_its_contents(harness, tens, quick) -> None:
    windows = harness(tens, apply=spans, quick=quick)
    windows.send_all(("a", 0), ("b", 7), ("c", 3))
    assert windows.timer_count() == 1
    assert windows.watermark(MAX) == [((0, 17, ["a", "b", "c"]), 16)]


@pytest.mark.parametrize("first", [("a", 0), ("b", 10)])
def test_sessions_that_touch_are_one(harness, tens, quick, first) -> None:
    windows = harness(tens, apply=spans, quick=quick)
    windows.send_all(first, ("b", 10), ("a", 0), ("c", 21))
    both = sorted([first[0], "a", "b"])
    assert windows.watermark(MAX) == [((0, 20, both), 19), ((21, 31, ["c"]), 30)]


def test_a_record_makes_one_session_of_two(harness, tens, quick) -> None:
    windows = harness(tens, apply=spans, quick=quick)
    windows.send_all(("c", 18), ("a", 0), ("b", 9))
    assert windows.watermark(18) == []
    assert windows.watermark(MAX) == [((0, 28, ["a", "b", "c"]), 27)]
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_records_of_sessions_that_become_one_stay_in_the_order_of_the_sessions(
    harness, tens, quick
) -> None:
    windows = harness(tens, quick=quick)
    windows.send_all(("c", 30), ("a", 0), ("b", 15), ("x", 7), ("y", 24))
    assert windows.watermark(MAX) == [(["a", "b", "x", "c", "y"], 39)]


def test_accumulators_are_merged(harness, tens, quick) -> None:
    windows = harness(tens, aggregate=Joined(), quick=quick)
    windows.send_all(("c", 18), ("a", 0), ("b", 9))
    assert windows.watermark(MAX) == [("[ac]b", 27)]


def test_values_are_reduced(harness, tens, quick) -> None:
    windows = harness(tens, reduce=add, element_type=LONG, quick=quick)
    windows.send_all((1, 18), (2, 0), (4, 9))
    assert windows.watermark(MAX) == [(7, 27)]


def test_keys_have_sessions_of_their_own(harness, tens, quick) -> None:
    windows = harness(tens, reduce=add, element_type=LONG, quick=quick)
    for key, value, timestamp in [("a", 1, 0), ("b", 2, 5), ("a", 4, 8)]:
        windows.send(value, timestamp, key)
    assert windows.watermark(MAX) == [(2, 14), (5, 17)]


def test_late_records(harness, tens, quick) -> None:
    windows = harness(tens, reduce=add, element_type=LONG, late="late", quick=quick)
    windows.send_all((1, 0), (2, 9))
    # late for a session of its own, but the one that is there is still open
    assert windows.watermark(12) == []
    assert windows.send(4, 0) == []
    assert windows.send(8, -20) == [("late", 8, -20)]
    assert windows.watermark(MAX) == [(7, 18)]
    assert windows.state_size() == 0


def test_a_record_that_is_late_for_its_session_and_not_by_itself_is_dropped(harness, quick) -> None:
    windows = harness(EventTimeSessionWindows(1), late="late", quick=quick)
    windows.watermark(4)
    assert windows.send("x", 4) == [("late", "x", 4)]
    assert windows.send("y", 5) == []


def test_allowed_lateness(harness, tens, quick) -> None:
    windows = harness(tens, reduce=add, element_type=LONG, lateness=5, late="late", quick=quick)
    windows.send(1, 0)
    assert windows.watermark(9) == [(1, 9)]
    assert windows.send(2, 0) == [(3, 9)]
    # a longer session, which has not fired yet
    assert windows.send(4, 2) == []
    assert windows.watermark(11) == [(7, 11)]
    assert windows.send(8, 1) == [(15, 11)]
    assert windows.watermark(16) == []
    assert windows.send(16, 1) == [("late", 16, 1)]
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_a_session_that_has_fired_becomes_one_with_one_that_has_not(harness, tens, quick) -> None:
    windows = harness(tens, reduce=add, element_type=LONG, lateness=20, quick=quick)
    windows.send_all((1, 0), (2, 15))
    assert windows.watermark(9) == [(1, 9)]
    assert windows.send(4, 7) == []
    assert windows.watermark(MAX) == [(7, 24)]
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_dynamic_gaps(harness, quick) -> None:
    windows = harness(DynamicEventTimeSessionWindows(Gap()), apply=spans, quick=quick)
    windows.send_all((10, 0), (3, 5), (2, 20))
    assert windows.watermark(MAX) == [((0, 10, [3, 10]), 9), ((20, 22, [2]), 21)]


def test_a_dynamic_gap_just_as_long_as_the_session(harness, quick) -> None:
    windows = harness(DynamicEventTimeSessionWindows(Gap()), apply=spans, quick=quick)
    windows.send_all((10, 0), (10, 5), (15, 0))
    assert windows.watermark(MAX) == [((0, 15, [10, 10, 15]), 14)]
    assert windows.state_size() == 0


@pytest.mark.parametrize("gap", [0, -1])
def test_a_dynamic_gap_is_longer_than_nothing(harness, quick, gap: int) -> None:
    windows = harness(DynamicEventTimeSessionWindows(Gap()), quick=quick)
    with pytest.raises(ValueError, match=rf"Gap.extract\(\) returns a gap longer .* not {gap}"):
        windows.send(gap, 0)


def test_a_session_has_no_state_of_its_own(harness, tens, quick) -> None:
    class Count:
        descriptor = ValueStateDescriptor("count", LONG)

        def open(self, runtime_context):
            pass

        def process(self, key, context, elements):
            return context.window_state().get_state(self.descriptor).value()

        def clear(self, context):
            pass

    windows = harness(tens, process=Count(), quick=quick)
    windows.send("x", 0)
    with pytest.raises(
        RuntimeError, match=r"state 'count' cannot .* Take it from global_state\(\)"
    ):
        windows.watermark(9)
