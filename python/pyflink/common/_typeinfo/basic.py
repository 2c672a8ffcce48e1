# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Types of single values: numbers, strings, Instant."""

from __future__ import annotations

from enum import Enum
from typing import Any

from pyflink.common._typeinfo.base import Descriptor, TypeInformation
from pyflink.common.time import Instant


class BasicType(Enum):
    """The types of single values, each with the name of its Java class."""

    STRING = "String"
    BYTE = "Byte"
    BOOLEAN = "Boolean"
    SHORT = "Short"
    INT = "Integer"
    LONG = "Long"
    FLOAT = "Float"
    DOUBLE = "Double"
    CHAR = "Char"
    BIG_INT = "BigInteger"
    BIG_DEC = "BigDecimal"
    INSTANT = "Instant"


class BasicTypeInfo(TypeInformation):
    """The type of a single value.

    >>> BasicTypeInfo.INT_TYPE_INFO() == BasicTypeInfo(BasicType.INT)
    True

    Args:
        basic_type: which one.
    """

    def __init__(self, basic_type: BasicType) -> None:
        super().__init__()
        self._basic_type = basic_type

    @staticmethod
    def STRING_TYPE_INFO() -> BasicTypeInfo:
        """The same as ``Types.STRING()``."""
        return BasicTypeInfo(BasicType.STRING)

    @staticmethod
    def BOOLEAN_TYPE_INFO() -> BasicTypeInfo:
        """The same as ``Types.BOOLEAN()``."""
        return BasicTypeInfo(BasicType.BOOLEAN)

    @staticmethod
    def BYTE_TYPE_INFO() -> BasicTypeInfo:
        """The same as ``Types.BYTE()``."""
        return BasicTypeInfo(BasicType.BYTE)

    @staticmethod
    def SHORT_TYPE_INFO() -> BasicTypeInfo:
        """The same as ``Types.SHORT()``."""
        return BasicTypeInfo(BasicType.SHORT)

    @staticmethod
    def INT_TYPE_INFO() -> BasicTypeInfo:
        """The same as ``Types.INT()``."""
        return BasicTypeInfo(BasicType.INT)

    @staticmethod
    def LONG_TYPE_INFO() -> BasicTypeInfo:
        """The same as ``Types.LONG()``."""
        return BasicTypeInfo(BasicType.LONG)

    @staticmethod
    def FLOAT_TYPE_INFO() -> BasicTypeInfo:
        """The same as ``Types.FLOAT()``."""
        return BasicTypeInfo(BasicType.FLOAT)

    @staticmethod
    def DOUBLE_TYPE_INFO() -> BasicTypeInfo:
        """The same as ``Types.DOUBLE()``."""
        return BasicTypeInfo(BasicType.DOUBLE)

    @staticmethod
    def CHAR_TYPE_INFO() -> BasicTypeInfo:
        """The same as ``Types.CHAR()``."""
        return BasicTypeInfo(BasicType.CHAR)

    @staticmethod
    def BIG_INT_TYPE_INFO() -> BasicTypeInfo:
        """The same as ``Types.BIG_INT()``."""
        return BasicTypeInfo(BasicType.BIG_INT)

    @staticmethod
    def BIG_DEC_TYPE_INFO() -> BasicTypeInfo:
        """The same as ``Types.BIG_DEC()``."""
        return BasicTypeInfo(BasicType.BIG_DEC)

    @staticmethod
    def INSTANT_TYPE_INFO() -> BasicTypeInfo:
        """The same as ``Types.INSTANT()``."""
        return InstantTypeInfo(BasicType.INSTANT)

    def _descriptor(self) -> Descriptor:
        return [self._basic_type.name]

    def _identity(self) -> Any:
        return self._basic_type

    def __repr__(self) -> str:
        return str(self._basic_type.value)


class InstantTypeInfo(BasicTypeInfo):
    """The type of :class:`~pyflink.common.time.Instant`; its plain form is microseconds.

    Args:
        basic_type: ``BasicType.INSTANT``.
    """

    def __init__(self, basic_type: BasicType) -> None:
        super().__init__(basic_type)

    def need_conversion(self) -> bool:
        return True

    def to_internal_type(self, obj: Instant | None) -> int | None:
        """Microseconds since 1970-01-01T00:00:00Z.

        Args:
            obj: an instant, or None, which stays None.
        """
        return None if obj is None else obj.seconds * 1_000_000 + obj.nanos // 1000

    def from_internal_type(self, obj: int | None) -> Instant | None:
        """The instant that many microseconds after 1970-01-01T00:00:00Z.

        Args:
            obj: microseconds, or None, which stays None.
        """
        if obj is None:
            return None
        seconds, micros = divmod(obj, 1_000_000)
        return Instant(seconds, micros * 1000)
