# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Fields of records, by position or name, looked up in the records' type."""

from __future__ import annotations

from typing import Any

from pyflink.common.typeinfo import (
    BasicArrayTypeInfo,
    BasicTypeInfo,
    ExternalTypeInfo,
    ListTypeInfo,
    ObjectArrayTypeInfo,
    RowTypeInfo,
    TupleTypeInfo,
    TypeInformation,
)

_LISTS = (BasicArrayTypeInfo, ListTypeInfo, ObjectArrayTypeInfo)


def check_field(record_type: TypeInformation, field: Any, method: str) -> None:
    """Refuses a field that the records of a type do not have.

    Of Python objects without a type nothing is known before they come.

    Args:
        record_type: the type.
        field: the position or the name.
        method: the method that it was given to.

    Raises:
        TypeError: if it is neither an int nor a string.
        ValueError: if there is no such field.
    """
    if isinstance(field, bool) or not isinstance(field, (int, str)):
        raise TypeError(
            f"{method}(): a field is an int, its position, or a str, its name; not {field!r:.100}."
        )
    has = _fields(record_type, field)
    if has is not None:
        raise ValueError(f"{method}(): there is no field {field!r}. {has}")


def _fields(record_type: TypeInformation, field: int | str) -> str | None:
    """Which fields there are, if not this one."""
    if isinstance(record_type, ExternalTypeInfo):
        return _fields(record_type._type_info, field)
    if isinstance(record_type, RowTypeInfo):
        names = record_type.get_field_names()
        if field in names or _in_range(field, len(names)):
            return None
        return f"The records are rows of {len(names)} fields: {', '.join(names)}."
    if isinstance(record_type, TupleTypeInfo):
        size = len(record_type.get_field_types())
        if _in_range(field, size):
            return None
        return f"The records are tuples of {size} fields, 0 to {size - 1}, without names."
    if isinstance(record_type, _LISTS):
        return None if isinstance(field, int) else "The records are lists, without names."
    if isinstance(record_type, BasicTypeInfo) and field != 0:
        return f"The records are of the type {record_type!r}: 0 stands for the whole value."
    return None


def _in_range(field: int | str, size: int) -> bool:
    return isinstance(field, int) and -size <= field < size
