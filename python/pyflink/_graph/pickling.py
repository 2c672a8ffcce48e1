# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Functions on their way to the workers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyflink._codec.by_value import dumps
from pyflink._gateway.errors import FunctionNotPicklableError


def pickle_function(
    function: Any, rich: bool, name: str, annotated: bool = False, options: Any = None
) -> bytes:
    """The pickle of a function, with all that it refers to.

    Args:
        function: the function.
        rich: whether it is one of the classes with ``open`` and ``close``.
        name: the operator's name, for the error.
        annotated: whether the type of its results comes from its annotation.
        options: what else the worker must know to call it.

    Raises:
        FunctionNotPicklableError: if that cannot be done; it says what in the function is to blame.
    """
    try:
        data = dumps((function, rich, annotated, options))
    except Exception as e:  # a class says in any way it likes that it cannot be pickled
        place = _culprit(function) or _culprit(options)
        raise FunctionNotPicklableError(
            f"The function of '{name}' cannot be sent to the workers: {place or e}. "
            "Make such an object inside the function, or in open() of a function class."
        ) from e
    return data


def _culprit(function: Any) -> str | None:
    """What in a function cannot be pickled, and where it hangs."""
    for place, value in _parts(function):
        try:
            dumps(value)
        except Exception as e:  # as above
            kind = f"{type(value).__module__}.{type(value).__qualname__}"
            inner = _culprit(value) if not isinstance(value, type) else None
            return f"{place} -> {inner}" if inner else f"{place} is a {kind}: {e}"
    return None


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    """What hangs on a function or an object, with the words for it."""
    owner = getattr(value, "__self__", None)
    if owner is not None and not isinstance(owner, type):
        yield "the object of the bound method", owner
    function = getattr(value, "__func__", value)
    code = getattr(function, "__code__", None)
    if code is not None:
        for name, cell in zip(code.co_freevars, function.__closure__ or (), strict=False):
            try:
                yield f"the variable '{name}' that it uses", cell.cell_contents
            except ValueError:
                continue  # not assigned yet
        for name in code.co_names:
            if name in function.__globals__:
                yield f"the global variable '{name}' that it uses", function.__globals__[name]
        for default in function.__defaults__ or ():
            yield "the default of a parameter", default
    elif not isinstance(value, type):
        for name, attribute in getattr(value, "__dict__", {}).items():
            yield f"the attribute '{name}' of {type(value).__qualname__}", attribute
