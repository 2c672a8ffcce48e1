# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Values and settings on their way between Java and Python."""

from __future__ import annotations

import datetime
import pickle

import pytest

from pyflink.common import Configuration, Row, RowKind, Types
from pyflink.common.time import Instant
from pyflink.datastream.utils import (
    ResultTypeQueryable,
    convert_to_python_obj,
    create_hadoop_configuration,
    create_java_properties,
    pickled_bytes_to_python_converter,
    pickled_bytes_to_python_obj,
)
from pyflink.java_gateway import get_gateway
from pyflink.util.exceptions import JavaClassNotFoundError


def pickled(value: object) -> bytes:
    return pickle.dumps(value)


def test_java_objects_become_python_values() -> None:
    jvm = get_gateway().jvm
    j_row = jvm.org.apache.flink.types.Row.withPositions(2)
    j_row.setField(0, 1)
    row_type = Types.ROW([Types.INT(), Types.STRING()])
    assert convert_to_python_obj(j_row, row_type) == Row(f0=1, f1=None)
    j_list = jvm.java.util.ArrayList([1, 2])
    assert convert_to_python_obj(j_list, Types.LIST(Types.INT())) == [1, 2]
    assert convert_to_python_obj("x", Types.STRING()) == "x"
    assert convert_to_python_obj(pickled({"a": 1}), Types.PICKLED_BYTE_ARRAY()) == {"a": 1}
    assert convert_to_python_obj(None, Types.INT()) is None


@pytest.mark.parametrize(
    ("data", "type_info", "value"),
    [
        (pickled(5), Types.INT(), 5),
        (pickled("x"), Types.STRING(), "x"),
        (pickled("1.5"), Types.FLOAT(), 1.5),
        (pickled("nan"), Types.DOUBLE(), float("nan")),
        (pickled(None), Types.SQL_DATE(), None),
        (pickled(5), Types.SQL_DATE(), datetime.date(1970, 1, 6)),
        (pickled(3600 * 10**6), Types.SQL_TIME(), datetime.time(1)),
        (
            pickled(datetime.datetime(2020, 1, 1)),
            Types.SQL_TIMESTAMP(),
            datetime.datetime(2020, 1, 1),
        ),
        (pickled(5), Types.INSTANT(), Instant(0, 5000)),
        (pickled(pickled(1)), Types.PICKLED_BYTE_ARRAY(), pickled(1)),
        (pickled([pickled(1), pickled(2)]), Types.LIST(Types.INT()), [1, 2]),
        (pickled([pickled("1")]), Types.PRIMITIVE_ARRAY(Types.FLOAT()), [1.0]),
        (pickled([pickled("a")]), Types.BASIC_ARRAY(Types.STRING()), ["a"]),
        (pickled([pickled(1)]), Types.OBJECT_ARRAY(Types.INT()), [1]),
        (pickled([[pickled(1)], [pickled("2")]]), Types.MAP(Types.INT(), Types.STRING()), {1: "2"}),
        ([pickled(1), pickled("2")], Types.TUPLE([Types.INT(), Types.STRING()]), (1, "2")),
        (
            [b"\x03", pickled(1), pickled("2")],
            Types.ROW_NAMED(["a", "b"], [Types.INT(), Types.STRING()]),
            Row.of_kind(RowKind.DELETE, a=1, b="2"),
        ),
    ],
)
@pytest.mark.parametrize("f", [pickled_bytes_to_python_obj, pickled_bytes_to_python_converter])
def test_the_pickled_form(f, data: object, type_info, value: object) -> None:
    got = f(data, type_info)
    assert got == value or (got != got and value != value)
    if isinstance(value, Row):
        assert got.get_row_kind() is value.get_row_kind()
        assert got.as_dict() == value.as_dict()


@pytest.mark.parametrize("settings", [{"a": "b"}, Configuration.from_dict])
def test_properties(settings) -> None:
    config = settings({"a": "b"}) if callable(settings) else settings
    j_properties = create_java_properties(config)
    assert j_properties.getClass().getName() == "java.util.Properties"
    assert j_properties.getProperty("a") == "b"


def test_without_hadoop() -> None:
    with pytest.raises(JavaClassNotFoundError, match=r"'org\.apache\.hadoop\.conf\.Configuration'"):
        create_hadoop_configuration({"a": "b"})


def test_a_type_must_be_said() -> None:
    with pytest.raises(TypeError, match="abstract"):
        ResultTypeQueryable()
