# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Row, a record of fields, and RowKind, the change that it stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import Any

from pyflink.common._java import java_class

__all__ = ["Row", "RowKind"]


class RowKind(Enum):
    """What a row says about a changing table.

    >>> str(RowKind.UPDATE_AFTER)
    '+U'
    """

    #: A new row.
    INSERT = 0
    #: The row as it was before an update that follows.
    UPDATE_BEFORE = 1
    #: The row as it is after an update.
    UPDATE_AFTER = 2
    #: A row that is no more.
    DELETE = 3

    def to_j_row_kind(self) -> Any:
        """The Java ``RowKind`` of the same name."""
        return getattr(java_class("org.apache.flink.types.RowKind"), self.name)

    def __str__(self) -> str:
        return _SIGNS[self]


_SIGNS = {
    RowKind.INSERT: "+I",
    RowKind.UPDATE_BEFORE: "-U",
    RowKind.UPDATE_AFTER: "+U",
    RowKind.DELETE: "-D",
}
_KINDS = (RowKind.INSERT, RowKind.UPDATE_BEFORE, RowKind.UPDATE_AFTER, RowKind.DELETE)


class NoSuchField(KeyError, ValueError):
    """A Row has no field of that name."""

    def __str__(self) -> str:
        return str(self.args[0])


