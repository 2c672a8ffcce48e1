# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Strings and characters."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta

from pyflink._codec.base import Codec, plain_value
from pyflink._codec.errors import ValueMismatchError, found


class StringCodec(Codec):
    """STRING, a str."""

    name = "STRING"
    check = wire = str

    def adapt(self, value: Any) -> str:
        value = plain_value(value)
        if not isinstance(value, str):
            raise self.mismatch(value)
        try:
            value.encode()
        except UnicodeEncodeError as e:
            raise ValueMismatchError(
                f"{self.name} (Unicode text)",
                f"half of a surrogate pair at index {e.start} of {found(value)}",
            ) from None
        # msgspec takes no subclass of str.
        return str.__str__(value)


class CharCodec(StringCodec):
    """CHAR: what fits 16 bits."""

    name = "CHAR (one character up to U+FFFF)"
    check = Annotated[str, Meta(min_length=1, max_length=1, pattern="^[\0-\uffff]$")]

    def adapt(self, value: Any) -> str:
        text = super().adapt(value)
        if len(text) != 1 or text > "\uffff":
            raise self.mismatch(value)
        return text
