# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Types of arrays."""

from __future__ import annotations

import warnings
from typing import Any

from pyflink.common._typeinfo.base import Descriptor, TypeInformation
from pyflink.common._typeinfo.basic import BasicType, BasicTypeInfo

_PRIMITIVE = [
    BasicType.BOOLEAN,
    BasicType.BYTE,
    BasicType.SHORT,
    BasicType.INT,
    BasicType.LONG,
    BasicType.FLOAT,
    BasicType.DOUBLE,
    BasicType.CHAR,
]
_BASIC = [BasicType.STRING, *_PRIMITIVE]


class _ArrayTypeInfo(TypeInformation):
    """What the three kinds of arrays have in common."""

    _kind: str

    def __init__(self, element_type: TypeInformation) -> None:
        super().__init__()
        self._element_type = element_type

    def _descriptor(self) -> Descriptor:
        return [self._kind, self._element_type._descriptor()]

    def _identity(self) -> Any:
        return self._element_type

    def __repr__(self) -> str:
        return f"{type(self).__name__}<{self._element_type!r}>"


class PrimitiveArrayTypeInfo(_ArrayTypeInfo):
    """The type of an array of Java's primitive values, none of which is null.

    Args:
        element_type: the type of the elements.

    Raises:
        TypeError: if Java has no primitive type for them.
    """

    _kind = "PRIMITIVE_ARRAY"

    def __init__(self, element_type: TypeInformation) -> None:
        _check_element("PRIMITIVE_ARRAY", element_type, _PRIMITIVE)
        super().__init__(element_type)

    @staticmethod
    def BOOLEAN_PRIMITIVE_ARRAY_TYPE_INFO() -> PrimitiveArrayTypeInfo:
        """Deprecated: ``Types.PRIMITIVE_ARRAY(Types.BOOLEAN())``."""
        return _old_primitive("BOOLEAN")

    @staticmethod
    def BYTE_PRIMITIVE_ARRAY_TYPE_INFO() -> PrimitiveArrayTypeInfo:
        """Deprecated: ``Types.PRIMITIVE_ARRAY(Types.BYTE())``."""
        return _old_primitive("BYTE")

    @staticmethod
    def SHORT_PRIMITIVE_ARRAY_TYPE_INFO() -> PrimitiveArrayTypeInfo:
        """Deprecated: ``Types.PRIMITIVE_ARRAY(Types.SHORT())``."""
        return _old_primitive("SHORT")

    @staticmethod
    def INT_PRIMITIVE_ARRAY_TYPE_INFO() -> PrimitiveArrayTypeInfo:
        """Deprecated: ``Types.PRIMITIVE_ARRAY(Types.INT())``."""
        return _old_primitive("INT")

    @staticmethod
    def LONG_PRIMITIVE_ARRAY_TYPE_INFO() -> PrimitiveArrayTypeInfo:
        """Deprecated: ``Types.PRIMITIVE_ARRAY(Types.LONG())``."""
        return _old_primitive("LONG")

    @staticmethod
    def FLOAT_PRIMITIVE_ARRAY_TYPE_INFO() -> PrimitiveArrayTypeInfo:
        """Deprecated: ``Types.PRIMITIVE_ARRAY(Types.FLOAT())``."""
        return _old_primitive("FLOAT")

    @staticmethod
    def DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO() -> PrimitiveArrayTypeInfo:
        """Deprecated: ``Types.PRIMITIVE_ARRAY(Types.DOUBLE())``."""
        return _old_primitive("DOUBLE")

    @staticmethod
    def CHAR_PRIMITIVE_ARRAY_TYPE_INFO() -> PrimitiveArrayTypeInfo:
        """Deprecated: ``Types.PRIMITIVE_ARRAY(Types.CHAR())``."""
        return _old_primitive("CHAR")