class Row:
    """A record of fields, by position or by name, and of a :class:`RowKind`.

    >>> row = Row(name="Alice", age=11)
    >>> row.name, row["age"], row[0]
    ('Alice', 11, 'Alice')
    >>> Row("Alice", 11)
    <Row('Alice', 11)>

    Called with names alone it makes a row that serves as a class for others:

    >>> Person = Row("name", "age")
    >>> Person("Alice", 11)
    Row(name='Alice', age=11)

    Rows are equal if their kinds, their names and their values are; a row with names equals
    none without. Fields are set by ``row[0] = ...`` or ``row["name"] = ...``.

    Args:
        args: the values of a row without names.
        kwargs: the values of a row with names, in this order.

    Raises:
        ValueError: if there are both.
    """

    __slots__ = ("_fields", "_row_kind", "_values")

    _values: list[Any]
    _fields: list[str] | None
    _row_kind: RowKind

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if kwargs:
            if args:
                raise ValueError("A Row takes values by position or by name, not both")
            self._values = list(kwargs.values())
            self._fields = list(kwargs)
        else:
            self._values = list(args)
            self._fields = None
        self._row_kind = RowKind.INSERT

    @staticmethod
    def of_kind(row_kind: RowKind, *args: Any, **kwargs: Any) -> Row:
        """A row of a given kind.

        >>> Row.of_kind(RowKind.DELETE, "Alice", 11).get_row_kind()
        <RowKind.DELETE: 3>

        Args:
            row_kind: the kind.
            args: the values of a row without names.
            kwargs: the values of a row with names.
        """
        row = Row(*args, **kwargs)
        row.set_row_kind(row_kind)
        return row

    def as_dict(self, recursive: bool = False) -> dict[str, Any]:
        """The names and values as a dict.

        >>> Row(name="Alice", home=Row(zip=8000)).as_dict(True)
        {'name': 'Alice', 'home': {'zip': 8000}}

        Args:
            recursive: whether the rows among the values, and in the lists and dicts among them,
                become dicts as well.

        Raises:
            TypeError: if the row has no names.
        """
        if self._fields is None:
            raise TypeError("This Row has no field names, so it cannot be a dict")
        values = map(_rows_to_dicts, self._values) if recursive else self._values
        return dict(zip(self._fields, values, strict=False))

    def get_row_kind(self) -> RowKind:
        """The change that the row stands for, INSERT unless set."""
        return self._row_kind

    def set_row_kind(self, row_kind: RowKind) -> None:
        """Set the change that the row stands for.

        Args:
            row_kind: the kind.
        """
        self._row_kind = RowKind(row_kind)

    def set_field_names(self, field_names: Sequence[str]) -> None:
        """Give the fields names, or new ones.

        Args:
            field_names: as many names as the row has values.
        """
        self._fields = list(field_names)

    def get_fields_by_names(self, names: Sequence[str]) -> list[Any]:
        """The values of some fields, in the order asked for; all values if there are no names.

        >>> Row(a=1, b=2, c=3).get_fields_by_names(["c", "a"])
        [3, 1]

        Args:
            names: names of fields.

        Raises:
            ValueError: if there is no field of one of the names.
        """
        if self._fields is None:
            return list(self._values)
        return [self._values[self._position(name)] for name in names]

    def _position(self, name: str) -> int:
        try:
            return (self._fields or ()).index(name)
        except ValueError:
            raise NoSuchField(self._lacks(name)) from None

    def _lacks(self, name: str) -> str:
        has = "no field names" if self._fields is None else f"the fields {self._fields}"
        return f"No field {name!r}: the Row has {has}"

    def _values_for(self, names: list[str]) -> list[Any]:
        """The values in the order of a type's names.

        A row that has just these names, in whatever order, goes by name. Any other goes by
        position, as a row must that comes from a stream with other names.

        Raises:
            ValueError: if a name is at one position here and at another there.
        """
        fields = self._fields
        if fields is None or fields == names:
            return self._values
        if set(fields) == set(names):
            return self.get_fields_by_names(names)
        for i, name in enumerate(fields):
            if name in names[:i] or name in names[i + 1 :]:
                raise ValueError(f"the row has the fields {fields} where {names} are expected")
        return self._values

    def _is_retract_msg(self) -> bool:
        return self._row_kind in (RowKind.UPDATE_BEFORE, RowKind.DELETE)

    def _is_accumulate_msg(self) -> bool:
        return not self._is_retract_msg()

    def __call__(self, *args: Any) -> Row:
        """A row whose names are the values of this one."""
        if len(args) > len(self):
            raise ValueError(
                f"Cannot make a Row with the fields {self!r}: it takes {len(self)} values, "
                f"these are {len(args)}: {args}"
            )
        return make_row(list(args), list(self._values), RowKind.INSERT)

    def __contains__(self, item: object) -> bool:
        """Whether there is a field of this name or, in a row without names, such a value."""
        return item in (self._values if self._fields is None else self._fields)

    def __getitem__(self, item: Any) -> Any:
        if isinstance(item, str):
            return self._values[self._position(item)]
        return self._values[item]

    def __setitem__(self, key: Any, value: Any) -> None:
        if isinstance(key, str):
            key = self._position(key)
        self._values[key] = value

    def __getattr__(self, item: str) -> Any:
        # Only what is not an attribute of its own comes here. A name with an underscore is a
        # question of some protocol (copy, pickle, numpy), never one for a field.
        if item[:1] == "_":
            raise AttributeError(item)
        try:
            # as _position() does: this is called for every field of every record
            return self._values[self._fields.index(item)]  # type: ignore[union-attr]
        except IndexError as e:
            raise AttributeError(str(e)) from None
        except (AttributeError, ValueError):
            raise AttributeError(self._lacks(item)) from None

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Row):
            return False
        if self._row_kind != other._row_kind or len(self) != len(other):
            return False
        if self._fields == other._fields:
            return self._values == other._values
        if self._fields is None or other._fields is None:
            return False
        return self.as_dict() == other.as_dict()

    def __hash__(self) -> int:
        if self._fields is None:
            return hash(tuple(self._values))
        # Equal rows may have their names in another order.
        return hash(frozenset(zip(self._fields, self._values, strict=False)))

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled, (type(self), self._values, self._fields, self._row_kind.value)

    def __repr__(self) -> str:
        if self._fields is None:
            return f"<Row({', '.join(map(repr, self._values))})>"
        pairs = zip(self._fields, self._values, strict=False)
        return f"Row({', '.join(f'{name}={value!r}' for name, value in pairs)})"


_new = object.__new__


def make_row(values: list[Any], fields: list[str] | None, kind: RowKind) -> Row:
    """A row that takes over these lists; far cheaper than calling Row."""
    row = _new(Row)
    row._values = values
    row._fields = fields
    row._row_kind = kind
    return row


def row_of_wire(fields: list[str]) -> Callable[[list[Any]], Row]:
    """A function from ``[kind, field, ...]`` to the row, which takes the list over.

    Args:
        fields: the names of all rows.
    """

    def of_wire(wire: list[Any]) -> Row:
        row = _new(Row)
        row._row_kind = _KINDS[wire.pop(0)]
        row._values = wire
        row._fields = fields
        return row

    return of_wire


def _unpickled(cls: type[Row], values: list[Any], fields: list[str] | None, kind: int) -> Row:
    row = _new(cls)
    row._values = values
    row._fields = fields
    row._row_kind = _KINDS[kind]
    return row


def _rows_to_dicts(value: Any) -> Any:
    if isinstance(value, Row):
        return value.as_dict(True)
    if isinstance(value, list):
        return [_rows_to_dicts(element) for element in value]
    if isinstance(value, dict):
        return {key: _rows_to_dicts(element) for key, element in value.items()}
    return value
