# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Tumbling windows of event time."""

from __future__ import annotations

from operator import add

import pytest

from pyflink.common import Types
from pyflink.datastream import AggregateFunction
from pyflink.datastream.window import TimeWindow, TumblingEventTimeWindows

MAX = 2**63 - 1
LONG = Types.LONG()


class Mean(AggregateFunction):
    def create_accumulator(self):
        return 0, 0

    def add(self, value, accumulator):
        return accumulator[0] + value, accumulator[1] + 1

    def get_result(self, accumulator):
        return accumulator[0] / accumulator[1]

    def merge(self, acc_a, acc_b):
        return acc_a[0] + acc_b[0], acc_a[1] + acc_b[1]


@pytest.fixture
def tens() -> TumblingEventTimeWindows:
    return TumblingEventTimeWindows(10, 0)


def test_a_window_fires_when_the_watermark_reaches_its_last_millisecond(
    harness, tens, quick
) -> None:
    windows = harness(tens, reduce=add, element_type=LONG, quick=quick)
    assert windows.send_all((1, 0), (2, 9), (4, 10)) == []
    assert windows.watermark(8) == []
    assert windows.watermark(9) == [(3, 9)]
    assert windows.watermark(MAX) == [(4, 19)]


def test_keys_have_windows_of_their_own(harness, tens, quick) -> None:
    windows = harness(tens, reduce=add, element_type=LONG, quick=quick)
    windows.send(1, 5, key="a")
    windows.send(2, 5, key="b")
    windows.send(4, 5, key="a")
    assert windows.watermark(9) == [(5, 9), (2, 9)]


def test_an_aggregate_function(harness, tens, quick) -> None:
    windows = harness(tens, aggregate=Mean(), quick=quick)
    windows.send_all((1, 0), (2, 5))
    assert windows.watermark(9) == [(1.5, 9)]


def test_all_records_of_a_window(harness, tens, quick) -> None:
    windows = harness(tens, element_type=LONG, quick=quick)
    windows.send_all((3, 0), (1, 5), (2, 1))
    assert windows.watermark(9) == [([3, 1, 2], 9)]


def test_a_window_function_gets_key_window_and_records(harness, tens, quick) -> None:
    windows = harness(tens, apply=lambda key, window, inputs: [(key, window, inputs)], quick=quick)
    windows.send_all((3, 10), (1, 11))
    assert windows.watermark(MAX) == [(("key", TimeWindow(10, 20), [3, 1]), 19)]


def test_a_window_function_after_a_reduce_function_gets_one_value(harness, tens, quick) -> None:
    windows = harness(tens, reduce=add, apply=lambda key, window, inputs: [inputs], quick=quick)
    windows.send_all((3, 0), (1, 1))
    assert windows.watermark(MAX) == [([4], 9)]


def test_a_window_function_may_return_none(harness, tens, quick) -> None:
    windows = harness(tens, apply=lambda key, window, inputs: None, quick=quick)
    windows.send(1, 1)
    assert windows.watermark(MAX) == []


def test_no_result_of_an_aggregate_function_is_none(harness, tens, quick) -> None:
    class Nothing(Mean):
        def get_result(self, accumulator):
            return None

    windows = harness(tens, aggregate=Nothing(), quick=quick)
    windows.send(1, 1)
    assert windows.watermark(MAX) == []
    assert windows.state_size() == 0


def test_nothing_is_kept_of_a_window_that_is_over(harness, tens, quick) -> None:
    windows = harness(tens, quick=quick)
    windows.send_all((1, 5), (2, 15))
    windows.watermark(15)
    assert (windows.state_size(), windows.timer_count()) == (1, 1)
    windows.watermark(19)
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_late_records_are_dropped_and_counted(harness, tens, quick) -> None:
    windows = harness(tens, reduce=add, element_type=LONG, quick=quick)
    windows.watermark(9)
    assert windows.send(1, 9) == []
    assert windows.send(1, 10) == []
    assert windows.late_records == 1
    assert windows.watermark(MAX) == [(1, 19)]


def test_a_late_record_goes_to_the_side_output_with_its_timestamp(harness, tens, quick) -> None:
    windows = harness(tens, late="late", quick=quick)
    windows.watermark(9)
    assert windows.send("x", 3) == [("late", "x", 3)]
    assert windows.late_records == 0


def test_within_the_allowed_lateness_each_record_fires_again(harness, tens, quick) -> None:
    windows = harness(tens, reduce=add, element_type=LONG, lateness=5, late="late", quick=quick)
    windows.send(1, 3)
    assert windows.watermark(9) == [(1, 9)]
    assert windows.send(2, 4) == [(3, 9)]
    windows.watermark(13)
    assert windows.send(4, 0) == [(7, 9)]
    assert windows.watermark(14) == []
    assert windows.send(8, 0) == [("late", 8, 0)]
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_a_first_record_within_the_allowed_lateness_fires_at_once(harness, tens, quick) -> None:
    windows = harness(tens, reduce=add, element_type=LONG, lateness=5, quick=quick)
    windows.watermark(10)
    assert windows.send(2, 4) == [(2, 9)]
    assert windows.watermark(MAX) == []
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_a_record_may_be_late_for_its_window_and_not_by_itself(harness, tens, quick) -> None:
    # the window ends at 9, which is late at 12 with a lateness of 3; the record of 9 is not
    windows = harness(tens, lateness=3, late="late", quick=quick)
    windows.watermark(11)
    assert windows.send("kept", 9) == [(["kept"], 9)]
    windows.watermark(12)
    assert windows.send("late", 9) == [("late", "late", 9)]


def test_endless_lateness(harness, tens, quick) -> None:
    windows = harness(tens, reduce=add, element_type=LONG, lateness=MAX, quick=quick)
    windows.send(1, 3)
    assert windows.watermark(9) == [(1, 9)]
    assert windows.send(1, 3) == [(2, 9)]
    assert windows.timer_count() == 0
    assert windows.watermark(MAX - 1) == []


@pytest.mark.parametrize(
    ("offset", "timestamp", "expected"),
    [(0, -1, (-10, 0)), (3, 2, (-7, 3)), (-3, 7, (7, 17)), (0, -10, (-10, 0)), (9, 9, (9, 19))],
)
def test_offsets_and_times_before_1970(harness, quick, offset, timestamp, expected) -> None:
    windows = harness(
        TumblingEventTimeWindows(10, offset),
        apply=lambda key, window, inputs: [(window.start, window.end)],
        quick=quick,
    )
    windows.send("x", timestamp)
    assert windows.watermark(MAX) == [(expected, expected[1] - 1)]


@pytest.mark.parametrize("timestamp", [None, -(2**63)])
def test_a_record_without_a_timestamp_is_refused(harness, tens, quick, timestamp) -> None:
    windows = harness(tens, quick=quick)
    with pytest.raises(ValueError, match=r"call assign_timestamps_and_watermarks\(\) before"):
        windows.send("x", timestamp)


def test_many_records_are_kept_in_pieces(harness, tens, quick) -> None:
    windows = harness(tens, element_type=LONG, quick=quick)
    windows.send_all(*((i, 5) for i in range(1000)))
    pieces = windows.runtime.keys.maps["contents:pieces"]
    assert pieces.size() == 7
    assert windows.watermark(9) == [(list(range(1000)), 9)]
    assert windows.state_size() == 0
