# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the tests of the codec share: golden bytes, and random types with random values."""

from __future__ import annotations

import datetime
import decimal
import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from pyflink.common._typeinfo.java import from_descriptor
from pyflink.common.time import Instant
from pyflink.common.typeinfo import LocalTimeTypeInfo, TypeInformation, Types
from pyflink.common.types import Row, RowKind

#: The golden bytes, which Java's tests read as well.
FOLDER = Path(__file__).parents[4] / "proto" / "vectors"


class Vector:
    """Values and the bytes that they become, or bytes that are refused."""

    def __init__(self, file: str, fields: dict[str, Any]) -> None:
        self.fields = fields
        self.name = f"{file}: {fields['name']}"
        self.by = fields.get("by", "both")
        self.type_info: TypeInformation = from_descriptor(fields["type"])

    def bytes(self, key: str) -> bytes:
        return bytes.fromhex(self.fields[key])

    @property
    def written(self) -> bytes:
        """What Python writes, which for a FLOAT is not what Java writes."""
        return self.bytes("from_python" if "from_python" in self.fields else "batch")

    @property
    def values(self) -> list[Any]:
        return [value(self.fields["type"], v) for v in self.fields["values"]]


def value(descriptor: list[Any], json_value: Any, in_key: bool = False) -> Any:
    """The value that a vector's notation stands for."""
    if json_value is None:
        return None
    kind, *parts = descriptor

    def elements(types: list[Any], values: list[Any]) -> list[Any]:
        return [value(t, v, in_key) for t, v in zip(types, values, strict=True)]

    if kind in ("FLOAT", "DOUBLE"):
        return float(json_value)
    if kind == "BIG_DEC":
        return decimal.Decimal(json_value)
    if kind in ("SQL_DATE", "LOCAL_DATE"):
        return datetime.date.fromisoformat(json_value)
    if kind in ("SQL_TIME", "LOCAL_TIME"):
        return datetime.time.fromisoformat(json_value)
    if kind in ("SQL_TIMESTAMP", "LOCAL_DATE_TIME"):
        return datetime.datetime.fromisoformat(json_value)
    if kind == "INSTANT":
        return Instant(*json_value)
    if kind == "PICKLED":
        return pickle.loads(bytes.fromhex(json_value))
    if descriptor == ["PRIMITIVE_ARRAY", ["BYTE"]]:
        return bytes.fromhex(json_value)
    if kind in ("LIST", "PRIMITIVE_ARRAY", "BASIC_ARRAY", "OBJECT_ARRAY"):
        made = elements(parts * len(json_value), json_value)
        return tuple(made) if in_key else made
    if kind == "KEY":
        return value(parts[0], json_value)
    if kind == "MAP":
        return {value(parts[0], k, True): value(parts[1], v) for k, v in json_value}
    if kind == "TUPLE":
        return tuple(elements(parts[0], json_value))
    if kind == "ROW":
        row = Row.of_kind(RowKind(json_value[0]), *elements(parts[1], json_value[1:]))
        row.set_field_names(parts[0])
        return row
    return json_value


def read(file: str) -> list[Vector]:
    text = (FOLDER / f"{file}.json").read_text(encoding="utf-8")
    return [Vector(file, fields) for fields in json.loads(text)]


ACCEPTED = [
    vector
    for file in ("numbers", "text", "times", "collections", "records")
    for vector in read(file)
]


@pytest.fixture(params=ACCEPTED, ids=lambda v: v.name)
def vector(request: pytest.FixtureRequest) -> Vector:
    return request.param


@pytest.fixture(params=read("refused"), ids=lambda v: v.name)
def refused(request: pytest.FixtureRequest) -> Vector:
    return request.param


Typed = tuple[TypeInformation, st.SearchStrategy[Any]]

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
TIME_TYPES = LocalTimeTypeInfo.TimeType


def ints(bits: int) -> st.SearchStrategy[int]:
    return st.integers(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)


