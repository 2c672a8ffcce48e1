# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""reduce: the records of each key become one."""

from __future__ import annotations

from operator import add
from typing import Any

import pytest

from pyflink._worker.keyed.reduce import Reduce
from pyflink.common import Types

RECORDS = [("a", 1), ("b", 10), ("a", 2), ("b", 20), ("a", 3)]
PAIRS = Types.TUPLE([Types.STRING(), Types.LONG()])


def total(one: tuple[str, int], other: tuple[str, int]) -> tuple[str, int]:
    return one[0], one[1] + other[1]


class Total:
    """As a ReduceFunction, with a life."""

    calls: list[str] = []  # noqa: RUF012

    def open(self, runtime_context: Any) -> None:
        self.calls.append("open")

    def reduce(self, value1: Any, value2: Any) -> Any:
        self.calls.append("reduce")
        return total(value1, value2)

    def close(self) -> None:
        self.calls.append("close")


def test_each_record_gives_what_its_key_has_become(results_of) -> None:
    assert results_of(Reduce(total, False, PAIRS), RECORDS) == [
        ("a", 1),
        ("b", 10),
        ("a", 3),
        ("b", 30),
        ("a", 6),
    ]


def test_in_batch_mode_each_key_gives_one(results_of) -> None:
    assert results_of(Reduce(total, False, PAIRS), RECORDS, batch=True) == [("a", 6), ("b", 30)]


def test_a_function_with_a_life(results_of) -> None:
    Total.calls.clear()
    results = results_of(Reduce(Total(), True, PAIRS), RECORDS[:3])
    assert results == [("a", 1), ("b", 10), ("a", 3)]
    assert Total.calls == ["open", "reduce", "close"]


def test_what_is_false_is_a_record_as_any_other(results_of) -> None:
    reduce = Reduce(add, False, Types.LONG())
    assert results_of(reduce, [0, 0, -1, 1], key=lambda i: 0) == [0, 0, -1, 0]


@pytest.mark.parametrize("batch", [False, True])
def test_the_order_of_the_records_counts(results_of, batch) -> None:
    reduce = Reduce(add, False, Types.STRING())
    results = results_of(reduce, ["to", " be", " or"], key=lambda text: 0, batch=batch)
    assert results[-1] == "to be or"
