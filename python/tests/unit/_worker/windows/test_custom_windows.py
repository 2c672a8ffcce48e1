# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Windows and assigners of the user's."""

from __future__ import annotations

import struct

import pytest

from pyflink.common import Types
from pyflink.common.serializer import TypeSerializer
from pyflink.datastream.window import (
    EventTimeTrigger,
    MergingWindowAssigner,
    TimeWindow,
    TimeWindowSerializer,
    TumblingEventTimeWindows,
    Window,
    WindowAssigner,
)

MAX = 2**63 - 1
LONG = Types.LONG()


class Batch(Window):
    """A window with a name; two are only equal by the bytes of their serializer."""

    def __init__(self, name: str, end: int) -> None:
        self.name = name
        self.end = end

    def max_timestamp(self) -> int:
        return self.end


class BatchSerializer(TypeSerializer):
    def serialize(self, element, stream):
        stream.write(struct.pack(">q", element.end) + element.name.encode())

    def deserialize(self, stream):
        (end,) = struct.unpack(">q", stream.read(8))
        return Batch(stream.read().decode(), end)


class Batches(WindowAssigner):
    """By the first letter, in a window that ends at the next hundred."""

    def assign_windows(self, element, timestamp, context):
        return [Batch(element[0], (timestamp // 100 + 1) * 100)]

    def get_default_trigger(self, env):
        return EventTimeTrigger.create()

    def get_window_serializer(self):
        return BatchSerializer()

    def is_event_time(self):
        return True


class Chains(Batches, MergingWindowAssigner):
    """Windows of a name become one."""

    def merge_windows(self, windows, callback):
        groups = {}
        for window in windows:
            groups.setdefault(window.name, []).append(window)
        for name, group in groups.items():
            if len(group) > 1:
                callback.merge(iter(group), Batch(name, max(window.end for window in group)))


class Halves(TumblingEventTimeWindows):
    """Gives floats, as a division does."""

    def assign_windows(self, element, timestamp, context):
        return [TimeWindow(timestamp / 2, timestamp)]


def test_a_window_and_a_serializer_of_the_users(harness) -> None:
    windows = harness(Batches(), apply=lambda key, window, inputs: [(window.name, inputs)])
    windows.send_all(("apple", 10), ("bean", 20), ("aubergine", 90), ("artichoke", 110))
    assert windows.watermark(100) == [
        (("a", ["apple", "aubergine"]), 100),
        (("b", ["bean"]), 100),
    ]
    assert windows.watermark(200) == [(("a", ["artichoke"]), 200)]
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_a_merging_assigner_of_the_users(harness) -> None:
    windows = harness(Chains(), apply=lambda key, window, inputs: [(window.name, inputs)])
    windows.send_all(("apple", 10), ("bean", 20), ("aubergine", 110), ("artichoke", 90))
    assert windows.watermark(199) == [(("b", ["bean"]), 100)]
    assert windows.watermark(200) == [(("a", ["apple", "aubergine", "artichoke"]), 200)]
    assert (windows.state_size(), windows.timer_count()) == (0, 0)


def test_windows_that_are_merged_into_the_past(harness) -> None:
    class Shrinking(Chains):
        def merge_windows(self, windows, callback):
            if len(windows) > 1:
                callback.merge(windows, Batch("x", 0))

    windows = harness(Shrinking())
    windows.send("a", 10)
    windows.watermark(50)
    with pytest.raises(RuntimeError, match=r"Shrinking.merge_windows\(\) makes .* the watermark"):
        windows.send("b", 10)


def test_no_window_at_all(harness) -> None:
    class Nowhere(Batches):
        def assign_windows(self, element, timestamp, context):
            return []

    windows = harness(Nowhere(), late="late")
    assert windows.send("x", 10) == []
    windows.watermark(10)
    assert windows.send("x", 10) == [("late", "x", 10)]


def test_a_group_of_the_new_window_alone(harness) -> None:
    class Rounded(Chains):
        def merge_windows(self, windows, callback):
            callback.merge([windows[-1]], Batch("all", 1000))

    windows = harness(Rounded(), apply=lambda key, window, inputs: [(window.name, inputs)])
    windows.send("x", 10)
    assert windows.watermark(MAX) == [(("all", ["x"]), 1000)]


def test_an_assigner_that_keeps_state(harness) -> None:
    class Odd(TumblingEventTimeWindows):
        def assign_windows(self, element, timestamp, context):
            now = context.get_current_processing_time()
            return [TimeWindow(now, now + element)]

        def get_window_serializer(self):
            return TimeWindowSerializer()

    windows = harness(Odd(10, 0), apply=lambda key, window, inputs: [window])
    windows.clock(5)
    windows.send(7, 0)
    assert windows.watermark(MAX) == [(TimeWindow(5, 12), 11)]


def test_a_class_derived_from_tumbling_windows_is_asked_itself(harness) -> None:
    class Twice(TumblingEventTimeWindows):
        def assign_windows(self, element, timestamp, context):
            (window,) = super().assign_windows(element, timestamp, context)
            return [window, TimeWindow(window.start, window.end + 5)]

    windows = harness(Twice(10, 0))
    windows.send("x", 3)
    assert windows.watermark(MAX) == [(["x"], 9), (["x"], 14)]


def test_whole_floats_are_no_milliseconds(harness) -> None:
    with pytest.raises(TypeError, match=r"TimeWindow\(start=5.0, end=10\) starts and ends at a"):
        harness(Halves(10, 0)).send("x", 10)
