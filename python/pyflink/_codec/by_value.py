# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Objects pickled with the functions and classes that they are made of, by cloudpickle."""

from __future__ import annotations

import io
from collections import ChainMap
from collections.abc import Callable
from functools import cache
from importlib import import_module
from types import CodeType
from typing import Any


def dumps(value: Any) -> bytes:
    """The object pickled, with what other processes cannot import.

    Raises:
        Exception: any, if it cannot be pickled.
    """
    return _dump(_picklers()[0], value)


def dumps_definition(value: Any) -> bytes:
    """A class or function as the same bytes in every process that has it.

    Sets among the attributes of a class and the globals of a function are in order here. They are
    copies then, which :func:`dumps` must not make: functions may share one and change it.

    Raises:
        Exception: any, if it cannot be pickled.
    """
    return _dump(_picklers()[1], value)


def _dump(pickler: Any, value: Any) -> bytes:
    with io.BytesIO() as out:
        pickler(out, 5).dump(value)
        return out.getvalue()


@cache
def _picklers() -> tuple[Any, Any]:
    # loaded late: most programs never need it, and it takes its time
    base = import_module("cloudpickle").Pickler
    reduce_code = base.dispatch_table[CodeType]

    class Pickler(base):  # type: ignore[misc, valid-type]
        """Makes the same bytes of the same code in every process.

        It keeps the names of files, which tracebacks show and cloudpickle 3.1.3 drops.
        """

    class DefinitionPickler(Pickler):
        """See :func:`dumps_definition`."""

        def reducer_override(self, obj: Any) -> Any:
            reduced = super().reducer_override(obj)
            if reduced is NotImplemented or len(reduced) < 3:
                return reduced
            make, arguments, state, *rest = reduced
            # of a class and of a function: two dicts, of what it has and of what it is made of
            return (make, arguments, tuple(map(_values_in_order, state)), *rest)

    def reduce(code: CodeType) -> tuple[Any, ...]:
        make, parts = reduce_code(code)
        return _code_of_file, (make, _in_order(parts), code.co_filename)

    Pickler.dispatch_table = ChainMap({CodeType: reduce}, base.dispatch_table)
    return Pickler, DefinitionPickler


class _Ordered:
    """A set, whose own order is another one in each process."""

    def __init__(self, elements: Any) -> None:
        self._elements = elements

    def __reduce__(self) -> tuple[Any, ...]:
        in_order = sorted(self._elements, key=lambda e: (type(e).__name__, repr(e)))
        return type(self._elements), (in_order,)


def _values_in_order(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _values_in_order(value) if name == "__globals__" else _in_order(value)
        for name, value in values.items()
    }


def _in_order(part: Any) -> Any:
    """A value as it is, or with the set in order that it is, or that it has as a tuple.

    Sets among the constants of code come of ``x in {"a", "b"}``, and from Python 3.13 on of every
    frozen dataclass.
    """
    if part.__class__ in (set, frozenset):
        return _Ordered(part)
    if part.__class__ is tuple:
        parts = tuple(map(_in_order, part))
        if any(new is not old for new, old in zip(parts, part, strict=True)):
            return parts
    return part


def _code_of_file(make: Callable[..., CodeType], parts: tuple[Any, ...], file: str) -> CodeType:
    return make(*parts).replace(co_filename=file)
