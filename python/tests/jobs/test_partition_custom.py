# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""partition_custom: a function chooses the instance of the next operator."""

from __future__ import annotations

import pytest

from pyflink.common import Types
from pyflink.datastream import KeySelector, MapFunction, Partitioner, StreamExecutionEnvironment
from pyflink.util.exceptions import JavaError


class Where(MapFunction):
    def open(self, runtime_context):
        self.subtask = runtime_context.get_index_of_this_subtask()

    def map(self, value):
        return self.subtask, value


class Modulo(Partitioner):
    def open(self, runtime_context):
        self.opened = True

    def partition(self, key, num_partitions):
        assert self.opened
        return key % num_partitions


class Half(KeySelector):
    def open(self, runtime_context):
        self.divisor = 2

    def get_key(self, value):
        return value // self.divisor


class Fixed(Partitioner):
    def __init__(self, found):
        self.found = found

    def partition(self, key, num_partitions):
        return self.found


@pytest.fixture
def numbers():
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(3)
    return env.from_collection(range(24), Types.LONG())


@pytest.mark.parametrize("parallelism", [1, 2, 3, 4])
def test_the_number_of_partitions_is_the_next_operator_s(numbers, parallelism) -> None:
    spread = numbers.partition_custom(Modulo(), Half())
    placed = list(spread.map(Where()).set_parallelism(parallelism).execute_and_collect())
    assert sorted(placed, key=lambda p: p[1]) == [(i // 2 % parallelism, i) for i in range(24)]


def test_callables(numbers) -> None:
    spread = numbers.map(lambda i: i + 1, Types.LONG()).partition_custom(
        lambda key, n: (key == "even") + n - 2, lambda i: "even" if i % 2 == 0 else "odd"
    )
    assert spread.get_type() == Types.LONG()
    placed = list(spread.map(Where()).execute_and_collect())
    assert sorted(placed) == sorted((2 if i % 2 == 0 else 1, i) for i in range(1, 25))


def test_a_sink_gets_records_as_they_are_partitioned(numbers, capfd) -> None:
    numbers.partition_custom(lambda key, n: key % n, lambda i: i).print().set_parallelism(2)
    numbers.get_execution_environment().execute()
    lines = sorted(capfd.readouterr().out.splitlines())
    assert lines == sorted(f"{i % 2 + 1}> {i}" for i in range(24))


def test_the_result_s_own_parallelism_counts(numbers) -> None:
    spread = numbers.partition_custom(lambda key, n: n - 1, lambda i: i).set_parallelism(2)
    placed = list(spread.map(Where()).set_parallelism(2).execute_and_collect())
    assert {subtask for subtask, _ in placed} == {1}


def test_a_union_is_partitioned_by_its_parts(numbers) -> None:
    one = numbers.partition_custom(lambda key, n: 0, lambda i: i)
    other = numbers.partition_custom(lambda key, n: 1, lambda i: i)
    both = one.union(other).map(Where()).set_parallelism(2)
    assert sorted(both.execute_and_collect()) == sorted((s, i) for s in (0, 1) for i in range(24))


def test_readers_of_different_parallelism_are_refused(numbers) -> None:
    spread = numbers.partition_custom(Modulo(), Half())
    spread.map(Where()).name("two").set_parallelism(2).print()
    spread.map(Where()).name("three").set_parallelism(3).print()
    with pytest.raises(JavaError, match=r"different parallelism \(three: 3, two: 2\): call part"):
        numbers.get_execution_environment().execute()


@pytest.mark.parametrize("found", [-1, 3, 2**40])
def test_an_index_out_of_range(numbers, found) -> None:
    with pytest.raises(
        ValueError,
        match=f"the partitioner 'Fixed' sends the key 0 to partition {found}, but the next "
        "operator has 3: return an int of 0 to 2",
    ):
        list(numbers.partition_custom(Fixed(found), Half()).map(str).execute_and_collect())


@pytest.mark.parametrize("found", [None, 1.0, "1"])
def test_what_is_no_index(numbers, found) -> None:
    with pytest.raises(
        TypeError, match=f"'Fixed' returns {found!r}, of type {type(found).__name__}, for the key 0"
    ) as failure:
        list(numbers.partition_custom(Fixed(found), Half()).map(str).execute_and_collect())
    notes = str(getattr(failure.value, "__notes__", failure.value.__cause__))
    assert "operator 'PartitionCustom'" in notes
    assert "record: 0" in notes


def test_bad_arguments(numbers) -> None:
    with pytest.raises(TypeError, match=r"partition_custom\(\): the partitioner is a function or"):
        numbers.partition_custom(Modulo, Half())
    with pytest.raises(TypeError, match=r"partition_custom\(\): the key_selector is a function or"):
        numbers.partition_custom(Modulo(), "key")
