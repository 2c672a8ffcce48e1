# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Numbers and bools."""

from __future__ import annotations

import decimal
import operator
from typing import Annotated, Any

from msgspec import Meta
from msgspec.msgpack import Ext

from pyflink._codec.base import Codec, ExtensionKey, plain_value
from pyflink._codec.errors import ValueMismatchError, found

#: The code of a msgpack extension: a whole number beyond 64 bits, two's complement, big-endian.
BIG_INT_CODE = 2

# What rounds to more than the greatest float of 32 bits starts half a unit above it.
_FLOAT_LIMIT = 2.0**128 - 2.0**103
_EXPONENT_LIMIT = 2**31 - 1


class BooleanCodec(Codec):
    """BOOLEAN, a bool."""

    name = "BOOLEAN"
    check = wire = bool

    def adapt(self, value: Any) -> bool:
        value = plain_value(value)
        if isinstance(value, bool):
            return value
        raise self.mismatch(value)


class IntCodec(Codec):
    """BYTE, SHORT, INT and LONG: a whole number of some bits, one of them its sign."""

    wire = int

    def __init__(self, type_name: str, bits: int) -> None:
        self.least = -(2 ** (bits - 1))
        self.greatest = 2 ** (bits - 1) - 1
        self.name = f"{type_name} ({self.least}..{self.greatest})"
        self.check = Annotated[int, Meta(ge=self.least, le=self.greatest)]

    def adapt(self, value: Any) -> int:
        number = _index(value)
        if number is None or not self.least <= number <= self.greatest:
            raise self.mismatch(value)
        return number


class BigIntCodec(Codec):
    """BIG_INT, an int of any size."""

    name = "BIG_INT"
    # Beyond 64 bits the slow way makes an extension, which the decoder's hook turns into an int.
    check = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
    wire = Any

    def adapt(self, value: Any) -> int | Ext:
        number = _index(value)
        if number is None:
            raise self.mismatch(value)
        if -(2**63) <= number < 2**63:
            return number
        size = (number if number >= 0 else ~number).bit_length() // 8 + 1
        return Ext(BIG_INT_CODE, number.to_bytes(size, "big", signed=True))

    def as_key(self) -> Codec:
        return ExtensionKey(self)


class AnnotatedIntCodec(BigIntCodec):
    """BIG_INT for ``-> int``, which in Python allows a bool."""

    def adapt(self, value: Any) -> int | Ext:
        return super().adapt(int(value) if isinstance(value, bool) else value)


class DoubleCodec(Codec):
    """DOUBLE, a float."""

    name = "DOUBLE"
    check = wire = float

    def adapt(self, value: Any) -> float:
        value = plain_value(value)
        if hasattr(value, "__float__") and not isinstance(value, (bool, str)):
            try:
                return float(value)
            except (TypeError, ValueError, OverflowError):
                pass
        raise self.mismatch(value)


class AnnotatedFloatCodec(DoubleCodec):
    """DOUBLE for ``-> float``, which in Python allows an int and a bool."""

    def adapt(self, value: Any) -> float:
        return super().adapt(int(value) if isinstance(value, bool) else value)


class FloatCodec(DoubleCodec):
    """FLOAT: 64 bits from Python, of which Java keeps 32, and 32 bits from Java."""

    name = "FLOAT (of 32 bits, below 3.4028236e38)"
    # Infinities and NaN are outside, so they take the slow way, which lets them pass.
    check = Annotated[float, Meta(gt=-_FLOAT_LIMIT, lt=_FLOAT_LIMIT)]

    def adapt(self, value: Any) -> float:
        number = super().adapt(value)
        if _FLOAT_LIMIT <= abs(number) < float("inf"):
            raise self.mismatch(value)
        return number


class BigDecCodec(Codec):
    """BIG_DEC: as text, because that keeps every digit and the scale."""

    name = "BIG_DEC"
    check = wire = decimal.Decimal
    plain = False

    def to_wire(self, value: decimal.Decimal) -> str:
        # NaN and the infinities have a letter for an exponent.
        exponent = value.as_tuple().exponent
        limit = _EXPONENT_LIMIT
        if isinstance(exponent, str) or max(abs(exponent), abs(value.adjusted())) > limit:
            raise ValueMismatchError("BIG_DEC (finite, as a BigDecimal is)", found(value))
        return str(value)

    def adapt(self, value: Any) -> str:
        value = plain_value(value)
        if isinstance(value, float):
            # The shortest text that stands for the float, as on the fast way.
            value = decimal.Decimal(repr(value))
        elif isinstance(value, int) and not isinstance(value, bool):
            value = decimal.Decimal(value)
        if isinstance(value, decimal.Decimal):
            return self.to_wire(value)
        raise self.mismatch(value)


def _index(value: Any) -> int | None:
    """The value as an int, if it is a whole number and no bool."""
    value = plain_value(value)
    if isinstance(value, bool):
        return None
    try:
        # An IntEnum stays what it is under index(), and msgspec would refuse it.
        return int(operator.index(value))
    except TypeError:
        return None
