# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Dataclasses and NamedTuples, whose objects are records of named fields."""

from __future__ import annotations

import collections
import dataclasses
import inspect
from typing import Any

from pyflink.common.types import Row

_MAKERS = {
    "<string>",
    collections.namedtuple.__code__.co_filename,
    dataclasses.dataclass.__code__.co_filename,
}


def record_fields(cls: type) -> tuple[str, ...] | None:
    """The names of the fields of a dataclass or a named tuple; None for any other class."""
    if dataclasses.is_dataclass(cls):
        return tuple(field.name for field in dataclasses.fields(cls))
    names = getattr(cls, "_fields", None)
    return names if issubclass(cls, tuple) and isinstance(names, tuple) else None


def is_plain_record(cls: type) -> bool:
    """Whether a class is nothing but fields, so that a Row can stand in for its objects.

    It has no methods, no order and no constants of its own and no subclass, and a Row gives access
    to its fields by their names.
    """
    fields = record_fields(cls)
    if not fields or cls.__subclasses__():
        return False
    if any(name.startswith("_") or hasattr(Row, name) for name in fields):
        return False
    if issubclass(cls, tuple):
        # typing.NamedTuple: one of collections has no types, a subclass has more to it
        return cls.__bases__ == (tuple,) and _adds_nothing(cls, fields)
    return all(_is_record_part(base) and _adds_nothing(base, fields) for base in cls.__mro__[:-1])


def _is_record_part(base: type) -> bool:
    parameters = vars(base).get("__dataclass_params__")
    return parameters is not None and not parameters.order


def _adds_nothing(cls: type, fields: tuple[str, ...]) -> bool:
    return all(
        name in fields or _is_harmless(name, attribute) for name, attribute in vars(cls).items()
    )


def _is_harmless(name: str, attribute: Any) -> bool:
    """Whether nobody misses an attribute of a class in a Row."""
    function = (
        attribute.__func__ if isinstance(attribute, (classmethod, staticmethod)) else attribute
    )
    if inspect.isfunction(function):
        # it makes the object, or a decorator made it
        made = inspect.unwrap(function).__code__.co_filename in _MAKERS
        return made or name in ("__init__", "__new__", "__post_init__")
    if name.startswith("__"):
        return True
    return name in ("_fields", "_field_defaults", "_field_types", "_abc_impl")
