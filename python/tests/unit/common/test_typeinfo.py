# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The types of pyflink.common.typeinfo."""

from __future__ import annotations

import copy
import datetime
import pickle
from itertools import combinations
from typing import Any

import pytest

from pyflink.common import typeinfo
from pyflink.common._typeinfo.java import from_descriptor
from pyflink.common.time import Instant
from pyflink.common.typeinfo import (
    BasicArrayTypeInfo,
    BasicType,
    BasicTypeInfo,
    DateTypeInfo,
    ExternalTypeInfo,
    LocalTimeTypeInfo,
    PickledBytesTypeInfo,
    PrimitiveArrayTypeInfo,
    RowTypeInfo,
    SqlTimeTypeInfo,
    TimeTypeInfo,
    TupleTypeInfo,
    TypeInformation,
    Types,
    WrapperTypeInfo,
)
from pyflink.common.types import Row, RowKind

INT, STRING = Types.INT(), Types.STRING()

TEXTS: list[tuple[TypeInformation, str]] = [
    (Types.STRING(), "String"),
    (Types.BYTE(), "Byte"),
    (Types.BOOLEAN(), "Boolean"),
    (Types.SHORT(), "Short"),
    (Types.INT(), "Integer"),
    (Types.LONG(), "Long"),
    (Types.FLOAT(), "Float"),
    (Types.DOUBLE(), "Double"),
    (Types.CHAR(), "Char"),
    (Types.BIG_INT(), "BigInteger"),
    (Types.BIG_DEC(), "BigDecimal"),
    (Types.INSTANT(), "Instant"),
    (Types.SQL_DATE(), "DateTypeInfo"),
    (Types.SQL_TIME(), "TimeTypeInfo"),
    (Types.SQL_TIMESTAMP(), "TimestampTypeInfo"),
    (Types.PICKLED_BYTE_ARRAY(), "PickledByteArrayTypeInfo"),
    (Types.ROW([]), "RowTypeInfo()"),
    (Types.ROW([INT, STRING]), "RowTypeInfo(Integer, String)"),
    (Types.ROW_NAMED(["a", "b"], [INT, INT]), "RowTypeInfo(a: Integer, b: Integer)"),
    (Types.TUPLE([]), "TupleTypeInfo()"),
    (Types.TUPLE([INT, STRING]), "TupleTypeInfo(Integer, String)"),
    (Types.LIST(INT), "ListTypeInfo<Integer>"),
    (Types.MAP(STRING, INT), "MapTypeInfo<String, Integer>"),
    (Types.PRIMITIVE_ARRAY(INT), "PrimitiveArrayTypeInfo<Integer>"),
    (Types.BASIC_ARRAY(INT), "BasicArrayTypeInfo<Integer>"),
    (Types.OBJECT_ARRAY(INT), "ObjectArrayTypeInfo<Integer>"),
    (ExternalTypeInfo(INT), "ExternalTypeInfo<Integer>"),
    *(
        (LocalTimeTypeInfo(time_type), f"LocalTimeTypeInfo<{time_type.name}>")
        for time_type in LocalTimeTypeInfo.TimeType
    ),
]


@pytest.mark.parametrize(("type_info", "text"), TEXTS)
def test_text(type_info: TypeInformation, text: str) -> None:
    assert repr(type_info) == str(type_info) == text


@pytest.mark.parametrize("type_info", [t for t, _ in TEXTS], ids=repr)
def test_copies_are_equal(type_info: TypeInformation) -> None:
    copies = [pickle.loads(pickle.dumps(type_info)), copy.deepcopy(type_info)]
    if not isinstance(type_info, ExternalTypeInfo):
        copies.append(from_descriptor(type_info._descriptor_bytes()))
    for copied in copies:
        assert copied == type_info
        assert hash(copied) == hash(type_info)


def test_different_types_are_not_equal() -> None:
    for (one, _), (other, _) in combinations(TEXTS, 2):
        assert one != other
        assert one != 3


def test_names_of_fields_do_not_count() -> None:
    # as in Java
    named = Types.ROW_NAMED(["a", "b"], [INT, STRING])
    assert named == Types.ROW([INT, STRING])
    assert hash(named) == hash(Types.ROW([INT, STRING]))


def test_a_copy_has_no_java_object() -> None:
    type_info = Types.INT()
    type_info._j_typeinfo = object()
    assert pickle.loads(pickle.dumps(type_info))._j_typeinfo is None


