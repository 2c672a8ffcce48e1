# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""KeyedStream.reduce."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pyflink.common import Row, Types, WatermarkStrategy
from pyflink.datastream import ReduceFunction, RuntimeExecutionMode
from pyflink.datastream.connectors import NumberSequenceSource

INT, LONG, TEXT = Types.INT(), Types.LONG(), Types.STRING()
PAIR = Types.TUPLE([TEXT, LONG])
PAIRS = [("a", 1), ("b", 10), ("a", 2), ("b", 20), ("a", 3)]


@dataclass
class Visit:
    """A record of no declared type."""

    user: str
    pages: int


class Total(ReduceFunction):
    def open(self, runtime_context) -> None:
        self.subtask = runtime_context.get_index_of_this_subtask()

    def reduce(self, value1, value2):
        return value1[0], value1[1] + value2[1] + self.subtask

    def close(self) -> None:
        print("closed", self.subtask)


def total(one, other):
    return one[0], one[1] + other[1]


def first(record):
    return record[0]


def notes_of(error: BaseException) -> str:
    return "\n".join(getattr(error, "__notes__", [str(error.__cause__)]))


@pytest.mark.parametrize("key_type", [None, TEXT])
@pytest.mark.parametrize("record_type", [None, PAIR])
def test_each_record_gives_what_its_key_has_become(single, record_type, key_type) -> None:
    reduced = single.from_collection(PAIRS, record_type).key_by(first, key_type).reduce(total)
    assert reduced.get_name() == "Reduce"
    assert reduced.get_type() == (record_type or Types.PICKLED_BYTE_ARRAY())
    assert list(reduced.execute_and_collect()) == [
        ("a", 1),
        ("b", 10),
        ("a", 3),
        ("b", 30),
        ("a", 6),
    ]


def test_a_reduce_function(single, capsys) -> None:
    reduced = single.from_collection(PAIRS, PAIR).key_by(first, TEXT).reduce(Total())
    assert list(reduced.execute_and_collect())[-1] == ("a", 6)
    assert capsys.readouterr().out == "closed 0\n"


def test_in_batch_mode_each_key_gives_one(single) -> None:
    single.set_runtime_mode(RuntimeExecutionMode.BATCH)
    try:
        for key_type in (None, TEXT):
            stream = single.from_collection(PAIRS, PAIR)
            reduced = stream.key_by(first, key_type).reduce(total)
            assert sorted(reduced.execute_and_collect()) == [("a", 6), ("b", 30)]
    finally:
        single.set_runtime_mode(RuntimeExecutionMode.STREAMING)


@pytest.mark.parametrize("parallelism", [1, 2])
def test_many_records(single, parallelism) -> None:
    single.set_parallelism(parallelism)
    source = NumberSequenceSource(1, 20_000)
    numbers = single.from_source(source, WatermarkStrategy.no_watermarks(), "numbers", LONG)
    pairs = numbers.map(lambda i: (str(i % 100), i), PAIR)
    totals = pairs.key_by(first, TEXT).reduce(total)
    largest: dict[str, int] = {}
    for key, so_far in totals.execute_and_collect():
        assert so_far > largest.get(key, 0)
        largest[key] = so_far
    assert largest == {str(r): sum(range(r or 100, 20_001, 100)) for r in range(100)}


def test_functions_before_and_after(single) -> None:
    pairs = single.from_collection([1, 2, 3, 4], INT).map(lambda i: (str(i % 2), i), PAIR)
    counted = pairs.filter(lambda pair: pair[1] < 4).key_by(first).reduce(total)
    texts = counted.map(lambda pair: f"{pair[0]}:{pair[1]}", TEXT).filter(str.isascii)
    assert list(texts.execute_and_collect()) == ["1:1", "0:2", "1:4"]


def test_objects_of_no_declared_type(single) -> None:
    visits = single.from_collection([Visit("ann", 1), Visit("bob", 2), Visit("ann", 3)])

    def more(one, other):
        return Visit(one.user, one.pages + other.pages)

    reduced = visits.key_by(lambda visit: visit.user).reduce(more)
    results = [(visit.user, visit.pages) for visit in reduced.execute_and_collect()]
    assert results == [("ann", 1), ("bob", 2), ("ann", 4)]


def test_an_annotated_stream_remains_what_nobody_has_declared(single, capsys) -> None:
    def pair_of(value) -> tuple[str, int]:
        return "k", value

    pairs = single.from_collection([1, 2], INT).map(pair_of)
    pairs.key_by(first).reduce(total).print("reduced")
    pairs.key_by(first).sum(1).print("summed")
    single.execute()
    assert sorted(capsys.readouterr().out.splitlines()) == [
        "reduced> ('k', 1)",
        "reduced> ('k', 3)",
        "summed> ('k', 1)",
        "summed> ('k', 3)",
    ]


def test_rows(single) -> None:
    record_type = Types.ROW_NAMED(["name", "n"], [TEXT, INT])
    rows = single.from_collection([("a", 1), ("a", 2)], record_type).key_by(lambda row: row.name)
    reduced = rows.reduce(lambda one, other: Row(name=one.name, n=one.n + other.n))
    assert list(reduced.execute_and_collect()) == [Row(name="a", n=1), Row(name="a", n=3)]


def test_an_error_in_the_function(single) -> None:
    reduced = single.from_collection([4, 0, 2], INT).key_by(lambda i: 0).reduce(lambda a, b: b // a)
    with pytest.raises(ZeroDivisionError) as caught:
        list(reduced.execute_and_collect())
    notes = notes_of(caught.value)
    assert "Reduce" in notes
    assert "2" in notes


class Swapped(ReduceFunction):
    def reduce(self, value1, value2):
        return value1[1], value2[0]


def swapped(one, other):
    return one[1], other[0]


@pytest.mark.parametrize(("func", "label"), [(swapped, "swapped"), (Swapped(), "Swapped.reduce")])
def test_a_result_of_another_type(single, func, label) -> None:
    reduced = single.from_collection([("a", 1), ("a", 2)], PAIR).key_by(first).reduce(func)
    where = f"operator 'Reduce', function '{label}', the 1st of 2 fields"
    with pytest.raises(TypeError, match=f"{where}: expected STRING, found int 1"):
        list(reduced.execute_and_collect())


@pytest.mark.parametrize("func", [5, None, Total, "sum"])
def test_what_is_no_function(single, func) -> None:
    keyed = single.from_collection(PAIRS, PAIR).key_by(first)
    with pytest.raises(TypeError, match=r"reduce\(\): the function is a function or an object of"):
        keyed.reduce(func)
