# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Sliding windows of event time."""

from __future__ import annotations

from operator import add

import pytest

from pyflink.common import Types
from pyflink.datastream.window import SlidingEventTimeWindows

MAX = 2**63 - 1
LONG = Types.LONG()


def test_a_record_is_in_all_windows_around_it(harness, quick) -> None:
    windows = harness(SlidingEventTimeWindows(10, 5, 0), reduce=add, element_type=LONG, quick=quick)
    windows.send_all((1, 0), (2, 5), (4, 12))
    assert windows.watermark(4) == [(1, 4)]
    assert windows.watermark(14) == [(3, 9), (6, 14)]
    assert windows.watermark(MAX) == [(4, 19)]
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_windows_with_gaps_between_them(harness, quick) -> None:
    windows = harness(SlidingEventTimeWindows(3, 10, 0), late="late", quick=quick)
    assert windows.send_all(("in", 2), ("between", 3), ("in", 10)) == []
    assert windows.watermark(8) == [(["in"], 2)]
    # in no window, and late by itself or not
    assert windows.send_all(("late", 8), ("between", 9)) == [("late", "late", 8)]
    assert windows.watermark(MAX) == [(["in"], 12)]


def test_late_for_some_windows_only(harness, quick) -> None:
    windows = harness(SlidingEventTimeWindows(10, 5, 0), late="late", quick=quick)
    windows.watermark(9)
    assert windows.send("x", 7) == []
    assert windows.watermark(14) == [(["x"], 14)]
    assert windows.send("y", 7) == [("late", "y", 7)]


def test_several_windows_fire_for_one_record_the_latest_first(harness, quick) -> None:
    windows = harness(SlidingEventTimeWindows(10, 5, 0), lateness=20, quick=quick)
    windows.watermark(14)
    assert windows.send("x", 7) == [(["x"], 14), (["x"], 9)]


@pytest.mark.parametrize("offset", [-4, -1, 0, 1, 4])
@pytest.mark.parametrize("timestamp", [-13, -5, 0, 3, 12])
def test_offsets(harness, quick, offset: int, timestamp: int) -> None:
    windows = harness(
        SlidingEventTimeWindows(10, 5, offset),
        apply=lambda key, window, inputs: [(window.start, window.end)],
        quick=quick,
    )
    windows.send("x", timestamp)
    found = [value for value, _ in windows.watermark(MAX)]
    assert len(found) == 2
    for start, end in found:
        assert start <= timestamp < end == start + 10
        assert (start - offset) % 5 == 0
