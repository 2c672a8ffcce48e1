# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The field of a record that an operation is about, as expressions of Python.

Calls of getters and setters would cost more than what is done with the field.
"""

from __future__ import annotations

import copy
import dataclasses
from typing import Any, NamedTuple

from pyflink.common.types import Row, make_row

#: Up to how many fields a tuple is written out.
_SHORT = 12


class Field(NamedTuple):
    """How a field of the records of a class is reached.

    Attributes:
        value: the value of the field in the record ``{r}``.
        replaced: a record like ``{r}`` with ``{v}`` in the field; ``{r}`` itself stays as it is.
    """

    value: str
    replaced: str


def field_of(record: Any, position: int | str) -> Field | None:
    """How a field is reached in records like this one; None if it is the record as a whole.

    Tuples, lists and Rows have fields by position, Rows and named tuples also by name, dicts by
    key, and other objects by the names of their attributes. Position 0 of anything else is the
    whole.

    Args:
        record: the record.
        position: the position or name.

    Raises:
        LookupError: if there is no such field.
    """
    if isinstance(record, Row):
        field = _of_row(position)
    elif isinstance(record, tuple):
        field = _of_tuple(record, position)
    elif isinstance(record, list):
        field = Field(f"{{r}}[{position!r}]", _spliced(position, "[{v}]"))
    elif isinstance(record, dict):
        field = Field(f"{{r}}[{position!r}]", f"{{{{**{{r}}, {position!r}: {{v}}}}}}")
    elif position == 0:
        return None
    else:
        field = Field(f"{{r}}.{position}", f"object_like({{r}}, {position!r}, {{v}})")
    try:
        eval(field.value.format(r="record"), {"record": record})
    except (LookupError, TypeError, AttributeError, ValueError, SyntaxError):
        kind = type(record).__qualname__
        raise LookupError(
            f"there is no field {position!r} in {record!r:.200}, of type {kind}"
        ) from None
    return field


def _of_row(position: int | str) -> Field:
    # rows of one stream may have the same names in another order
    index = position if isinstance(position, int) else f"{{r}}._fields.index({position!r})"
    return Field(f"{{r}}._values[{index}]", f"row_like({{r}}, {index}, {{v}})")


def _of_tuple(record: tuple[Any, ...], position: int | str) -> Field:
    names: tuple[str, ...] = getattr(record, "_fields", ())
    index = names.index(str(position)) if position in names else position
    replaced = _spliced(index, "({v},)")
    if hasattr(record, "_make"):
        replaced = f"{{r}}._make({replaced})"
    elif isinstance(index, int) and len(record) <= _SHORT:
        # a third of the time, as long as the others are of this length, too
        fields = [f"{{r}}[{i}]" for i in range(len(record))]
        fields[index : index + 1 or None] = ["{v}"]
        replaced = f"(({', '.join(fields)},) if len({{r}}) == {len(record)} else {replaced})"
    return Field(f"{{r}}[{index!r}]", replaced)


def _spliced(index: int | str, middle: str) -> str:
    if not isinstance(index, int):
        return ""
    behind = f" + {{r}}[{index + 1}:]" if index != -1 else ""
    return f"{{r}}[:{index}] + {middle}{behind}"


def _row_like(row: Row, index: int, value: Any) -> Row:
    values = row._values.copy()
    values[index] = value
    return make_row(values, row._fields, row._row_kind)


def _object_like(record: Any, name: str, value: Any) -> Any:
    if dataclasses.is_dataclass(record):
        # it may be frozen
        return dataclasses.replace(record, **{name: value})  # type: ignore[type-var]
    other = copy.copy(record)
    setattr(other, name, value)
    return other


#: What the expressions refer to.
NAMES = {"row_like": _row_like, "object_like": _object_like}
