# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What process functions of windows see, keep and clear."""

from __future__ import annotations

from operator import add

import pytest

from pyflink._worker.outputs import SideOutputTag
from pyflink.common import Types
from pyflink.datastream.functions import ProcessWindowFunction
from pyflink.datastream.state import (
    AggregatingStateDescriptor,
    ListStateDescriptor,
    MapStateDescriptor,
    ReducingStateDescriptor,
    ValueStateDescriptor,
)
from pyflink.datastream.window import (
    CountTrigger,
    EventTimeSessionWindows,
    GlobalWindows,
    TimeWindow,
    TumblingEventTimeWindows,
)

MAX = 2**63 - 1
LONG = Types.LONG()


class Process(ProcessWindowFunction):
    """Calls functions."""

    def __init__(self, process, clear=None) -> None:
        self._process = process
        self._clear = clear

    def process(self, key, context, elements):
        return self._process(key, context, elements)

    def clear(self, context):
        if self._clear:
            self._clear(context)


@pytest.fixture
def tens() -> TumblingEventTimeWindows:
    return TumblingEventTimeWindows(10, 0)


def test_key_window_time_and_elements(harness, tens, quick) -> None:
    def process(key, context, elements):
        yield key, context.window(), list(elements)
        yield context.current_watermark(), context.current_processing_time()

    windows = harness(tens, process=Process(process), quick=quick)
    windows.clock(3)
    windows.send_all(("a", 4), ("b", 5))
    assert windows.watermark(12) == [
        (("key", TimeWindow(0, 10), ["a", "b"]), 9),
        ((12, 3), 9),
    ]


def test_the_one_value_of_a_reduce_function(harness, tens, quick) -> None:
    function = Process(lambda key, context, elements: [list(elements)])
    windows = harness(tens, reduce=add, process=function, quick=quick)
    windows.send_all((1, 0), (2, 0))
    assert windows.watermark(9) == [([3], 9)]


def test_no_results(harness, tens, quick) -> None:
    windows = harness(tens, process=Process(lambda *_: None), quick=quick)
    windows.send("a", 0)
    assert windows.watermark(9) == []
    assert windows.state_size() == 0


def test_a_side_output(harness, tens, quick) -> None:
    tag = SideOutputTag()
    tag.tag_id = "aside"
    function = Process(lambda key, context, elements: [(tag, 1), 2])
    windows = harness(tens, process=function, quick=quick)
    windows.send("a", 0)
    assert windows.watermark(9) == [("aside", 1, 9), (2, 9)]


def test_state_of_the_window_outlives_its_firing_and_is_cleared_with_it(
    harness, tens, quick
) -> None:
    times = ValueStateDescriptor("times", LONG)

    def process(key, context, elements):
        state = context.window_state().get_state(times)
        state.update((state.value() or 0) + 1)
        yield state.value()

    cleared = []

    def clear(context):
        cleared.append(context.window())
        context.window_state().get_state(times).clear()

    windows = harness(tens, lateness=5, process=Process(process, clear), quick=quick)
    windows.send_all(("a", 0), ("b", 10))
    assert windows.watermark(9) == [(1, 9)]
    assert windows.send("c", 0) == [(2, 9)]
    assert cleared == []
    assert windows.watermark(14) == []
    assert cleared == [TimeWindow(0, 10)]
    assert windows.watermark(MAX) == [(1, 19)]
    assert windows.state_size() == 0


def test_clear_comes_after_the_last_result(harness, tens, quick) -> None:
    calls = []

    def process(key, context, elements):
        calls.append("before")
        yield "result"
        calls.append("after")

    function = Process(process, lambda context: calls.append("clear"))
    windows = harness(tens, process=function, quick=quick)
    windows.send("a", 0)
    windows.watermark(9)
    assert calls == ["before", "after", "clear"]


def test_state_of_the_key_is_that_of_all_its_windows(harness, tens, quick) -> None:
    count = ReducingStateDescriptor("count", add, LONG)

    def process(key, context, elements):
        state = context.global_state().get_reducing_state(count)
        state.add(len(elements))
        yield state.get()

    windows = harness(tens, process=Process(process), quick=quick)
    windows.send_all(("a", 0), ("b", 10), ("c", 11))
    windows.send("d", 0, key="other")
    assert windows.watermark(MAX) == [(1, 9), (1, 9), (3, 19)]


