# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""DataStream.union, of streams that Python functions make and others."""

from __future__ import annotations

import pytest

from pyflink.common import Types
from pyflink.util.exceptions import JavaError

LONG = Types.LONG()
PAIR = Types.TUPLE([LONG, Types.STRING()])


def test_typed_streams(single) -> None:
    numbers = single.from_collection([1, 2], LONG)
    both = numbers.map(lambda i: i * 10, LONG).union(numbers.filter(lambda i: i > 1))
    assert both.get_type() == LONG
    assert sorted(both.execute_and_collect()) == [2, 10, 20]


def test_untyped_streams(single) -> None:
    numbers = single.from_collection([1, 2])
    both = numbers.map(lambda i: {i}).union(numbers.map(str), numbers)
    assert sorted(map(str, both.execute_and_collect())) == ["1", "1", "2", "2", "{1}", "{2}"]


def test_python_and_java_streams_of_one_type(single) -> None:
    pairs = single.from_collection([("a", 1)], Types.TUPLE([Types.STRING(), LONG]))
    made = single.from_collection([2], LONG).map(lambda i: (i, "b"), PAIR)
    both = pairs.project(1, 0).union(made, single.from_collection([(3, "c")], PAIR))
    assert sorted(both.map(lambda pair: pair[1]).execute_and_collect()) == ["a", "b", "c"]


def test_functions_after_a_union_are_one_chain(single) -> None:
    numbers = single.from_collection([1, 2], LONG)
    both = numbers.map(lambda i: -i, LONG).union(numbers)
    both.filter(lambda i: i != 2).name("some").map(str, Types.STRING()).name("text").print()
    assert '"some, text"' in single.get_execution_plan()
    found = both.filter(lambda i: i != 2).map(str, Types.STRING()).execute_and_collect()
    assert sorted(found) == ["-1", "-2", "1"]


def test_two_instances(single) -> None:
    single.set_parallelism(2)
    numbers = single.from_collection(range(1000), LONG).rebalance()
    both = numbers.map(lambda i: i, LONG).union(numbers.map(lambda i: -1 - i, LONG))
    assert sorted(both.map(lambda i: i, LONG).execute_and_collect()) == list(range(-1000, 1000))


def test_streams_of_two_types_are_refused(single) -> None:
    numbers = single.from_collection([1], LONG)
    with pytest.raises(JavaError, match="Cannot union streams of different types"):
        numbers.map(str, Types.STRING()).union(numbers.map(int, LONG))
