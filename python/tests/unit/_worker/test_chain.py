# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The loop that a chain of functions becomes."""

from __future__ import annotations

import pytest

from pyflink._worker.chain import FILE, Loop
from pyflink._worker.operators import filter, flat_map, map


def run(kinds, functions, records, times=None):
    loop = Loop(kinds, functions, times is not None)
    results, result_times = [], []

    lists = [results] if times is None else [results, iter(times), result_times]
    if loop.many:
        lists += [10**9, None]
    loop.run(iter(records), *lists)
    return results if times is None else list(zip(results, result_times, strict=True))


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


def test_many_results_are_flushed_on_the_way() -> None:
    loop = Loop([flat_map.KIND], [range], False)
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
    loop = Loop([map.KIND, flat_map.KIND], [str, lambda text: 1 / 0], False)
    with pytest.raises(ZeroDivisionError) as failure:
        loop.run(iter([1]), [], 10, None)
    lines = [entry.lineno for entry in failure.traceback if FILE in str(entry.path)]
    assert [loop.function_at(line + 1) for line in lines] == [1]