def on_the_wall(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A clock on the wall does not show which of two equal hours it is."""
    return values.map(lambda v: v.replace(fold=0))


def milliseconds(time: datetime.time) -> datetime.time:
    """What java.sql.Time keeps of a time."""
    return time.replace(microsecond=time.microsecond // 1000 * 1000)


def in_sql_calendar(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The calendar of java.sql skips ten days of 1582."""
    return values.filter(lambda v: (v.year, v.month) != (1582, 10))


# those that can be None anywhere
OPTIONAL: list[Typed] = [
    (Types.STRING(), TEXT),
    (Types.BIG_INT(), st.integers()),
    (Types.BIG_DEC(), st.decimals(allow_nan=False, allow_infinity=False)),
    (Types.SQL_DATE(), in_sql_calendar(st.dates())),
    (Types.SQL_TIME(), on_the_wall(st.times()).map(milliseconds)),
    (Types.INSTANT(), st.builds(Instant, ints(50), st.integers(0, 10**9 - 1))),
    (LocalTimeTypeInfo(TIME_TYPES.LOCAL_DATE), st.dates()),
    (LocalTimeTypeInfo(TIME_TYPES.LOCAL_TIME), on_the_wall(st.times())),
    (LocalTimeTypeInfo(TIME_TYPES.LOCAL_DATE_TIME), on_the_wall(st.datetimes())),
]
PRIMITIVE: list[Typed] = [
    (Types.BOOLEAN(), st.booleans()),
    (Types.BYTE(), ints(8)),
    (Types.SHORT(), ints(16)),
    (Types.INT(), ints(32)),
    (Types.LONG(), ints(64)),
    (Types.FLOAT(), st.floats(width=32, allow_nan=False)),
    (Types.DOUBLE(), st.floats(allow_nan=False)),
    (Types.CHAR(), st.characters(exclude_categories=["Cs"], max_codepoint=0xFFFF)),
]
SCALARS: list[Typed] = [
    *((type_info, st.none() | values) for type_info, values in OPTIONAL),
    *PRIMITIVE,
    (Types.SQL_TIMESTAMP(), in_sql_calendar(on_the_wall(st.datetimes()))),
    (Types.PRIMITIVE_ARRAY(Types.BYTE()), st.binary()),
    (Types.PICKLED_BYTE_ARRAY(), st.none() | st.complex_numbers(allow_nan=False)),
]


def row_type(fields: list[Typed]) -> Typed:
    names = [f"f{i}" for i in range(len(fields))]

    def row(kind: RowKind, values: list[Any]) -> Row:
        made = Row.of_kind(kind, *values)
        made.set_field_names(names)
        return made

    values = st.tuples(*(st.none() | v for _, v in fields)).map(list)
    return Types.ROW([t for t, _ in fields]), st.builds(row, st.sampled_from(RowKind), values)


def tuple_type(fields: list[Typed]) -> Typed:
    return Types.TUPLE([t for t, _ in fields]), st.tuples(*(v for _, v in fields))


def list_type(element: Typed) -> Typed:
    return Types.LIST(element[0]), st.lists(element[1], max_size=4)


def array_type(element: Typed) -> Typed:
    return Types.OBJECT_ARRAY(element[0]), st.lists(st.none() | element[1], max_size=4)


def map_type(key: Typed, value: Typed) -> Typed:
    values = st.dictionaries(key[1], st.none() | value[1], max_size=3)
    return Types.MAP(key[0], value[0]), values


PARTS = st.lists(st.sampled_from(SCALARS), max_size=2)
KEYS = st.sampled_from(SCALARS) | PARTS.map(tuple_type) | PARTS.map(row_type)
TYPES: st.SearchStrategy[Typed] = st.recursive(
    st.sampled_from(SCALARS)
    | st.sampled_from(PRIMITIVE[:-1]).map(
        lambda t: (Types.BASIC_ARRAY(t[0]), st.lists(st.none() | t[1]))
    )
    | st.sampled_from(PRIMITIVE[2:]).map(lambda t: (Types.PRIMITIVE_ARRAY(t[0]), st.lists(t[1]))),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(row_type),
        st.lists(inner, max_size=4).map(tuple_type),
        inner.map(list_type),
        inner.map(array_type),
        st.builds(map_type, KEYS, inner),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="session")
def random_types() -> st.SearchStrategy[Typed]:
    """A random type, and a strategy for its values."""
    return TYPES
