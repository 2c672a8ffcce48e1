# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Java's exceptions as Python programs see them.

What Java throws is raised as a :class:`JavaError`, one sentence long, with the Java trace in its
``java_trace``. It is a ``py4j.protocol.Py4JJavaError`` as well.

:class:`JavaException` and its subclasses are how PyFlink calls exceptions of the Table API and the
exceptions that a ``CompletableFuture`` holds.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from pyflink._gateway import Py4JJavaError, convert_answers, explain_unknown_classes
from pyflink._gateway.errors import (
    EngineNotFoundError,
    FlinkerError,
    GatewayError,
    JavaClassNotFoundError,
    JavaError,
    JavaNotFoundError,
    JobCancelledError,
)

__all__ = [
    "CatalogException",
    "DatabaseAlreadyExistException",
    "DatabaseNotEmptyException",
    "DatabaseNotExistException",
    "EngineNotFoundError",
    "FlinkerError",
    "FunctionAlreadyExistException",
    "FunctionNotExistException",
    "GatewayError",
    "JavaClassNotFoundError",
    "JavaError",
    "JavaException",
    "JavaNotFoundError",
    "JobCancelledError",
    "ModelAlreadyExistException",
    "ModelNotExistException",
    "PartitionAlreadyExistsException",
    "PartitionNotExistException",
    "PartitionSpecInvalidException",
    "TableAlreadyExistException",
    "TableException",
    "TableNotExistException",
    "TableNotPartitionedException",
    "capture_java_exception",
    "convert_py4j_exception",
    "exception_mapping",
    "install_exception_handler",
    "install_py4j_hooks",
]

P = ParamSpec("P")
R = TypeVar("R")

_handling = False


class JavaException(Exception):
    """An exception that Java threw; its text is the Java stack trace.

    Args:
        stack_trace: the Java stack trace.
    """

    def __init__(self, stack_trace: str) -> None:
        super().__init__(stack_trace)
        self.stack_trace = stack_trace

    def __str__(self) -> str:
        return self.stack_trace


class TableException(JavaException):
    """The Table API was used in a wrong way, or failed."""


class CatalogException(JavaException):
    """A catalog could not do what it was asked to."""


class DatabaseAlreadyExistException(JavaException):
    """There is a database of this name already."""


class DatabaseNotEmptyException(JavaException):
    """A database that is to be dropped still has tables in it."""


class DatabaseNotExistException(JavaException):
    """There is no such database."""


class FunctionAlreadyExistException(JavaException):
    """There is a function of this name already."""


class FunctionNotExistException(JavaException):
    """There is no such function."""


class ModelAlreadyExistException(JavaException):
    """There is a model of this name already."""


class ModelNotExistException(JavaException):
    """There is no such model."""


class PartitionAlreadyExistsException(JavaException):
    """There is such a partition already."""


class PartitionNotExistException(JavaException):
    """There is no such partition."""


class PartitionSpecInvalidException(JavaException):
    """A partition is not described as its table is partitioned."""


class TableAlreadyExistException(JavaException):
    """There is a table of this name already."""


class TableNotExistException(JavaException):
    """There is no such table."""


class TableNotPartitionedException(JavaException):
    """Partitions were asked for of a table that has none."""


_CATALOG = "org.apache.flink.table.catalog.exceptions."

#: The Python class for a Java class; what is not here is a plain JavaException.
exception_mapping: dict[str, type[JavaException]] = {
    "org.apache.flink.table.api.TableException": TableException,
    **{
        _CATALOG + kind.__name__: kind
        for kind in (
            CatalogException,
            DatabaseAlreadyExistException,
            DatabaseNotEmptyException,
            DatabaseNotExistException,
            FunctionAlreadyExistException,
            FunctionNotExistException,
            ModelAlreadyExistException,
            ModelNotExistException,
            PartitionAlreadyExistsException,
            PartitionNotExistException,
            PartitionSpecInvalidException,
            TableAlreadyExistException,
            TableNotExistException,
            TableNotPartitionedException,
        )
    },
}


def convert_py4j_exception(e: Py4JJavaError) -> JavaException:
    """The :class:`JavaException` for an exception of Py4J's.

    Args:
        e: the exception, which becomes the ``__cause__`` of the other.
    """
    # what Py4J itself says has the trace behind a line of its own
    trace = e.java_trace if isinstance(e, JavaError) else str(e).partition("\n: ")[2] or str(e)
    kind = exception_mapping.get(trace.partition("\n")[0].partition(":")[0], JavaException)
    converted = kind(trace)
    converted.__cause__ = e
    return converted


def capture_java_exception(f: Callable[P, R]) -> Callable[P, R]:
    """Decorates a function so that a Java exception of the Table API is raised under its own name.

    All other Java exceptions leave the function as they are.
    """

    @functools.wraps(f)
    def captured(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return f(*args, **kwargs)
        except Py4JJavaError as e:
            converted = convert_py4j_exception(e)
            if type(converted) is JavaException:
                raise
            raise converted from e

    return captured


def install_exception_handler() -> None:
    """Makes every Py4J call of this process raise Table API exceptions under their own names.

    Jobs need no such thing: what they raise is a :class:`JavaError` already.
    """
    global _handling
    if not _handling:
        convert_answers(capture_java_exception)
        _handling = True


def install_py4j_hooks() -> None:
    """Makes a call of a Java class that does not exist say so.

    Py4J takes an unknown name for a package, and says that packages are not callable.
    """
    explain_unknown_classes()
