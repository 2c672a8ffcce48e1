# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""KeyedStream's sum, min, max, min_by and max_by."""

from __future__ import annotations

import pytest

from pyflink.common import Row, Types
from pyflink.datastream import KeyedStream, RuntimeExecutionMode

INT, LONG, TEXT = Types.INT(), Types.LONG(), Types.STRING()
PAIR = Types.TUPLE([TEXT, INT])
ROW = Types.ROW_NAMED(["name", "n"], [TEXT, INT])
METHODS = ["sum", "min", "max", "min_by", "max_by"]
RECORDS = [(1, "a", 2), (2, "b", 9), (1, "c", 1), (1, "d", 3), (2, "e", 9)]
ROLLING = {
    "sum": [(1, "a", 2), (2, "b", 9), (1, "a", 3), (1, "a", 6), (2, "b", 18)],
    "min": [(1, "a", 2), (2, "b", 9), (1, "a", 1), (1, "a", 1), (2, "b", 9)],
    "max": [(1, "a", 2), (2, "b", 9), (1, "a", 2), (1, "a", 3), (2, "b", 9)],
    "min_by": [(1, "a", 2), (2, "b", 9), (1, "c", 1), (1, "c", 1), (2, "b", 9)],
    "max_by": [(1, "a", 2), (2, "b", 9), (1, "a", 2), (1, "d", 3), (2, "b", 9)],
}
TUPLE_TYPE = Types.TUPLE([INT, TEXT, INT])
NAMED_TYPE = Types.ROW_NAMED(["id", "name", "n"], [INT, TEXT, INT])


def first(record):
    return record[0]


@pytest.mark.parametrize("method", METHODS)
def test_tuples(single, method) -> None:
    keyed = single.from_collection(RECORDS, TUPLE_TYPE).key_by(first, INT)
    assert list(getattr(keyed, method)(2).execute_and_collect()) == ROLLING[method]


@pytest.mark.parametrize("method", METHODS)
def test_objects_of_no_declared_type(single, method) -> None:
    keyed = single.from_collection(RECORDS).key_by(first)
    assert list(getattr(keyed, method)(2).execute_and_collect()) == ROLLING[method]


@pytest.mark.parametrize("field", [2, "n", -1])
@pytest.mark.parametrize("method", METHODS)
def test_rows(single, method, field) -> None:
    keyed = single.from_collection(RECORDS, NAMED_TYPE).key_by(first, INT)
    results = getattr(keyed, method)(field)
    assert results.get_type() == NAMED_TYPE
    expected = [Row(id=i, name=name, n=n) for i, name, n in ROLLING[method]]
    assert list(results.execute_and_collect()) == expected


@pytest.mark.parametrize("method", METHODS)
def test_in_batch_mode(single, method) -> None:
    single.set_runtime_mode(RuntimeExecutionMode.BATCH)
    try:
        keyed = single.from_collection(RECORDS, TUPLE_TYPE).key_by(first, INT)
        results = sorted(getattr(keyed, method)(2).execute_and_collect())
    finally:
        single.set_runtime_mode(RuntimeExecutionMode.STREAMING)
    assert results == ROLLING[method][-2:]


def test_numbers(single) -> None:
    keyed = single.from_collection([2, 3, 1], LONG).key_by(lambda i: 0)
    assert list(keyed.sum().execute_and_collect()) == [2, 5, 6]
    assert list(keyed.min().execute_and_collect()) == [2, 2, 1]
    assert list(keyed.max().execute_and_collect()) == [2, 3, 3]


def test_lists(single) -> None:
    keyed = single.from_collection([[0, 2], [0, 3]], Types.LIST(INT)).key_by(first)
    assert list(keyed.sum(1).execute_and_collect()) == [[0, 2], [0, 5]]


def test_dicts(single) -> None:
    keyed = single.from_collection([{"k": 1, "n": 2}, {"k": 1, "n": 3}]).key_by(lambda d: d["k"])
    assert list(keyed.sum("n").execute_and_collect()) == [{"k": 1, "n": 2}, {"k": 1, "n": 5}]


def test_the_name_says_what_is_done(single) -> None:
    keyed = single.from_collection([("a", 1)], PAIR).key_by(first)
    names = {method: getattr(keyed, method)(1).get_name() for method in METHODS}
    assert names == {"sum": "Sum", "min": "Min", "max": "Max", "min_by": "MinBy", "max_by": "MaxBy"}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("record", "record_type", "field", "message"),
    [
        (("a", 1), PAIR, 2, r"no field 2\. The records are tuples of 2 fields, 0 to 1,"),
        (("a", 1), PAIR, -3, r"no field -3\. The records are tuples"),
        (
            ("a", 1),
            PAIR,
            "n",
            r"no field 'n'\. The records are tuples of 2 fields, 0 to 1, without names",
        ),
        (("a", 1), ROW, 2, r"no field 2\. The records are rows of 2 fields: name, n\."),
        (("a", 1), ROW, "m", r"no field 'm'\. The records are rows of 2 fields: name, n\."),
        (1, INT, 1, r"no field 1\. .* type Integer: 0 stands for the whole value"),
        (1, INT, "n", r"no field 'n'\. .* type Integer: 0 stands for the whole value"),
        ([1], Types.LIST(INT), "n", r"no field 'n'\. The records are lists"),
    ],
)
def test_a_field_that_the_type_does_not_have(
    single, method, record, record_type, field, message
) -> None:
    keyed = single.from_collection([record], record_type).key_by(lambda record: 0)
    with pytest.raises(ValueError, match=rf"^{method}\(\): there is {message}"):
        getattr(keyed, method)(field)


@pytest.mark.parametrize("field", [1.0, None, True, [1]])
def test_what_is_no_field(single, field) -> None:
    keyed = single.from_collection([("a", 1)], PAIR).key_by(first)
    with pytest.raises(TypeError, match=r"sum\(\): a field is an int, .* or a str, .*; not "):
        keyed.sum(field)


def test_a_field_that_a_record_does_not_have(single) -> None:
    keyed = single.from_collection([("a", 1), ("a",)]).key_by(first)
    with pytest.raises(LookupError, match=r"there is no field 1 in \('a',\), of type tuple"):
        list(keyed.sum(1).execute_and_collect())


def test_what_kinds_there_are() -> None:
    assert [kind.name for kind in KeyedStream.AccumulateType] == [
        "MIN",
        "MAX",
        "MIN_BY",
        "MAX_BY",
        "SUM",
    ]
