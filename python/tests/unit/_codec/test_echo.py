# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Python to Java, through Flink's own serializer, and back."""

from __future__ import annotations

import datetime
import decimal
import pickle
from typing import Any

import pytest

from pyflink._codec import batch_decoder, descriptor, encode_collection
from pyflink._gateway import java_class
from pyflink.common.time import Duration, Instant
from pyflink.common.typeinfo import (
    ExternalTypeInfo,
    LocalTimeTypeInfo,
    TypeInformation,
    Types,
    WrapperTypeInfo,
    _from_java_type,
)
from pyflink.common.types import Row, RowKind

FACADE = "io.flinker.gateway.TypeInfos"


def echo(values: list[Any], type_info: TypeInformation) -> list[Any]:
    facade, described = java_class(FACADE), descriptor(type_info)
    decode = batch_decoder(type_info)
    return [
        value
        for batch in encode_collection(values, type_info)
        for value in decode(facade.roundTrip(described, batch))
    ]


def test_vectors(vector) -> None:
    facade = java_class(FACADE)
    echoed = facade.roundTrip(vector.bytes("descriptor"), vector.written)
    values = batch_decoder(vector.type_info)(echoed)
    assert repr(values) == repr(vector.values)


@pytest.mark.parametrize(
    ("type_info", "values"),
    [
        (Types.STRING(), ["x" * 5_000_000, "é漢😀" * 500_000, "\0"]),
        (Types.BIG_DEC(), [decimal.Decimal(10) ** 5_000, decimal.Decimal("-1.5E-2147483640")]),
        (Types.BIG_INT(), [3**5_000, -(3**5_000)]),
        (
            Types.SQL_TIMESTAMP(),
            [datetime.datetime(y, 1, 2, 3, 4, 5, 6) for y in range(1, 9999, 97)],
        ),
        (Types.PICKLED_BYTE_ARRAY(), [None, {"a": {1, 2}}, Row(a=1)]),
        (Types.INT(), list(range(100_000))),
    ],
    ids=repr,
)
def test_large_values(type_info: TypeInformation, values: list[Any]) -> None:
    assert echo(values, type_info) == values


def test_java_keeps_milliseconds_of_a_time_and_32_bits_of_a_float() -> None:
    assert echo([datetime.time(1, 2, 3, 4567)], Types.SQL_TIME()) == [datetime.time(1, 2, 3, 4000)]
    assert echo([0.1], Types.FLOAT()) == [0.10000000149011612]


@pytest.mark.parametrize(
    "type_info",
    [
        Types.ROW_NAMED(["é", "b"], [Types.INT(), Types.LIST(Types.INSTANT())]),
        Types.TUPLE([Types.INT()] * 25),
        Types.MAP(Types.STRING(), Types.PICKLED_BYTE_ARRAY()),
        Types.PRIMITIVE_ARRAY(Types.CHAR()),
        Types.BASIC_ARRAY(Types.STRING()),
        LocalTimeTypeInfo(LocalTimeTypeInfo.TimeType.LOCAL_TIME),
    ],
    ids=repr,
)
def test_types_there_and_back(type_info: TypeInformation) -> None:
    j_type_info = type_info.get_java_type_info()
    assert type_info.get_java_type_info() is j_type_info
    again = _from_java_type(j_type_info)
    assert repr(again) == repr(type_info)
    assert again.get_java_type_info() is j_type_info
    wrapped = WrapperTypeInfo(j_type_info)
    assert descriptor(wrapped) == descriptor(type_info)
    assert wrapped == WrapperTypeInfo(j_type_info)


def test_a_stream_of_a_table_has_the_type_of_its_records() -> None:
    inner = Types.ROW([Types.INT()])
    j_type_info = ExternalTypeInfo(inner).get_java_type_info()
    assert j_type_info.equals(inner.get_java_type_info())


def test_a_java_type_without_a_form_in_python_is_named() -> None:
    type_class = java_class("org.apache.flink.api.common.typeinfo.BasicTypeInfo")
    with pytest.raises(TypeError, match="Java type Void have no form in Python"):
        _from_java_type(type_class.VOID_TYPE_INFO)
    with pytest.raises(TypeError, match="Void"):
        descriptor(WrapperTypeInfo(type_class.VOID_TYPE_INFO))


def test_a_type_with_a_java_object_is_pickled_without_it() -> None:
    type_info = Types.ROW([Types.INT()])
    type_info.get_java_type_info()
    assert pickle.loads(pickle.dumps(type_info)) == type_info


def test_kinds_and_times_have_java_objects() -> None:
    for kind in RowKind:
        assert kind.to_j_row_kind().toByteValue() == kind.value
        assert kind.to_j_row_kind().shortString() == str(kind)
    duration = Duration.of_nanos(-1_500_000_001)
    assert duration._j_duration.toString() == str(duration) == "PT-1.500000001S"
    assert Duration(duration._j_duration) == duration
    assert echo([Instant.of_epoch_milli(-1)], Types.INSTANT()) == [Instant(-1, 999_000_000)]
