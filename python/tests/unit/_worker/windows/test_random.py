# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Random events through the operators and through a simple model of what windows mean."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pyflink.common import Types
from pyflink.datastream.window import (
    EventTimeSessionWindows,
    SlidingEventTimeWindows,
    TumblingEventTimeWindows,
)

LONG = Types.LONG()
END = 1 << 40

# A record, with its key and its timestamp, or a watermark, which is told by how far it goes on.
records = st.tuples(st.sampled_from("ab"), st.integers(-50, 200))
events = st.lists(st.one_of(records, records, records, st.integers(0, 40)), max_size=60)
lengths = st.integers(1, 30)


class Model:
    """What is in the windows, and when they fire.

    Args:
        windows: for a timestamp the windows that a record is in, the first one first.
        merge: whether windows that touch become one.
        lateness: the allowed lateness.
    """

    def __init__(self, windows: Any, merge: bool, lateness: int) -> None:
        self._windows_of = windows
        self._merge = merge
        self._lateness = lateness
        self._watermark = -END
        self._contents: dict[tuple[str, int, int], list[int]] = {}

    def send(self, value: int, timestamp: int, key: str) -> list[Any]:
        results: list[Any] = []
        taken = False
        for window in self._windows_of(timestamp):
            start, end = window
            others = []
            if self._merge:
                others = sorted(
                    w for w in self._contents if w[0] == key and w[1] <= end and w[2] >= start
                )
                start = min([start, *(w[1] for w in others)])
                end = max([end, *(w[2] for w in others)])
            if self._end(end) <= self._watermark:
                continue
            taken = True
            before = [value for other in others for value in self._contents.pop(other)]
            contents = self._contents.setdefault((key, start, end), before)
            contents.append(value)
            if end - 1 <= self._watermark:
                results.append(((key, sorted(contents)), end - 1))
        if not taken and timestamp + self._lateness <= self._watermark:
            results.append(("late", value, timestamp))
        return results

    def watermark(self, watermark: int) -> list[Any]:
        before, self._watermark = self._watermark, watermark
        results = [
            ((key, sorted(contents)), end - 1)
            for (key, _, end), contents in self._contents.items()
            if before < end - 1 <= watermark
        ]
        for window in list(self._contents):
            if self._end(window[2]) <= watermark:
                del self._contents[window]
        return sorted(results, key=lambda result: result[1])

    def _end(self, end: int) -> int:
        return end - 1 + self._lateness


def by_time(results: list[Any]) -> list[Any]:
    """The same with those of one time, which have no order, in an order of their own."""
    return sorted(results, key=lambda result: (result[1], repr(result)))


def check(harness: Any, assigner: Any, model: Model, lateness: int, history: list[Any]) -> None:
    def key_and_records(key: str, window: Any, inputs: list[int]) -> Any:
        yield key, sorted(inputs)

    # the third one is restored from the first one and the second one in turns
    *_, both = all_windows = [
        harness(
            assigner,
            lateness=lateness,
            late="late",
            apply=key_and_records,
            element_type=LONG,
            quick=is_quick,
        )
        for is_quick in (True, False, True)
    ]
    watermark = -50
    for number, event in enumerate([*history, END]):
        if number % 5 == 0:
            both.start(number % 2 == 0)
        if isinstance(event, tuple):
            key, timestamp = event
            expected = model.send(number, timestamp, key)
            for windows in all_windows:
                assert windows.send(number, timestamp, key) == expected
        else:
            watermark += event
            found = [windows.watermark(watermark) for windows in all_windows]
            assert found[0] == found[1] == found[2]
            assert by_time(found[0]) == by_time(model.watermark(watermark))
    for windows in all_windows:
        assert (windows.state_size(), windows.timer_count()) == (0, 0)


@given(lengths, st.integers(-29, 29), st.integers(0, 20), events)
def test_tumbling(harness, size: int, offset: int, lateness: int, history) -> None:
    offset %= size

    def windows(timestamp: int):
        start = next(s for s in range(timestamp, timestamp - size, -1) if (s - offset) % size == 0)
        return [(start, start + size)]

    model = Model(windows, False, lateness)
    check(harness, TumblingEventTimeWindows(size, offset), model, lateness, history)


@given(lengths, lengths, st.integers(-29, 29), st.integers(0, 20), events)
def test_sliding(harness, size: int, slide: int, offset: int, lateness: int, history) -> None:
    offset %= slide

    def windows(timestamp: int):
        starts = range(timestamp, timestamp - size, -1)
        return [(s, s + size) for s in starts if (s - offset) % slide == 0]

    model = Model(windows, False, lateness)
    check(harness, SlidingEventTimeWindows(size, slide, offset), model, lateness, history)


@given(lengths, st.integers(0, 20), events)
def test_sessions(harness, gap: int, lateness: int, history) -> None:
    model = Model(lambda timestamp: [(timestamp, timestamp + gap)], True, lateness)
    check(harness, EventTimeSessionWindows(gap), model, lateness, history)
