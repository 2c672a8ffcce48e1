# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""sum, min, max, min_by and max_by, of every kind of record."""

from __future__ import annotations

import copy
import dataclasses
from collections import namedtuple
from typing import Any

import pytest

from pyflink._worker.keyed.aggregates import Accumulate, AccumulateType
from pyflink._worker.keyed.reduce import Reduce
from pyflink.common import Row, RowKind, Types

SUM, MIN, MAX = AccumulateType.SUM, AccumulateType.MIN, AccumulateType.MAX
MIN_BY, MAX_BY = AccumulateType.MIN_BY, AccumulateType.MAX_BY

Named = namedtuple("Named", "name n last")


@dataclasses.dataclass(frozen=True)
class Frozen:
    name: str
    n: int
    last: bool = True


class Plain:
    def __init__(self, name: str, n: int, last: bool) -> None:
        self.name, self.n, self.last = name, n, last

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plain) and vars(self) == vars(other)

    def __repr__(self) -> str:
        return f"Plain({vars(self)})"


KINDS: list[tuple[Any, int | str]] = [
    (lambda *fields: fields, 1),
    (lambda *fields: fields, -2),
    (lambda *fields: list(fields), 1),
    (lambda *fields: list(fields), -2),
    (Row, 1),
    (Row("name", "n", "last"), 1),
    (Row("name", "n", "last"), "n"),
    (Named, 1),
    (Named, "n"),
    (lambda name, n, last: {"name": name, "n": n, "last": last}, "n"),
    (lambda name, n, last: {"name": name, 0: n, "last": last}, 0),
    (Frozen, "n"),
    (Plain, "n"),
]


def rolling(
    kind: AccumulateType, records: list[Any], position: int | str, results_of: Any
) -> list[Any]:
    reduce = Reduce(Accumulate(kind, position), True, Types.PICKLED_BYTE_ARRAY())
    before = copy.deepcopy(records)
    results: list[Any] = results_of(reduce, records, key=lambda record: 0)
    # whoever has got a record keeps it as it was
    assert records == before
    return results


@pytest.mark.parametrize(("make", "position"), KINDS)
def test_every_kind_of_record(make, position, results_of) -> None:
    a, b, c, d = make("a", 2, True), make("b", 2, False), make("c", 1, True), make("d", 3, False)
    records = [a, b, c, d]

    def first_with(n: int) -> Any:
        return make("a", n, True)

    assert rolling(SUM, records, position, results_of) == [a, *map(first_with, (4, 5, 8))]
    assert rolling(MIN, records, position, results_of) == [a, *map(first_with, (2, 1, 1))]
    assert rolling(MAX, records, position, results_of) == [a, *map(first_with, (2, 2, 3))]
    assert rolling(MIN_BY, records, position, results_of) == [a, a, c, c]
    assert rolling(MAX_BY, records, position, results_of) == [a, a, a, d]


@pytest.mark.parametrize(("make", "position"), KINDS)
def test_the_results_are_of_the_records_class(make, position, results_of) -> None:
    records = [make("a", 2, True), make("b", 1, True)]
    for kind in AccumulateType:
        assert {*map(type, rolling(kind, records, position, results_of))} == {type(records[0])}


def test_values_that_are_no_records(results_of) -> None:
    assert rolling(SUM, [1, 2, 3.5], 0, results_of) == [1, 3, 6.5]
    assert rolling(MIN, [2, 3, 1], 0, results_of) == [2, 2, 1]
    assert rolling(MAX, ["b", "a", "c"], 0, results_of) == ["b", "b", "c"]
    assert rolling(MIN_BY, [2, 3, 1], 0, results_of) == [2, 2, 1]
    assert rolling(MAX_BY, [2, 3, 1], 0, results_of) == [2, 3, 3]


def test_the_first_and_the_last_field(results_of) -> None:
    records = [(1, "a"), (2, "b")]
    assert rolling(SUM, records, 0, results_of) == [(1, "a"), (3, "a")]
    assert rolling(SUM, records, -1, results_of) == [(1, "a"), (1, "ab")]
    assert rolling(SUM, [(1,), (2,)], 0, results_of) == [(1,), (3,)]
    assert rolling(SUM, [[1], [2]], -1, results_of) == [[1], [3]]


def test_tuples_of_any_length(results_of) -> None:
    records = [(1, 2), (3, 4, 5), (6, 7, *range(40))]
    assert rolling(SUM, records, 1, results_of)[-1] == (1, 13)
    assert rolling(SUM, records[1:], 1, results_of)[-1] == (3, 11, 5)
    assert rolling(SUM, records[::-1], 1, results_of)[-1] == (6, 13, *range(40))
    by_key = Reduce(Accumulate(SUM, 1), True, Types.PICKLED_BYTE_ARRAY())
    longer = [(1, 2, 3), (1, 1, 1)]
    assert results_of(by_key, [(0, 2), (0, 3), *longer])[-2:] == [(1, 2, 3), (1, 3, 3)]


def test_a_rows_kind_is_that_of_the_first(results_of) -> None:
    rows = [Row.of_kind(RowKind.UPDATE_AFTER, 1), Row.of_kind(RowKind.DELETE, 2)]
    kinds = [row.get_row_kind() for row in rolling(SUM, rows, 0, results_of)]
    assert kinds == [RowKind.UPDATE_AFTER, RowKind.UPDATE_AFTER]


def test_rows_with_their_names_in_another_order(results_of) -> None:
    rows = [Row(n=1, name="a"), Row(name="b", n=2)]
    assert rolling(SUM, rows, "n", results_of)[-1] == Row(n=3, name="a")


def test_records_of_more_than_one_class(results_of) -> None:
    assert rolling(SUM, [(1, 2), [3, 4], Row(5, 6)], 1, results_of)[-1] == (1, 12)


@pytest.mark.parametrize(
    ("records", "position"),
    [
        ([("a", 1), ("a", 2)], 2),
        ([("a", 1), ("a", 2)], "n"),
        ([["a", 1], ["a", 2]], 2),
        ([["a", 1], ["a", 2]], "n"),
        ([Row("a", 1), Row("a", 2)], 2),
        ([Row("a", 1), Row("a", 2)], "n"),
        ([Row(a=1), Row(a=2)], "n"),
        ([{"a": 1}, {"a": 2}], "n"),
        ([{"a": 1}, {"a": 2}], 0),
        ([Named("a", 1, True), Named("b", 2, True)], "no"),
        ([Frozen("a", 1), Frozen("a", 2)], "no"),
        ([Frozen("a", 1), Frozen("a", 2)], "no name"),
        ([1, 2], 1),
        ([1, 2], "n"),
        ([("a", 1), ("a",)], 1),
        ([{"n": 1}, {"a": 2}], "n"),
    ],
)
@pytest.mark.parametrize("kind", AccumulateType)
def test_no_such_field(kind, records, position, results_of) -> None:
    with pytest.raises(LookupError, match=rf"there is no field {position!r} in .*, of type \w+"):
        rolling(kind, records, position, results_of)


def test_what_goes_wrong_in_the_values_themselves_stays_as_it_is(results_of) -> None:
    with pytest.raises(TypeError, match="unsupported operand"):
        rolling(SUM, [("a", 1), ("a", None)], 1, results_of)
    with pytest.raises(TypeError, match="'<' not supported"):
        rolling(MIN, [{"a": 1}, {"a": "x"}], "a", results_of)
