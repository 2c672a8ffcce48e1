# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Java's exceptions under PyFlink's names."""

from __future__ import annotations

import pickle

import pytest
from py4j.protocol import Py4JJavaError

from pyflink.java_gateway import get_gateway
from pyflink.util import exceptions
from pyflink.util.exceptions import (
    CatalogException,
    JavaError,
    JavaException,
    TableException,
    capture_java_exception,
    convert_py4j_exception,
    exception_mapping,
)

TABLE_TRACE = "org.apache.flink.table.api.TableException: no such table\n\tat a.b.C.d(C.java:1)\n"


def table_error() -> JavaError:
    return JavaError(
        None, "org.apache.flink.table.api.TableException", "no such table", TABLE_TRACE
    )


def test_the_text_is_the_trace() -> None:
    exception = JavaException("a\n\tat b")
    assert str(exception) == exception.stack_trace == "a\n\tat b"


def test_every_class_has_its_own_name() -> None:
    for java_name, kind in exception_mapping.items():
        assert java_name.rpartition(".")[2] == kind.__name__
        assert issubclass(kind, JavaException)
        assert getattr(exceptions, kind.__name__) is kind
    assert exception_mapping["org.apache.flink.table.catalog.exceptions.CatalogException"] is (
        CatalogException
    )


def test_a_java_exception_is_converted() -> None:
    with pytest.raises(JavaError) as failure:
        get_gateway().jvm.Integer.parseInt("x")
    converted = convert_py4j_exception(failure.value)
    assert type(converted) is JavaException
    assert str(converted).startswith('java.lang.NumberFormatException: For input string: "x"\n\tat')
    assert converted.__cause__ is failure.value


def test_an_error_travels_to_another_process() -> None:
    with pytest.raises(JavaError) as failure:
        get_gateway().jvm.Integer.parseInt("x")
    travelled = pickle.loads(pickle.dumps(failure.value))
    assert str(travelled) == str(failure.value) == 'NumberFormatException: For input string: "x"'
    assert travelled.java_trace == failure.value.java_trace
    assert travelled.java_exception is None


def test_the_class_decides() -> None:
    converted = convert_py4j_exception(table_error())
    assert type(converted) is TableException
    assert str(converted) == TABLE_TRACE


def test_an_exception_of_another_gateway() -> None:
    class Elsewhere(Py4JJavaError):
        def __init__(self) -> None:
            pass

        def __str__(self) -> str:
            return f"An error occurred while calling o1.f.\n: {TABLE_TRACE}"

    converted = convert_py4j_exception(Elsewhere())
    assert type(converted) is TableException
    assert str(converted) == TABLE_TRACE


@capture_java_exception
def captured(error: Exception | None = None) -> str:
    """Raises it."""
    if error is not None:
        raise error
    return "fine"


def test_capture_knows_the_table_api_s() -> None:
    assert captured() == "fine"
    assert (captured.__name__, captured.__doc__) == ("captured", "Raises it.")
    with pytest.raises(TableException):
        captured(table_error())


def test_capture_leaves_others_as_they_are() -> None:
    error = JavaError(None, "java.lang.Error", "x", "java.lang.Error: x\n")
    with pytest.raises(JavaError) as failure:
        captured(error)
    assert failure.value is error
    with pytest.raises(KeyError):
        captured(KeyError("x"))


def test_the_handler_is_installed_once(monkeypatch) -> None:
    decorated = []
    monkeypatch.setattr(exceptions, "_handling", False)
    monkeypatch.setattr(exceptions, "convert_answers", decorated.append)
    exceptions.install_exception_handler()
    exceptions.install_exception_handler()
    assert decorated == [capture_java_exception]