def test_the_fields_of_a_row() -> None:
    row = Types.ROW_NAMED(["a", "b"], [INT, STRING])
    assert isinstance(row, RowTypeInfo)
    assert row.get_field_names() == row.field_names == ["a", "b"]
    assert row.get_field_types() == row.types == [INT, STRING]
    assert row.get_field_index("b") == 1
    with pytest.raises(ValueError, match="No field 'c' in RowTypeInfo"):
        row.get_field_index("c")
    assert RowTypeInfo([INT, INT]).get_field_names() == ["f0", "f1"]


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: Types.ROW_NAMED(["a"], [INT, INT]), ValueError, "1 names for 2 types"),
        (lambda: Types.ROW_NAMED(["a", "a"], [INT, INT]), ValueError, "same name"),
        (lambda: Types.ROW_NAMED([1], [INT]), TypeError, "is a str, not 1"),
        (lambda: Types.ROW_NAMED(field_types=[INT]), TypeError, "field_names"),
        (lambda: Types.ROW(), TypeError, "field_types"),
        (lambda: Types.ROW(["int"]), TypeError, "Field 0 has the type 'int'"),
        (lambda: Types.ROW([Types.INT]), TypeError, "write Types.INT()"),
        (lambda: Types.TUPLE([INT] * 26), ValueError, "use Types.ROW"),
        (lambda: Types.PRIMITIVE_ARRAY(STRING), TypeError, "use Types.OBJECT_ARRAY"),
        (lambda: Types.BASIC_ARRAY(Types.BIG_INT()), TypeError, "use Types.OBJECT_ARRAY"),
        (lambda: Types.BASIC_ARRAY(Types.ROW([INT])), TypeError, "use Types.OBJECT_ARRAY"),
    ],
)
def test_what_is_no_type_is_refused_when_it_is_made(
    make: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as caught:
        make()
    assert message in str(caught.value)


class Person:
    def __init__(self) -> None:
        self.a, self.b = 1, "x"


class TestPlainForms:
    ROW = Types.ROW_NAMED(["a", "b"], [INT, STRING])
    DATES = Types.ROW_NAMED(["a", "d"], [INT, Types.SQL_DATE()])
    DAY = datetime.date(2020, 1, 2)

    @pytest.mark.parametrize(
        "value",
        [(1, "x"), [1, "x"], {"a": 1, "b": "x"}, Row(1, "x"), Row(b="x", a=1), Person()],
    )
    def test_row(self, value: Any) -> None:
        assert self.ROW.need_conversion()
        assert self.ROW.to_internal_type(value) == (0, 1, "x")

    def test_row_with_a_kind_and_without_a_value(self) -> None:
        deleted = Row.of_kind(RowKind.DELETE, 1, None)
        assert self.ROW.to_internal_type(deleted) == (3, 1, None)
        assert self.ROW.to_internal_type({"a": 1}) == (0, 1, None)
        assert self.ROW.to_internal_type(None) is None

    def test_row_with_fields_that_change(self) -> None:
        assert self.DATES.to_internal_type((1, self.DAY)) == (0, 1, 18263)
        assert self.DATES.from_internal_type(Row(1, 18263)) == (1, self.DAY)
        assert self.DATES.from_internal_type(None) is None

    def test_tuple(self) -> None:
        dates = Types.TUPLE([INT, Types.SQL_DATE()])
        for value in ((1, self.DAY), [1, self.DAY], Row(1, self.DAY)):
            assert dates.to_internal_type(value) == (1, 18263)
        assert dates.from_internal_type((1, 18263)) == (1, self.DAY)
        assert Types.TUPLE([INT]).to_internal_type([1]) == (1,)
        assert dates.to_internal_type(None) is dates.from_internal_type(None) is None

    @pytest.mark.parametrize("value", ["ab", 5, object()])
    @pytest.mark.parametrize("type_info", [Types.ROW([INT]), Types.TUPLE([INT])])
    def test_what_is_no_record_is_refused(self, type_info: TypeInformation, value: Any) -> None:
        with pytest.raises(ValueError, match="takes a"):
            type_info.to_internal_type(value)

    @pytest.mark.parametrize(
        ("type_info", "value", "plain"),
        [
            (Types.SQL_DATE(), datetime.date(1, 1, 1), -719162),
            (Types.SQL_DATE(), datetime.date(9999, 12, 31), 2932896),
            (Types.SQL_DATE(), None, None),
            (Types.SQL_TIME(), datetime.time(1, 2, 3, 4), 3723000004),
            (Types.SQL_TIME(), datetime.time(23, 59, 59, 999999), 86399999999),
            (Types.SQL_TIME(), None, None),
            (Types.SQL_TIMESTAMP(), datetime.datetime(1970, 1, 1, 0, 0, 0, 1), 1),
            (Types.SQL_TIMESTAMP(), datetime.datetime(1969, 12, 31, 23, 59, 59, 999999), -1),
            (Types.SQL_TIMESTAMP(), datetime.datetime(1, 1, 1), -62135596800000000),
            (Types.SQL_TIMESTAMP(), None, None),
            (Types.INSTANT(), Instant(-1, 5000), -999995),
            (Types.INSTANT(), None, None),
            (Types.LIST(Types.SQL_DATE()), [1], [1]),
            (Types.INT(), 5, 5),
        ],
    )
    def test_there_and_back(self, type_info: TypeInformation, value: Any, plain: Any) -> None:
        assert type_info.to_internal_type(value) == plain
        assert type_info.from_internal_type(plain) == value

    def test_a_timestamp_with_a_zone_is_what_the_clock_here_shows(self) -> None:
        here = datetime.datetime(2020, 1, 2, 3, 4, 5)
        there = here.astimezone(datetime.timezone(datetime.timedelta(hours=5, minutes=30)))
        timestamp = Types.SQL_TIMESTAMP()
        assert timestamp.to_internal_type(there) == timestamp.to_internal_type(here)

    def test_epochs(self) -> None:
        assert DateTypeInfo.EPOCH_ORDINAL == 719163
        assert TimeTypeInfo.EPOCH_ORDINAL == 0


PRIMITIVES = ["BOOLEAN", "BYTE", "SHORT", "INT", "LONG", "FLOAT", "DOUBLE", "CHAR"]


class TestOldNames:
    """What PyFlink 1.12 called otherwise."""

    @pytest.mark.parametrize("name", [b.name for b in BasicType])
    def test_basic_types(self, name: str) -> None:
        assert getattr(BasicTypeInfo, f"{name}_TYPE_INFO")() == getattr(Types, name)()

    def test_sql_times(self) -> None:
        assert SqlTimeTypeInfo.DATE() == Types.SQL_DATE()
        assert SqlTimeTypeInfo.TIME() == Types.SQL_TIME()
        assert SqlTimeTypeInfo.TIMESTAMP() == Types.SQL_TIMESTAMP()

    @pytest.mark.parametrize("name", PRIMITIVES)
    def test_arrays(self, name: str) -> None:
        element = getattr(Types, name)()
        with pytest.warns(DeprecationWarning, match=f"use Types.PRIMITIVE_ARRAY.Types.{name}"):
            old = getattr(PrimitiveArrayTypeInfo, f"{name}_PRIMITIVE_ARRAY_TYPE_INFO")()
        assert old == Types.PRIMITIVE_ARRAY(element)
        with pytest.warns(DeprecationWarning, match=f"use Types.BASIC_ARRAY.Types.{name}"):
            old = getattr(BasicArrayTypeInfo, f"{name}_ARRAY_TYPE_INFO")()
        assert old == Types.BASIC_ARRAY(element)

    def test_arrays_of_strings_and_pickles(self) -> None:
        with pytest.warns(DeprecationWarning, match="BASIC_ARRAY") as caught:
            assert BasicArrayTypeInfo.STRING_ARRAY_TYPE_INFO() == Types.BASIC_ARRAY(STRING)
        assert caught[0].filename == __file__
        with pytest.warns(DeprecationWarning, match="PICKLED_BYTE_ARRAY") as caught:
            old = PickledBytesTypeInfo.PICKLED_BYTE_ARRAY_TYPE_INFO()
        assert old == Types.PICKLED_BYTE_ARRAY()
        assert caught[0].filename == __file__

    def test_parameters(self) -> None:
        with pytest.warns(DeprecationWarning, match="use field_types"):
            assert Types.ROW(types=[INT]) == Types.ROW([INT])
        with pytest.warns(DeprecationWarning, match="use field_types"):
            assert Types.TUPLE(types=[INT]) == TupleTypeInfo([INT])
        with pytest.warns(DeprecationWarning, match="use field_types"):
            row = Types.ROW_NAMED(names=["a"], types=[INT])
        assert repr(row) == "RowTypeInfo(a: Integer)"


class JavaType:
    """Stands in for a Java TypeInformation."""

    def __init__(self, name: str) -> None:
        self._name = name

    def equals(self, other: JavaType) -> bool:
        return self._name == other._name

    def hashCode(self) -> int:
        return 7

    def toString(self) -> str:
        return self._name


def test_wrapper() -> None:
    one, same, other = (WrapperTypeInfo(JavaType(name)) for name in "aab")
    assert one == same != other
    assert hash(one) == hash(same) == 7
    assert str(one) == "a"
    assert repr(one) == "WrapperTypeInfo<a>"
    assert one.get_java_type_info().toString() == "a"
    assert one.to_internal_type(5) == 5
    assert not one.need_conversion()
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(one)


def test_a_type_of_ones_own_has_no_form_in_java() -> None:
    class Own(TypeInformation):
        pass

    with pytest.raises(TypeError, match="Own has no form"):
        Own()._descriptor_bytes()


def test_public_names_are_frozen() -> None:
    assert set(typeinfo.__all__) == {
        "BasicArrayTypeInfo",
        "BasicType",
        "BasicTypeInfo",
        "DateTypeInfo",
        "ExternalTypeInfo",
        "InstantTypeInfo",
        "ListTypeInfo",
        "LocalTimeTypeInfo",
        "MapTypeInfo",
        "ObjectArrayTypeInfo",
        "PickledBytesTypeInfo",
        "PrimitiveArrayTypeInfo",
        "RowTypeInfo",
        "SqlTimeTypeInfo",
        "TimeTypeInfo",
        "TimestampTypeInfo",
        "TupleTypeInfo",
        "TypeInformation",
        "Types",
        "WrapperTypeInfo",
    }
