# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What is taken as a value of a type, and what is not, with which words."""

from __future__ import annotations

import array
import datetime
import decimal
import enum
from collections import OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass
from typing import Any

import pytest

from pyflink._codec import ValueMismatchError, batch_decoder, encode_collection
from pyflink.common.time import Instant
from pyflink.common.typeinfo import (
    ExternalTypeInfo,
    LocalTimeTypeInfo,
    TypeInformation,
    Types,
)
from pyflink.common.types import Row, RowKind

INT, STRING = Types.INT(), Types.STRING()
PAIR = Types.ROW_NAMED(["id", "name"], [INT, STRING])


def through(type_info: TypeInformation, *values: Any) -> list[Any]:
    decode = batch_decoder(type_info)
    return [v for batch in encode_collection(list(values), type_info) for v in decode(batch)]


class Scalar:
    """Stands in for numpy's numbers: no subclass of Python's, but with a tolist()."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def tolist(self) -> Any:
        return self.value


class Index:
    def __index__(self) -> int:
        return 7


class Text(str):
    pass


class Color(enum.IntEnum):
    RED = 1


Point = namedtuple("Point", "id name")


@dataclass
class Person:
    id: int
    name: str


@pytest.mark.parametrize(
    ("type_info", "given", "becomes"),
    [
        (INT, Color.RED, 1),
        (INT, Scalar(5), 5),
        (INT, Index(), 7),
        (Types.BIG_INT(), Scalar(2**70), 2**70),
        (Types.BOOLEAN(), Scalar(True), True),
        (Types.DOUBLE(), 3, 3.0),
        (Types.DOUBLE(), Scalar(2.5), 2.5),
        (Types.DOUBLE(), decimal.Decimal("2.5"), 2.5),
        (Types.FLOAT(), 3, 3.0),
        (Types.FLOAT(), 3.4028235e38, 3.4028235e38),
        (Types.BIG_DEC(), 3, decimal.Decimal(3)),
        (Types.BIG_DEC(), 0.1, decimal.Decimal("0.1")),
        (STRING, Text("x"), "x"),
        (STRING, Scalar("x"), "x"),
        (Types.SQL_DATE(), datetime.datetime(2020, 1, 2, 3), datetime.date(2020, 1, 2)),
        (
            Types.SQL_TIME(),
            datetime.time(1, 2, tzinfo=datetime.timezone.utc),
            datetime.time(1, 2),
        ),
        (Types.INSTANT(), Instant(1, -1), Instant(0, 999_999_999)),
        (Types.LIST(INT), (1, 2), [1, 2]),
        (Types.LIST(INT), range(3), [0, 1, 2]),
        (Types.LIST(INT), deque([1]), [1]),
        (Types.LIST(INT), {1}, [1]),
        (Types.LIST(INT), Scalar([1, 2]), [1, 2]),
        (Types.PRIMITIVE_ARRAY(INT), array.array("i", [1, -2]), [1, -2]),
        (Types.PRIMITIVE_ARRAY(Types.BYTE()), bytearray(b"ab"), b"ab"),
        (Types.PRIMITIVE_ARRAY(Types.BYTE()), memoryview(b"abcd")[::2], b"ac"),
        (Types.PRIMITIVE_ARRAY(Types.BYTE()), [1, -1, 255], b"\x01\xff\xff"),
        (Types.PRIMITIVE_ARRAY(Types.BYTE()), array.array("b", [1, -1]), b"\x01\xff"),
        (Types.MAP(STRING, INT), OrderedDict(a=1), {"a": 1}),
        (Types.MAP(STRING, INT), defaultdict(int, a=1), {"a": 1}),
        (Types.MAP(STRING, INT), {Text("a"): 1}, {"a": 1}),
        (Types.TUPLE([INT, STRING]), [1, "x"], (1, "x")),
        (Types.TUPLE([INT, STRING]), Row(1, "x"), (1, "x")),
        (Types.TUPLE([INT, STRING]), Point(1, "x"), (1, "x")),
        (ExternalTypeInfo(PAIR), (1, "x"), Row(id=1, name="x")),
        (Types.PRIMITIVE_ARRAY(Types.CHAR()), ("a", "b"), ["a", "b"]),
    ],
)
def test_what_is_as_good_as_a_value(type_info: TypeInformation, given: Any, becomes: Any) -> None:
    (value,) = through(type_info, given)
    assert value == becomes
    assert type(value) is type(becomes)


@pytest.mark.parametrize(
    "given",
    [
        (1, "x"),
        [1, "x"],
        Row(1, "x"),
        Row(id=1, name="x"),
        Row(name="x", id=1),
        Row("a", "b")(1, "x"),
        Row("id", "b")(1, "x"),
        {"id": 1, "name": "x"},
        {"name": "x", "id": 1, "more": 2},
        Person(1, "x"),
        Point(1, "x"),
        Scalar([1, "x"]),
        (Scalar(1), Text("x")),
        (1, Text("x")),
    ],
    ids=repr,
)
def test_what_is_as_good_as_a_row(given: Any) -> None:
    assert through(PAIR, given) == [Row(id=1, name="x")]
    assert through(Types.LIST(PAIR), [given]) == [[Row(id=1, name="x")]]
    # beside others, which are of another kind
    assert through(PAIR, (2, "y"), given, Row(3, "z"))[1] == Row(id=1, name="x")


def test_rows_of_every_kind_at_once() -> None:
    rows = [Row.of_kind(kind, 1, "x") for kind in RowKind]
    for row in rows:
        row.set_field_names(["id", "name"])
    assert through(PAIR, *rows) == rows
    assert through(Types.ROW([PAIR]), *[(row,) for row in rows]) == [Row(f0=row) for row in rows]


def test_rows_without_declared_names_have_the_default_ones() -> None:
    assert through(Types.ROW([INT, STRING]), (1, "x")) == [Row(f0=1, f1="x")]
    assert through(Types.ROW([INT, STRING]), Row(a=1, b="x")) == [Row(f0=1, f1="x")]


def test_a_timestamp_with_a_zone_is_what_the_clock_here_shows() -> None:
    here = datetime.datetime(2020, 1, 2, 3, 4, 5, 6)
    there = here.astimezone(datetime.timezone(datetime.timedelta(hours=-7)))
    for type_info in (
        Types.SQL_TIMESTAMP(),
        LocalTimeTypeInfo(LocalTimeTypeInfo.TimeType.LOCAL_DATE_TIME),
    ):
        assert through(type_info, there) == [here]


def test_rows_are_not_shared_between_values() -> None:
    first, second = through(PAIR, (1, "x"), (1, "x"))
    first[0] = 5
    first.set_field_names(["a", "b"])
    assert second == Row(id=1, name="x")


@pytest.mark.parametrize(
    ("type_info", "values", "message"),
    [
        (INT, [1, "x"], "element 1: expected INT (-2147483648..2147483647), found str 'x'"),
        (INT, [True], "element 0: expected INT (-2147483648..2147483647), found bool True"),
        (INT, [1.0], "element 0: expected INT (-2147483648..2147483647), found float 1.0"),
        (INT, [2**31], "element 0: expected INT (-2147483648..2147483647), found int 2147483648"),
        (Types.BYTE(), [128], "element 0: expected BYTE (-128..127), found int 128"),
        (Types.SHORT(), [-32769], "element 0: expected SHORT (-32768..32767), found int -32769"),
        (Types.LONG(), [2**63], "found int 9223372036854775808"),
        (Types.BIG_INT(), ["1"], "element 0: expected BIG_INT, found str '1'"),
        (Types.BIG_INT(), [True], "element 0: expected BIG_INT, found bool True"),
        (Types.BOOLEAN(), [1], "element 0: expected BOOLEAN, found int 1"),
        (Types.DOUBLE(), ["1.5"], "element 0: expected DOUBLE, found str '1.5'"),
        (Types.DOUBLE(), [True], "element 0: expected DOUBLE, found bool True"),
        (Types.DOUBLE(), [10**400], "element 0: expected DOUBLE, found int 1000"),
        (Types.FLOAT(), [1e39], "expected FLOAT (of 32 bits, below 3.4028236e38), found float"),
        (Types.BIG_DEC(), ["1.5"], "element 0: expected BIG_DEC, found str '1.5'"),
        (Types.BIG_DEC(), [True], "element 0: expected BIG_DEC, found bool True"),
        (Types.BIG_DEC(), [decimal.Decimal("NaN")], "BIG_DEC (finite, as a BigDecimal is), found"),
        (Types.BIG_DEC(), [float("inf")], "BIG_DEC (finite, as a BigDecimal is), found Decimal"),
        (Types.BIG_DEC(), [decimal.Decimal("1E-2147483648")], "found Decimal"),
        (Types.BIG_DEC(), [decimal.Decimal("1.5E+2147483648")], "found Decimal"),
        (STRING, [5], "element 0: expected STRING, found int 5"),
        (STRING, [b"x"], "element 0: expected STRING, found bytes b'x'"),
        (STRING, ["ab\ud800"], "half of a surrogate pair at index 2 of str 'ab\\ud800'"),
        (Types.CHAR(), ["ab"], "expected CHAR (one character up to U+FFFF), found str 'ab'"),
        (Types.CHAR(), [""], "found str ''"),
        (Types.CHAR(), ["😀"], "found str '😀'"),
        (Types.CHAR(), ["a\n"], "found str 'a\\n'"),
        (Types.SQL_DATE(), ["2020-01-02"], "expected SQL_DATE (datetime.date), found str"),
        (Types.SQL_TIME(), [5], "expected SQL_TIME (datetime.time), found int 5"),
        (Types.SQL_TIMESTAMP(), [datetime.date(2020, 1, 2)], "found date datetime.date(2020"),
        (Types.INSTANT(), [5], "expected INSTANT (pyflink.common.Instant), found int 5"),
        (Types.INSTANT(), [Instant(2**60, 0)], "INSTANT within Java's first and last, found"),
        (Types.INSTANT(), [Instant(1.5, 0)], "found Instant Instant<1.5, 0>"),  # type: ignore[arg-type]
        (Types.LIST(INT), ["ab"], "element 0: expected LIST of INT"),
        (Types.LIST(INT), [[1], [2, "x"]], "element 1, element 1: expected INT"),
        (Types.PRIMITIVE_ARRAY(INT), [[None]], "element 0, element 0: expected INT"),
        (Types.PRIMITIVE_ARRAY(Types.BYTE()), ["ab"], "expected PRIMITIVE_ARRAY of BYTE (bytes)"),
        (Types.PRIMITIVE_ARRAY(Types.BYTE()), [[256]], "found list [256]"),
        (Types.MAP(STRING, INT), [[("a", 1)]], "element 0: expected MAP of STRING to INT"),
        (Types.MAP(STRING, INT), [{"a": "b"}], "element 0, key 'a': expected INT"),
        (Types.MAP(STRING, INT), [{5: 1}], "element 0, a key of the map: expected STRING, found"),
        (
            Types.TUPLE([INT]),
            [(1, 2)],
            "expected TUPLE of 1 fields (INT (-2147483648..2147483647))",
        ),
        (Types.TUPLE([INT]), [5], "found int 5"),
        (Types.TUPLE([INT]), [{"f0": 5}], "found dict {'f0': 5}"),
        (Types.TUPLE([INT, INT]), [(1, "x")], "element 0, the 2nd of 2 fields: expected INT"),
        (PAIR, [(1, "a"), ("x", "b")], "element 1, field 'id' (1st of 2): expected INT"),
        (PAIR, [(1, "a"), (1,)], "element 1: expected ROW of 2 fields (id: INT"),
        (PAIR, [(1, "a"), (1,)], "found 1 in tuple (1,)"),
        (PAIR, [Row(1, "a", 3)], "found 3 in Row"),
        (
            PAIR,
            [Row(id=1, name=5)],
            "element 0, field 'name' (2nd of 2): expected STRING, found int 5",
        ),
        (PAIR, [Row(name="a", more=5)], "found that the row has the fields ['name', 'more']"),
        (PAIR, [{"ID": 1}], "found dict {'ID': 1}"),
        (PAIR, ["ab"], "found str 'ab'"),
        (PAIR, [None], "found None, which Flink can keep in"),
        (Types.LIST(PAIR), [[(1, "a"), (1, 2)]], "element 0, element 1, field 'name' (2nd of 2)"),
    ],
)
def test_what_is_wrong_is_named(type_info: TypeInformation, values: Any, message: str) -> None:
    with pytest.raises(ValueMismatchError) as caught:
        encode_collection(values, type_info)
    assert message in str(caught.value)
    assert str(caught.value).startswith("from_collection, element ")
    # whichever of the two a program catches
    assert isinstance(caught.value, TypeError)
    assert isinstance(caught.value, ValueError)


class Unspeakable:
    def __repr__(self) -> str:
        raise RuntimeError("no words")


def test_an_error_needs_no_words_of_the_value_and_few_of_a_long_one() -> None:
    with pytest.raises(ValueMismatchError, match=r"found Unspeakable"):
        encode_collection([Unspeakable()], INT)
    with pytest.raises(ValueMismatchError) as caught:
        encode_collection(["x" * 10_000_000], INT)
    assert len(str(caught.value)) < 250


def test_the_index_is_that_in_the_whole_collection() -> None:
    values: list[Any] = [(i, "x") for i in range(200_000)]
    values[123_456] = (1, None)
    encode_collection(values, PAIR, batch_bytes=10_000)
    values[123_456] = (1, 1)
    with pytest.raises(ValueMismatchError, match="element 123456, field 'name'"):
        encode_collection(values, PAIR, batch_bytes=10_000)


NULLABLE = [
    Types.STRING(),
    Types.BIG_INT(),
    Types.BIG_DEC(),
    Types.INSTANT(),
    Types.SQL_DATE(),
    Types.SQL_TIME(),
    *(LocalTimeTypeInfo(time_type) for time_type in LocalTimeTypeInfo.TimeType),
]
NOT_NULLABLE = [
    Types.SQL_TIMESTAMP(),
    Types.BOOLEAN(),
    Types.BYTE(),
    Types.SHORT(),
    Types.INT(),
    Types.LONG(),
    Types.FLOAT(),
    Types.DOUBLE(),
    Types.CHAR(),
    Types.LIST(INT),
    Types.MAP(INT, INT),
    Types.TUPLE([INT]),
    Types.ROW([INT]),
    Types.PRIMITIVE_ARRAY(INT),
    Types.PRIMITIVE_ARRAY(Types.BYTE()),
    Types.BASIC_ARRAY(INT),
    Types.OBJECT_ARRAY(PAIR),
]


@pytest.mark.parametrize("type_info", [*NULLABLE, *NOT_NULLABLE], ids=repr)
def test_none_stands_in_rows_arrays_and_values_of_maps(type_info: TypeInformation) -> None:
    assert through(Types.ROW([type_info]), (None,)) == [Row(f0=None)]
    assert through(Types.OBJECT_ARRAY(type_info), [None]) == [[None]]
    assert through(Types.MAP(INT, type_info), {1: None}) == [{1: None}]


@pytest.mark.parametrize("type_info", NULLABLE, ids=repr)
def test_none_stands_anywhere(type_info: TypeInformation) -> None:
    assert through(type_info, None) == [None]
    assert through(Types.TUPLE([type_info]), (None,)) == [(None,)]
    assert through(Types.LIST(type_info), [None]) == [[None]]
    assert through(Types.MAP(type_info, INT), {None: 1}) == [{None: 1}]


@pytest.mark.parametrize("type_info", NOT_NULLABLE, ids=repr)
def test_none_is_refused(type_info: TypeInformation) -> None:
    for outer, value in (
        (type_info, None),
        (Types.TUPLE([type_info]), (None,)),
        (Types.LIST(type_info), [None]),
    ):
        with pytest.raises(ValueMismatchError, match="found None, which Flink can keep in"):
            encode_collection([value], outer)


def test_a_map_cannot_be_a_key() -> None:
    with pytest.raises(TypeError, match="cannot be the key"):
        encode_collection([], Types.MAP(Types.TUPLE([Types.MAP(INT, INT)]), INT))