class BasicArrayTypeInfo(_ArrayTypeInfo):
    """The type of an array of Java's boxed values and strings, any of which may be null.

    Args:
        element_type: the type of the elements.

    Raises:
        TypeError: if they are neither primitive values nor strings.
    """

    _kind = "BASIC_ARRAY"

    def __init__(self, element_type: TypeInformation) -> None:
        _check_element("BASIC_ARRAY", element_type, _BASIC)
        super().__init__(element_type)

    @staticmethod
    def BOOLEAN_ARRAY_TYPE_INFO() -> BasicArrayTypeInfo:
        """Deprecated: ``Types.BASIC_ARRAY(Types.BOOLEAN())``."""
        return _old_basic("BOOLEAN")

    @staticmethod
    def BYTE_ARRAY_TYPE_INFO() -> BasicArrayTypeInfo:
        """Deprecated: ``Types.BASIC_ARRAY(Types.BYTE())``."""
        return _old_basic("BYTE")

    @staticmethod
    def SHORT_ARRAY_TYPE_INFO() -> BasicArrayTypeInfo:
        """Deprecated: ``Types.BASIC_ARRAY(Types.SHORT())``."""
        return _old_basic("SHORT")

    @staticmethod
    def INT_ARRAY_TYPE_INFO() -> BasicArrayTypeInfo:
        """Deprecated: ``Types.BASIC_ARRAY(Types.INT())``."""
        return _old_basic("INT")

    @staticmethod
    def LONG_ARRAY_TYPE_INFO() -> BasicArrayTypeInfo:
        """Deprecated: ``Types.BASIC_ARRAY(Types.LONG())``."""
        return _old_basic("LONG")

    @staticmethod
    def FLOAT_ARRAY_TYPE_INFO() -> BasicArrayTypeInfo:
        """Deprecated: ``Types.BASIC_ARRAY(Types.FLOAT())``."""
        return _old_basic("FLOAT")

    @staticmethod
    def DOUBLE_ARRAY_TYPE_INFO() -> BasicArrayTypeInfo:
        """Deprecated: ``Types.BASIC_ARRAY(Types.DOUBLE())``."""
        return _old_basic("DOUBLE")

    @staticmethod
    def CHAR_ARRAY_TYPE_INFO() -> BasicArrayTypeInfo:
        """Deprecated: ``Types.BASIC_ARRAY(Types.CHAR())``."""
        return _old_basic("CHAR")

    @staticmethod
    def STRING_ARRAY_TYPE_INFO() -> BasicArrayTypeInfo:
        """Deprecated: ``Types.BASIC_ARRAY(Types.STRING())``."""
        return _old_basic("STRING")


class ObjectArrayTypeInfo(_ArrayTypeInfo):
    """The type of an array of any Java objects, any of which may be null.

    Args:
        element_type: the type of the elements.
    """

    _kind = "OBJECT_ARRAY"


def _check_element(kind: str, element_type: TypeInformation, allowed: list[BasicType]) -> None:
    if isinstance(element_type, BasicTypeInfo) and element_type._basic_type in allowed:
        return
    names = ", ".join(basic.name for basic in allowed)
    raise TypeError(
        f"Types.{kind} takes one of {names} as its element type, not {element_type!r}: "
        "use Types.OBJECT_ARRAY for others"
    )


def _old_primitive(name: str) -> PrimitiveArrayTypeInfo:
    _warn(f"PrimitiveArrayTypeInfo.{name}_PRIMITIVE_ARRAY_TYPE_INFO", "PRIMITIVE_ARRAY", name)
    return PrimitiveArrayTypeInfo(BasicTypeInfo(BasicType[name]))


def _old_basic(name: str) -> BasicArrayTypeInfo:
    _warn(f"BasicArrayTypeInfo.{name}_ARRAY_TYPE_INFO", "BASIC_ARRAY", name)
    return BasicArrayTypeInfo(BasicTypeInfo(BasicType[name]))


def _warn(old: str, kind: str, name: str) -> None:
    new = f"Types.{kind}(Types.{name}())"
    warnings.warn(f"{old}() is deprecated: use {new}", DeprecationWarning, stacklevel=4)
