# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Rows and tuples."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import attrgetter
from typing import Any

from pyflink._codec.base import Codec, Function, nullable, plain_value
from pyflink._codec.errors import ValueMismatchError, found
from pyflink.common._typeinfo.record_classes import record_fields
from pyflink.common.types import Row, RowKind, row_of_wire

_INSERT = RowKind.INSERT.value
_POSITIONAL = {tuple, list}


class TupleCodec(Codec):
    """TUPLE, a tuple."""

    plain = False

    def __init__(self, fields: list[Codec]) -> None:
        self.fields = fields
        self.name = f"TUPLE of {len(fields)} fields ({', '.join(f.name for f in fields)})"
        self.pickled = any(f.pickled for f in fields)
        self.check = _tuple_of(f.check for f in fields)
        self.wire = _tuple_of(f.wire for f in fields)
        self.to_wire = _patched(tuple, [f.to_wire for f in fields])
        self.of_wire = _patched(tuple, [f.of_wire for f in fields])

    def adapt(self, value: Any) -> tuple[Any, ...]:
        if isinstance(value, (tuple, list)):
            values: Iterable[Any] = value
        elif isinstance(value, Row):
            values = value._values
        else:
            raise self.mismatch(value)
        return tuple(_adapt_fields(self, value, list(values), self.fields, None))

    def as_key(self) -> Codec:
        return TupleCodec([f.as_key() for f in self.fields])


class RowCodec(Codec):
    """ROW: its kind, then its fields, any of which may be None."""

    plain = False

    def __init__(self, names: list[str], fields: list[Codec], in_key: bool = False) -> None:
        self.names = names
        self.fields = [nullable(f) for f in fields]
        self.inner_rows = [(i, f) for i, f in enumerate(fields) if isinstance(f, RowCodec)]
        pairs = ", ".join(
            f"{name}: {field.name}" for name, field in zip(names, fields, strict=True)
        )
        self.name = f"ROW of {len(names)} fields ({pairs})"
        self.pickled = any(f.pickled for f in fields)
        self.check = _tuple_of(f.check for f in self.fields)
        with_kind = _patched(list, [None, *(f.to_wire for f in self.fields)])
        prefix = (_INSERT,).__add__
        self.to_wire = prefix if with_kind is None else lambda v: tuple(with_kind(prefix(v)))
        if all(f.plain for f in self.fields) and not in_key:
            # An untyped list is what a Row can take over as it is; only tuples can be keys.
            self.wire: Any = list
            self.of_wire = row_of_wire(names)
        else:
            self.wire = _tuple_of([int, *(f.wire for f in self.fields)])
            out = _patched(list, [None, *(f.of_wire for f in self.fields)]) or list
            of_wire = row_of_wire(names)
            self.of_wire = lambda wire: of_wire(out(wire))

    def prepare(self, values: list[Any], convert: Callable[[Any, Any], Any]) -> Any:
        kinds = set(map(type, values))
        if kinds != {Row}:
            if not kinds <= _POSITIONAL:
                values = self._of_records(values, kinds)
            return super().prepare(values, convert)
        rows = super().prepare([row._values_for(self.names) for row in values], convert)
        if all(row._row_kind is RowKind.INSERT for row in values):
            return rows
        return [(row._row_kind.value, *wire[1:]) for row, wire in zip(values, rows, strict=True)]

    def _of_records(self, values: list[Any], kinds: set[type]) -> list[Any]:
        """The values of dataclasses and named tuples by position, if they are all of one class."""
        if len(kinds) > 1:
            # one by one: each class has its own way to be a row
            raise ValueMismatchError(self.name, "several classes")
        getter = _getter(kinds.pop(), tuple(self.names))
        if getter is None:
            return values
        rows = list(map(getter, values))
        for i, inner in self.inner_rows:
            column = [row[i] for row in rows]
            kinds = set(map(type, column))
            if not kinds <= _POSITIONAL:
                column = inner._of_records(column, kinds)
                rows = [
                    (*row[:i], value, *row[i + 1 :])
                    for row, value in zip(rows, column, strict=True)
                ]
        return rows

    def adapt(self, value: Any) -> tuple[Any, ...]:
        kind = value._row_kind if isinstance(value, Row) else RowKind.INSERT
        values = self._values_of(value)
        return (kind.value, *_adapt_fields(self, value, values, self.fields, self.names))

    def _values_of(self, value: Any) -> list[Any]:
        if isinstance(value, Row):
            try:
                return value._values_for(self.names)
            except ValueError as e:
                raise ValueMismatchError(self.name, f"that {e}") from None
        getter = _getter(type(value), tuple(self.names))  # type: ignore[arg-type]
        if getter is not None:
            return list(getter(value))
        if isinstance(value, (tuple, list)):
            return list(value)
        by_name = value if isinstance(value, dict) else getattr(value, "__dict__", None)
        if by_name is not None and not by_name.keys().isdisjoint(self.names):
            return [by_name.get(name) for name in self.names]
        value = plain_value(value)
        if isinstance(value, (tuple, list)):
            return list(value)
        raise self.mismatch(value)

    def as_key(self) -> Codec:
        return RowCodec(self.names, [f.as_key() for f in self.fields], in_key=True)


def _ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    teen = number // 10 % 10 == 1
    return f"{number}{'th' if teen else endings.get(number % 10, 'th')}"


@lru_cache(maxsize=1000)
def _getter(cls: type, names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]] | None:
    """What takes a row's values out of an object of a class of records.

    None where the class has other names: then its objects are whatever else they are.
    """
    fields = record_fields(cls)
    if fields is None or not names or not set(names) <= set(fields):
        return None
    if issubclass(cls, tuple) and (fields == names or len(fields) != len(names)):
        return None  # by position is right, or as wrong as it shall be said to be
    if len(names) == 1:
        only = attrgetter(names[0])
        return lambda value: (only(value),)
    return attrgetter(*names)


def _tuple_of(types: Iterable[Any]) -> Any:
    return tuple.__class_getitem__(tuple(types))


def _patched(make: Callable[[Any], Any], functions: list[Function | None]) -> Function | None:
    """Applies each function, where there is one, to the element of its position."""
    patches = [(i, function) for i, function in enumerate(functions) if function is not None]
    if not patches:
        return None

    def patched(elements: Iterable[Any]) -> Any:
        result = list(elements)
        for i, function in patches:
            result[i] = function(result[i])
        return result if make is list else make(result)

    return patched


def _adapt_fields(
    codec: Codec, whole: Any, values: list[Any], fields: list[Codec], names: list[str] | None
) -> list[Any]:
    if len(values) != len(fields):
        raise ValueMismatchError(codec.name, f"{len(values)} in {found(whole)}")
    wire: list[Any] = []
    try:
        for value, field in zip(values, fields, strict=True):
            wire.append(field.adapt(value))
    except ValueMismatchError as e:
        i = len(wire)
        of = f"{_ordinal(i + 1)} of {len(fields)}"
        place = f"the {of} fields" if names is None else f"field {names[i]!r} ({of})"
        raise e.inside(place) from e.__cause__
    return wire
