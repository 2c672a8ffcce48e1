# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The loop that a chain of functions becomes."""

from __future__ import annotations

import pytest

from pyflink._worker.chain import FILE, Loop, Step
from pyflink._worker.operators import (
    co_map,
    co_process,
    filter,
    flat_map,
    key,
    map,
    process,
    timestamps,
    value,
)
from pyflink._worker.outputs import SideOutputTag
from pyflink._worker.process_context import RecordContext
from pyflink._worker.timers.service import UnkeyedTimerService


def steps(kinds, functions):
    return [Step(kind, function) for kind, function in zip(kinds, functions, strict=True)]


def run(kinds, functions, records, times=None):
    loop = Loop(steps(kinds, functions), times is not None)
    results, result_times = [], []

    lists = [results, 10**9, None] if loop.many else [results]
    if loop.timed:
        lists += [None if times is None else iter(times), result_times]
    loop.run(iter(records), *lists)
    return list(zip(results, result_times, strict=True)) if loop.timed else results


@pytest.mark.parametrize(
    ("kinds", "functions", "expected"),
    [
        ([map.KIND], [lambda i: i * 2], [2, 4, 6]),
        ([filter.KIND], [lambda i: i != 2], [1, 3]),
        ([flat_map.KIND], [range], [0, 0, 1, 0, 1, 2]),
        ([flat_map.KIND], [lambda i: None], []),
        ([filter.KIND, map.KIND, filter.KIND], [bool, str, lambda s: s > "1"], ["2", "3"]),
        ([flat_map.KIND, flat_map.KIND], [range, lambda i: [i] * i], [1, 1, 2, 2]),
        ([flat_map.KIND, filter.KIND, map.KIND], [range, bool, lambda i: -i], [-1, -1, -2]),
    ],
)
def test_chains(kinds, functions, expected) -> None:
    assert run(kinds, functions, [1, 2, 3]) == expected
    timed = run(kinds, functions, [1, 2, 3], [10, 20, 30])
    assert [value for value, _ in timed] == expected


def test_timestamps_follow_their_records() -> None:
    timed = run([flat_map.KIND, filter.KIND], [range, bool], [1, 2, 3], [10, 20, 30])
    assert timed == [(1, 20), (1, 30), (2, 30)]


def test_an_assigner_sets_timestamps() -> None:
    kinds = [flat_map.KIND, timestamps.KIND, map.KIND]
    functions = [lambda i: [i, -i], lambda i, t: t + i, str]
    timed = run(kinds, functions, [1, 2], [10, 20])
    assert timed == [("1", 11), ("-1", 9), ("2", 22), ("-2", 18)]
    untimed = run([timestamps.KIND], [lambda i, t: i if t == -(2**63) else None], [5, 6])
    assert untimed == [(5, 5), (6, 6)]


@pytest.mark.parametrize("times", [None, [10, 20]])
def test_records_with_their_keys(times) -> None:
    timed = times is not None

    def pairs_of(kinds, functions, records):
        loop = Loop(steps(kinds, functions), timed)
        results, result_times, keys = [], [], []
        more = [iter(times), result_times] if timed else []
        loop.run(iter(records), results, *([99, None] if loop.many else []), *more, keys)
        return keys, results, result_times

    assert pairs_of([key.KIND], [abs], [-1, 2]) == ([1, 2], [-1, 2], times or [])
    keys, results, result_times = pairs_of([flat_map.KIND, key.UNTYPED], [range, str], [2, 1])
    assert (keys, results) == ([b"s0", b"s1", b"s0"], [0, 1, 0])
    assert result_times == ([10, 10, 20] if timed else [])


def test_the_record_of_a_pair() -> None:
    assert run([value.KIND, map.KIND], [value.KIND.builtin, abs], [("k", -1)]) == [1]


def test_many_results_are_flushed_on_the_way() -> None:
    loop = Loop(steps([flat_map.KIND], [range]), False)
    results, seen, lengths = [], [], []

    def flush():
        seen.extend(results)
        lengths.append(len(results))
        results.clear()
        return 5_000

    loop.run(iter([100_000]), results, 300, flush)
    assert lengths[:3] == [300, 5_000, 5_000]
    assert len(results) < 5_000
    assert seen + results == list(range(100_000))


def test_a_line_of_the_loop_knows_its_function() -> None:
    loop = Loop(steps([map.KIND, flat_map.KIND], [str, lambda text: 1 / 0]), False)
    with pytest.raises(ZeroDivisionError) as failure:
        loop.run(iter([1]), [], 10, None)
    lines = [entry.lineno for entry in failure.traceback if FILE in str(entry.path)]
    assert [loop.function_at(line + 1) for line in lines] == [1]


def test_a_process_function_sees_the_timestamp_of_each_record() -> None:
    context = RecordContext(UnkeyedTimerService())
    step = Step(process.KIND, lambda value, ctx: [(value, ctx.timestamp())], context=context)
    results, times = [], []
    Loop([step], True).run(iter("ab"), results, 10, None, iter([5, 6]), times)
    assert results == [("a", 5), ("b", 6)]
    results.clear()
    Loop([step], False).run(iter("c"), results, 10, None)
    assert results == [("c", None)]


def test_what_has_a_tag_leaves_the_loop() -> None:
    tag, sent = SideOutputTag(), []
    context = RecordContext(UnkeyedTimerService())
    split = Step(
        process.KIND,
        lambda value, ctx: [value, (), (tag, value), (value, tag)],
        context=context,
        send=lambda *arguments: sent.append(arguments),
    )
    loop = Loop([Step(flat_map.KIND, range), split, Step(map.KIND, str)], True)
    results = []
    loop.run(iter([2]), results, 10, None, iter([7]), [])
    assert results == ["0", "()", f"(0, {tag})", "1", "()", f"(1, {tag})"]
    assert sent == [((tag, 0), 7), ((tag, 1), 7)]


def test_records_of_two_inputs_go_to_two_functions() -> None:
    signs = Step(co_map.KIND, lambda i: i or None, lambda i: -i)
    loop = Loop([signs, Step(filter.KIND, lambda i: i != -2)], False, two_inputs=True)
    results = []
    loop.run(iter([1, 2, 3, 0]), results, iter(bytes([0, 1, 1, 0])))
    assert results == [1, -3]


def test_two_inputs_with_timestamps() -> None:
    context = RecordContext(UnkeyedTimerService())
    step = Step(
        co_process.KIND,
        lambda value, ctx: [value, ctx.timestamp()],
        lambda value, ctx: None,
        context,
    )
    results, times = [], []
    loop = Loop([step], True, two_inputs=True)
    loop.run(iter("ab"), results, 10, None, iter(bytes([0, 1])), iter([5, 6]), times)
    assert (results, times) == (["a", 5], [5, 5])
