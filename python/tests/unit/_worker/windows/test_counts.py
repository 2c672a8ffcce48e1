# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Windows that count records, and the global window."""

from __future__ import annotations

from operator import add

import pytest

from pyflink.common import Types
from pyflink.datastream.window import (
    CountSlidingWindowAssigner,
    CountTrigger,
    CountTumblingWindowAssigner,
    CountWindow,
    GlobalWindow,
    GlobalWindows,
    PurgingTrigger,
)

MAX = 2**63 - 1
LONG = Types.LONG()


def send_all(windows, values, key="key"):
    return [result for value in values for result in windows.send(value, 0, key)]


def test_tumbling(harness) -> None:
    windows = harness(CountTumblingWindowAssigner(3), element_type=LONG)
    assert send_all(windows, range(7)) == [([0, 1, 2], MAX), ([3, 4, 5], MAX)]
    assert windows.watermark(MAX) == []


def test_tumbling_counts_each_key_for_itself(harness) -> None:
    windows = harness(CountTumblingWindowAssigner(2), reduce=add, element_type=LONG)
    assert send_all(windows, [1], "a") == []
    assert send_all(windows, [2], "b") == []
    assert send_all(windows, [4], "a") == [(5, MAX)]


def test_a_full_window_keeps_nothing(harness) -> None:
    windows = harness(CountTumblingWindowAssigner(2), element_type=LONG)
    send_all(windows, range(2))
    # how many records have come
    assert windows.state_size() == 1
    assert windows.timer_count() == 0


def test_the_windows_of_a_key_have_numbers(harness) -> None:
    windows = harness(CountTumblingWindowAssigner(2), apply=lambda key, window, inputs: [window])
    found = send_all(windows, range(4))
    assert found == [(CountWindow(0), MAX), (CountWindow(1), MAX)]


@pytest.mark.parametrize(
    ("size", "slide", "expected"),
    [
        (3, 1, [[0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [4, 5, 6]]),
        (4, 2, [[0, 1, 2, 3], [2, 3, 4, 5]]),
        (2, 3, [[0, 1], [3, 4]]),
        (3, 2, [[0, 1, 2], [2, 3, 4], [4, 5, 6]]),
        (1, 2, [[0], [2], [4], [6]]),
    ],
)
def test_sliding(harness, size: int, slide: int, expected: list[list[int]]) -> None:
    windows = harness(CountSlidingWindowAssigner(size, slide), element_type=LONG)
    assert [value for value, _ in send_all(windows, range(7))] == expected


def test_the_global_window_fires_by_its_trigger_alone(harness) -> None:
    windows = harness(GlobalWindows(), element_type=LONG)
    assert send_all(windows, range(5)) == []
    assert windows.watermark(MAX) == []


def test_a_count_trigger_keeps_the_records(harness) -> None:
    windows = harness(GlobalWindows(), CountTrigger(2), element_type=LONG)
    assert send_all(windows, range(5)) == [([0, 1], MAX), ([0, 1, 2, 3], MAX)]


def test_a_purging_trigger_drops_them(harness) -> None:
    windows = harness(GlobalWindows(), PurgingTrigger(CountTrigger(2)), element_type=LONG)
    assert send_all(windows, range(5)) == [([0, 1], MAX), ([2, 3], MAX)]


def test_the_global_window_for_a_function(harness) -> None:
    windows = harness(GlobalWindows(), CountTrigger(1), apply=lambda key, window, inputs: [window])
    assert send_all(windows, ["x"]) == [(GlobalWindow(), MAX)]
