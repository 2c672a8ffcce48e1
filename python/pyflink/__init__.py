# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Stream processing programs for Apache Flink, written in Python."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from pyflink import _conflict
from pyflink.version import __version__

_conflict.check()

__all__ = ["__version__"]

F = TypeVar("F", bound=Callable[..., Any])


def keyword(func: F) -> F:
    """Decorates a method so that its arguments can be given by name only.

    What was given is in the attribute ``_input_kwargs`` of the object.

    Args:
        func: the method.

    Example:
        >>> from pyflink import keyword
        >>> class Point:
        ...     @keyword
        ...     def __init__(self, x=0, y=0):
        ...         self.x = x
        >>> Point(x=3)._input_kwargs
        {'x': 3}
    """
    code = func.__code__
    names = code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount]

    @functools.wraps(func)
    def by_name(self: Any, *args: Any, **kwargs: Any) -> Any:
        if args:
            raise TypeError(
                f"{func.__name__}() takes its arguments by name only: "
                f"write {', '.join(names)} with '='"
            )
        self._input_kwargs = kwargs
        return func(self, **kwargs)

    return by_name  # type: ignore[return-value]


def add_version_doc(f: Callable[..., Any], version: str) -> None:
    """Appends to the documentation of a function since when it is there.

    Args:
        f: the function.
        version: the version.
    """
    original = f.__doc__ or ""
    lines = [line for line in original.splitlines()[1:] if line.strip()]
    indentation = min((line[: len(line) - len(line.lstrip())] for line in lines), default="")
    f.__doc__ = f"{original.rstrip()}\n\n{indentation}.. versionadded:: {version}"
