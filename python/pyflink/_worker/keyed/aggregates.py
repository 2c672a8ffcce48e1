# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""``sum``, ``min``, ``max``, ``min_by`` and ``max_by`` as functions that reduce."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from pyflink._worker.context import RuntimeContext
from pyflink._worker.keyed.fields import NAMES, Field, field_of


class AccumulateType(Enum):
    """What becomes of the values of a field."""

    MIN = 1
    """The smallest one, in the first record."""

    MAX = 2
    """The largest one, in the first record."""

    MIN_BY = 3
    """The record with the smallest one."""

    MAX_BY = 4
    """The record with the largest one."""

    SUM = 5
    """The sum, in the first record."""


_Reduce = Callable[[Any, Any], Any]


class Accumulate:
    """A ``ReduceFunction`` that makes one record of two by the values of a field.

    It never changes a record. Of two equal values the first one stays. It raises a LookupError if
    a record has no such field.

    Args:
        kind: how.
        position: the position or name of the field.
    """

    reduce: _Reduce

    def __init__(self, kind: AccumulateType, position: int | str) -> None:
        self._kind = kind
        self._position = position

    def open(self, runtime_context: RuntimeContext) -> None:
        self.reduce = _reduce(self._kind, self._position)

    def close(self) -> None:
        pass


def _reduce(kind: AccumulateType, position: int | str) -> _Reduce:
    known: type | None = None
    combine: _Reduce

    def reduce(record1: Any, record2: Any) -> Any:
        nonlocal known, combine
        if record1.__class__ is not known:
            combine = _combine_like(record1, kind, position)
            known = record1.__class__
        try:
            return combine(record1, record2)
        except Exception:
            # if one has no such field, this says so in words
            field_of(record1, position)
            field_of(record2, position)
            raise

    return reduce


def _combine_like(record: Any, kind: AccumulateType, position: int | str) -> _Reduce:
    field = field_of(record, position) or Field("{r}", "{v}")
    a, b = field.value.format(r="a"), field.value.format(r="b")
    if kind is AccumulateType.SUM:
        result = field.replaced.format(r="a", v=f"({a} + {b})")
    else:
        sign = "<" if kind in (AccumulateType.MIN, AccumulateType.MIN_BY) else ">"
        by = kind in (AccumulateType.MIN_BY, AccumulateType.MAX_BY)
        winner = "b" if by else field.replaced.format(r="a", v=b)
        result = f"{winner} if {b} {sign} {a} else a"
    combine: _Reduce = eval(f"lambda a, b: {result}", NAMES.copy())
    return combine
