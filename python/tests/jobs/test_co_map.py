# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""ConnectedStreams.map."""

from __future__ import annotations

import pytest

from pyflink.common import Types
from pyflink.datastream import CoMapFunction

INT, TEXT = Types.INT(), Types.STRING()


class Lengths(CoMapFunction):
    """Numbers as they are, of words the length."""

    def map1(self, value):
        return value

    def map2(self, value):
        return len(value) or None


def notes_of(error: BaseException) -> str:
    return "\n".join(getattr(error, "__notes__", [str(error.__cause__)]))


def test_map(single) -> None:
    numbers, words = single.from_collection([10, 20], INT), single.from_collection(["abc"], TEXT)
    lengths = numbers.connect(words).map(Lengths(), INT)
    assert lengths.get_name() == "Co-Map"
    assert lengths.get_type() == INT
    assert sorted(lengths.execute_and_collect()) == [3, 10, 20]


def test_none_stands_for_no_value(single) -> None:
    numbers, words = single.from_collection([1, None]), single.from_collection(["", "ab"])
    assert sorted(numbers.connect(words).map(Lengths()).execute_and_collect()) == [1, 2]


def test_a_stream_with_itself(single) -> None:
    class Sign(CoMapFunction):
        def map1(self, value):
            return value

        def map2(self, value):
            return -value

    numbers = single.from_collection([1, 2], INT).map(lambda i: i, INT)
    both = list(numbers.connect(numbers).map(Sign(), INT).execute_and_collect())
    assert [i for i in both if i > 0] == [1, 2]
    assert [i for i in both if i < 0] == [-1, -2]


def test_two_instances(single) -> None:
    single.set_parallelism(2)
    numbers = single.from_collection(range(1000), INT)
    words = single.from_collection(["a" * i for i in range(1, 50)], TEXT)
    lengths = numbers.rebalance().connect(words.rebalance()).map(Lengths(), INT)
    assert sorted(lengths.execute_and_collect()) == sorted([*range(1000), *range(1, 50)])


def test_a_failure_names_the_operator_and_the_record(single) -> None:
    numbers, wrong = single.from_collection([1], INT), single.from_collection([2.5], Types.DOUBLE())
    lengths = numbers.connect(wrong).map(Lengths(), INT).name("lengths")
    with pytest.raises(TypeError, match="'float' has no len") as failure:
        list(lengths.map(lambda i: i).execute_and_collect())
    assert "operator 'lengths', subtask 1 of 1, record: 2.5" in notes_of(failure.value)


@pytest.mark.parametrize("function", [len, Lengths, None])
def test_what_is_no_co_map_function_is_refused(single, function) -> None:
    numbers = single.from_collection([1], INT)
    with pytest.raises(TypeError, match=r"map\(\) of connected streams.* is a CoMapFunction"):
        numbers.connect(numbers).map(function)


def test_what_is_no_stream_is_refused(single) -> None:
    numbers = single.from_collection([1], INT)
    with pytest.raises(TypeError, match=r"connect\(\): the other stream is a DataStream"):
        numbers.connect([1, 2])
