# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What is raised when a value is not of the type that was declared for it."""

from __future__ import annotations

from reprlib import Repr
from typing import Any

_REPR = Repr()
_REPR.maxstring = _REPR.maxother = _REPR.maxlong = 80


class ValueMismatchError(TypeError, ValueError):
    """A value is not of its declared type.

    Args:
        expected: the type, in words.
        found: what is there instead, in words; see :func:`found`.
    """

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(expected, found)
        self.expected = expected
        self.found = found
        #: The way from the outermost value to the wrong one.
        self.path: list[str] = []
        #: What else there is to say.
        self.advice = ""

    def inside(self, *steps: str) -> ValueMismatchError:
        """The same error, found that much further out."""
        self.path[:0] = steps
        return self

    def __str__(self) -> str:
        where = ", ".join(self.path)
        what = f"expected {self.expected}, found {self.found}{self.advice}"
        return f"{where}: {what}" if where else what


def found(value: Any) -> str:
    """A wrong value in words: its type and, cut short, its representation."""
    if value is None:
        return (
            "None, which Flink can keep in a field of a ROW, an element of a BASIC_ARRAY or "
            "OBJECT_ARRAY and a value of a MAP, but not here"
        )
    try:
        text = _REPR.repr(value)
    except Exception:  # a wrong value may be wrong in its own __repr__ as well
        text = "(its repr() fails)"
    return f"{type(value).__name__} {text}"
