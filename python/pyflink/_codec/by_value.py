# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Objects pickled with the functions and classes that they are made of, by cloudpickle."""

from __future__ import annotations

import io
from collections import ChainMap
from collections.abc import Callable
from importlib import import_module
from types import CodeType
from typing import Any

_pickler: Any = None


def dumps(value: Any) -> bytes:
    """The object pickled, with what other processes cannot import.

    Raises:
        Exception: any, if it cannot be pickled.
    """
    global _pickler
    if _pickler is None:
        _pickler = _make_pickler()
    with io.BytesIO() as out:
        _pickler(out, 5).dump(value)
        return out.getvalue()


def _make_pickler() -> Any:
    # loaded late: most programs never need it, and it takes its time
    base = import_module("cloudpickle").Pickler
    reduce_code = base.dispatch_table[CodeType]

    class Pickler(base):  # type: ignore[misc, valid-type]
        """Makes the same bytes of the same code in every process.

        It keeps the names of files, which tracebacks show and cloudpickle 3.1.3 drops.
        """

    def reduce(code: CodeType) -> tuple[Any, ...]:
        make, parts = reduce_code(code)
        return _code_of_file, (make, _in_order(parts), code.co_filename)

    Pickler.dispatch_table = ChainMap({CodeType: reduce}, base.dispatch_table)
    return Pickler


class _Ordered:
    """A frozenset, whose own order is another one in each process."""

    def __init__(self, elements: frozenset[Any]) -> None:
        self._elements = elements

    def __reduce__(self) -> tuple[Any, ...]:
        return frozenset, (sorted(self._elements, key=lambda e: (type(e).__name__, repr(e))),)


def _in_order(part: Any) -> Any:
    """A part of a code object, or the tuple of all, with the sets among its constants in order.

    They come of ``x in {"a", "b"}``, and from Python 3.13 on of every frozen dataclass.
    """
    if part.__class__ is frozenset:
        return _Ordered(part)
    if part.__class__ is tuple:
        parts = tuple(map(_in_order, part))
        if any(new is not old for new, old in zip(parts, part, strict=True)):
            return parts
    return part


def _code_of_file(make: Callable[..., CodeType], parts: tuple[Any, ...], file: str) -> CodeType:
    return make(*parts).replace(co_filename=file)
