# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""DataStream.flat_map, and chains of functions."""

from __future__ import annotations

import os
import sys

import pytest

from pyflink.common import Types
from pyflink.datastream import FlatMapFunction


class Words(FlatMapFunction):
    def flat_map(self, value: str):
        yield from value.split()


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (Words(), ["to", "be", "or", "not"]),
        (lambda line: [line, line], ["to be", "to be", "or not", "or not"]),
        (lambda line: [], []),
        (lambda line: None, []),
        (lambda line: [line] if "be" in line else None, ["to be"]),
    ],
    ids=["generator", "list", "empty", "None", "sometimes None"],
)
def test_flat_map(single, function, expected) -> None:
    stream = single.from_collection(["to be", "or not"], Types.STRING())
    assert list(stream.flat_map(function, Types.STRING()).execute_and_collect()) == expected


def test_more_results_than_fit_a_batch(single) -> None:
    stream = single.from_collection([200_000, 3], Types.INT())
    results = list(stream.flat_map(range, Types.LONG()).execute_and_collect())
    assert results == [*range(200_000), 0, 1, 2]


def test_functions_in_a_row_share_a_worker(single) -> None:
    stream = single.from_collection([1], Types.INT())
    same = stream.map(lambda i: os.getpid()).map(lambda pid: pid == os.getpid())
    assert list(same.execute_and_collect()) == [True]
    apart = stream.map(lambda i: os.getpid()).disable_chaining()
    assert list(apart.map(lambda pid: pid == os.getpid()).execute_and_collect()) == [False]


def test_a_record_goes_through_a_chain_before_the_next_one(single) -> None:
    def seen():
        # functions travel one by one, so a variable here would not be the same one in all
        return vars(sys).setdefault("seen by a test", [])

    def note(stage):
        def noted(value):
            seen().append((stage, value))
            return value

        return noted

    stream = single.from_collection([1, 2], Types.INT()).map(note("a")).filter(lambda _: True)
    trace = stream.map(note("b")).map(lambda _: list(seen()))
    assert list(trace.execute_and_collect())[-1] == [("a", 1), ("b", 1), ("a", 2), ("b", 2)]


def test_a_stream_with_two_consumers_is_made_once(single, tmp_path) -> None:
    calls = tmp_path / "calls"

    def count(value):
        with calls.open("a") as file:
            file.write("x")
        return value

    shared = single.from_collection([1, 2], Types.INT()).map(count, Types.INT())
    both = shared.map(lambda i: i, Types.INT()).union(shared.map(lambda i: -i, Types.INT()))
    assert sorted(both.execute_and_collect()) == [-2, -1, 1, 2]
    assert calls.read_text() == "xx"


def test_the_plan_shows_the_chain_and_changes_nothing(single) -> None:
    stream = single.from_collection([1, 2], Types.INT())
    first = stream.map(lambda i: i + 1, Types.INT()).name("first")
    second = first.filter(lambda i: i > 2).name("second")
    second.print()
    assert "first, second" in single.get_execution_plan()
    # built on after the plan was made: now it has two consumers
    first.print()
    plan = single.get_execution_plan()
    assert "first, second" not in plan
    assert '"type" : "second"' in plan


def test_python_and_java_operators_in_turn(single) -> None:
    pairs = Types.TUPLE([Types.INT(), Types.STRING()])
    stream = single.from_collection([1, 2], Types.INT()).map(lambda i: (i, str(i)), pairs)
    swapped = stream.project(1, 0).map(lambda t: t[0] + "!", Types.STRING())
    assert list(swapped.execute_and_collect()) == ["1!", "2!"]
