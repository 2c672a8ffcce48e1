# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Which types keys can have."""

from __future__ import annotations

from typing import Any

from pyflink._codec import descriptor
from pyflink.common.typeinfo import TypeInformation
from pyflink.datastream._arguments import expect

_ARRAYS = ("PRIMITIVE_ARRAY", "BASIC_ARRAY", "OBJECT_ARRAY")


def key_descriptor(key_type: TypeInformation | None) -> bytes | None:
    """The descriptor of a type of keys; None for Python objects.

    Raises:
        TypeError: if two keys of the type cannot be compared in Java.
    """
    if key_type is None:
        return None
    expect(key_type, TypeInformation, "key_by(): the key_type", "Types.STRING()")
    parts = key_type._descriptor()
    if parts == ["PICKLED"]:
        return None
    culprit = _incomparable(parts)
    if culprit is not None:
        what = "a Python object" if culprit == "PICKLED" else f"a {culprit}"
        raise TypeError(
            f"key_by(): keys cannot be of the type {key_type}: there is {what} in it, and Java "
            "does not see what is in those when it compares keys. Leave the key_type out; then "
            "any key does that can be pickled, bytes and tuples too."
        )
    return descriptor(key_type)


def _incomparable(parts: list[Any]) -> str | None:
    if parts and (parts[0] in _ARRAYS or parts[0] == "PICKLED"):
        return str(parts[0])
    inner = (_incomparable(part) for part in parts if isinstance(part, list))
    return next((culprit for culprit in inner if culprit is not None), None)
