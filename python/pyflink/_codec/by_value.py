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
        """Keeps the names of files, which tracebacks show and cloudpickle 3.1.3 drops."""

    def reduce(code: CodeType) -> tuple[Any, ...]:
        return _code_of_file, (*reduce_code(code), code.co_filename)

    Pickler.dispatch_table = ChainMap({CodeType: reduce}, base.dispatch_table)
    return Pickler


def _code_of_file(make: Callable[..., CodeType], parts: tuple[Any, ...], file: str) -> CodeType:
    return make(*parts).replace(co_filename=file)