def test_state_of_the_key_in_sessions(harness, quick) -> None:
    count = ValueStateDescriptor("count", LONG)

    def process(key, context, elements):
        state = context.global_state().get_state(count)
        state.update((state.value() or 0) + len(elements))
        yield state.value()

    windows = harness(EventTimeSessionWindows(5), process=Process(process), quick=quick)
    windows.send_all(("a", 0), ("b", 10), ("c", 11))
    assert windows.watermark(MAX) == [(1, 4), (3, 15)]


def test_state_of_windows_and_of_keys_with_the_same_name(harness, tens, quick) -> None:
    seen = ListStateDescriptor("seen", LONG)

    def process(key, context, elements):
        for store in (context.window_state(), context.global_state()):
            state = store.get_list_state(seen)
            state.add_all(elements)
            yield list(state)

    windows = harness(tens, process=Process(process), quick=quick)
    windows.send_all((1, 0), (2, 10))
    found = [value for value, _ in windows.watermark(MAX)]
    assert found == [[1], [1], [2], [1, 2]]


def test_all_kinds_of_state_of_windows(harness, tens) -> None:
    class Longest:
        def create_accumulator(self):
            return 0

        def add(self, value, accumulator):
            return max(accumulator, value)

        def get_result(self, accumulator):
            return str(accumulator)

        def merge(self, acc_a, acc_b):
            return max(acc_a, acc_b)

    def process(key, context, elements):
        store = context.window_state()
        value = store.get_state(ValueStateDescriptor("value", LONG))
        reduced = store.get_reducing_state(ReducingStateDescriptor("reduced", add, LONG))
        longest = store.get_aggregating_state(
            AggregatingStateDescriptor("longest", Longest(), LONG)
        )
        list_ = store.get_list_state(ListStateDescriptor("list", LONG))
        map_ = store.get_map_state(MapStateDescriptor("map", LONG, LONG))
        states = value, reduced, longest, list_, map_
        for element in elements:
            value.update(element)
            reduced.add(element)
            longest.add(element)
            list_.add(element)
            map_[element] = -element
        yield (
            value.value(),
            reduced.get(),
            longest.get(),
            list(list_.get()),
            sorted(map_.items()),
        )
        assert (1 in map_, 3 in map_, map_[3], map_.is_empty()) == (True, False, None, False)
        assert sorted(map_) == sorted(-i for i in map_.values())
        map_.put_all({8: 9})
        del map_[1]
        assert sorted(map_.keys()) == sorted(set(map_) | {8})
        list_.update([5, 6])
        list_.add_all([])
        assert list(list_) == [5, 6]
        value.update(None)
        for state in states:
            state.clear()
        empty = value.value(), reduced.get(), longest.get(), list(list_), map_.is_empty()
        assert empty == (None, None, None, [], True)

    windows = harness(tens, process=Process(process), element_type=LONG)
    windows.send_all((1, 0), (2, 0), (1, 10))
    assert windows.watermark(MAX) == [
        ((2, 3, "2", [1, 2], [(1, -1), (2, -2)]), 9),
        ((1, 1, "1", [1], [(1, -1)]), 19),
    ]
    assert windows.state_size() == 0


def test_state_of_a_window_that_never_ends(harness) -> None:
    count = ValueStateDescriptor("count", LONG)

    def process(key, context, elements):
        state = context.window_state().get_state(count)
        state.update((state.value() or 0) + 1)
        yield state.value()

    windows = harness(GlobalWindows(), CountTrigger(1), process=Process(process))
    assert windows.send_all(("a", 0), ("b", 0)) == [(1, MAX), (2, MAX)]


def test_functions_are_opened_and_closed(harness, tens, quick) -> None:
    calls = []

    class Noted(Process):
        def open(self, runtime_context):
            calls.append(runtime_context)

        def close(self):
            calls.append("close")

    windows = harness(tens, process=Noted(None), quick=quick)
    windows.operator.close()
    assert calls == [windows.runtime, "close"]


def test_what_an_error_calls_the_function(harness, tens) -> None:
    class Sum:
        def reduce(self, value1, value2):
            return value1 + value2

    class Mean:
        def create_accumulator(self):
            return 0

        add = get_result = merge = create_accumulator

    def plus(a, b):
        return a + b

    process = Process(None)
    labels = [
        harness(tens, **functions).operator.label
        for functions in (
            {"process": process},
            {"reduce": add, "process": process},
            {"apply": plus},
            {"aggregate": Mean()},
            {"reduce": Sum()},
            {"reduce": plus},
        )
    ]
    assert labels == [
        "Process.process",
        "Process.process",
        "_Function.apply",
        "Mean.get_result",
        "Sum.reduce",
        "plus",
    ]
