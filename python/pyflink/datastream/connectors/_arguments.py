# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What connectors are given, checked before a job starts."""

from __future__ import annotations

import operator
import os
import re
from typing import Any, TypeVar

from pyflink._gateway import java_class
from pyflink._gateway.errors import JavaError

_T = TypeVar("_T")

# file:, s3:, hdfs:, but not the C: of Windows
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+:")


def java_path(path: str | os.PathLike[str], what: str) -> Any:
    """The Java path of a file or folder; a relative one is one of this process's folder.

    The JVM's own working folder may be another: a process can change its folder, a JVM cannot.

    Raises:
        TypeError: if it is no path.
        ValueError: if it is empty or no valid address.
    """
    try:
        text = os.fspath(path)
    except TypeError:
        text = None
    if not isinstance(text, str):
        raise TypeError(f"{what} is a path such as '/tmp/output', not {path!r}.")
    if not text.strip():
        raise ValueError(f"{what} is empty: write a path such as '/tmp/output'.")
    if not _SCHEME.match(text):
        text = os.path.abspath(text)
    try:
        return java_class("org.apache.flink.core.fs.Path")(text)
    except JavaError as e:
        raise ValueError(f"{what} {text!r} is not a path: {e.java_message}") from e


def whole_number(value: int, what: str) -> int:
    """The value as an int.

    Raises:
        TypeError: if it is no whole number.
    """
    try:
        return operator.index(value)
    except TypeError:
        raise TypeError(f"{what} is a whole number, not {value!r}.") from None


def positive(value: int, what: str) -> int:
    """The value, if it is a whole number above 0.

    Raises:
        TypeError: if it is no whole number.
        ValueError: if it is 0 or less.
    """
    number = whole_number(value, what)
    if number <= 0:
        raise ValueError(f"{what} is more than 0, not {number}.")
    return number


def instance_of(value: Any, kind: type[_T], what: str) -> _T:
    """The value, if it is one of a class.

    Raises:
        TypeError: if it is not.
    """
    if not isinstance(value, kind):
        raise TypeError(f"{what} {value!r} is no {kind.__name__}.")
    return value
