# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Windows that go by the clock."""

from __future__ import annotations

from operator import add

from pyflink.common import Types
from pyflink.datastream.window import (
    DynamicProcessingTimeSessionWindows,
    ProcessingTimeSessionWindows,
    SessionWindowTimeGapExtractor,
    SlidingProcessingTimeWindows,
    TumblingProcessingTimeWindows,
)

MAX = 2**63 - 1
LONG = Types.LONG()


class Gap(SessionWindowTimeGapExtractor):
    def extract(self, element):
        return element


def test_tumbling(harness, quick) -> None:
    windows = harness(
        TumblingProcessingTimeWindows(10, 3), reduce=add, element_type=LONG, quick=quick
    )
    windows.clock(12)
    windows.send(1)
    assert windows.clock(11) == []
    assert windows.clock(12) == [(1, 12)]
    windows.clock(13)
    windows.send(2)
    windows.send(4)
    assert windows.clock(100) == [(6, 22)]
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_sliding(harness, quick) -> None:
    windows = harness(
        SlidingProcessingTimeWindows(10, 5, 0), reduce=add, element_type=LONG, quick=quick
    )
    windows.clock(7)
    windows.send(1)
    assert windows.clock(9) == [(1, 9)]
    windows.clock(10)
    windows.send(2)
    assert windows.clock(100) == [(3, 14), (2, 19)]


def test_sessions(harness, quick) -> None:
    windows = harness(ProcessingTimeSessionWindows(10), reduce=add, element_type=LONG, quick=quick)
    windows.send(1)
    windows.clock(9 - 1)
    windows.send(2)
    assert windows.clock(16) == []
    assert windows.clock(17) == [(3, 17)]
    windows.send(4)
    assert windows.clock(100) == [(4, 26)]
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_dynamic_sessions(harness, quick) -> None:
    windows = harness(
        DynamicProcessingTimeSessionWindows(Gap()), reduce=add, element_type=LONG, quick=quick
    )
    windows.send(5)
    windows.clock(2)
    windows.send(10)
    assert windows.clock(100) == [(15, 11)]


def test_neither_timestamps_nor_watermarks_count(harness, quick) -> None:
    windows = harness(TumblingProcessingTimeWindows(10, 0), lateness=5, late="late", quick=quick)
    windows.watermark(MAX)
    assert windows.send("old", 3) == []
    assert windows.send("none", None) == []
    assert windows.clock(9) == [(["old", "none"], 9)]
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_a_session_that_the_clock_has_passed_before_its_timer_fires(harness, quick) -> None:
    windows = harness(ProcessingTimeSessionWindows(10), reduce=add, element_type=LONG, quick=quick)
    windows.send(1)
    # the timer at 9 is due, but the record comes first
    windows.timers.now = 10
    assert windows.send(2) == []
    assert windows.clock(100) == [(3, 19)]
