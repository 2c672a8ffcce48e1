# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The types of a stream's records."""

from __future__ import annotations

from collections.abc import Iterable

from pyflink.common._typeinfo.arrays import (
    BasicArrayTypeInfo,
    ObjectArrayTypeInfo,
    PrimitiveArrayTypeInfo,
)
from pyflink.common._typeinfo.base import TypeInformation, WrapperTypeInfo
from pyflink.common._typeinfo.basic import BasicType, BasicTypeInfo, InstantTypeInfo
from pyflink.common._typeinfo.collections import ListTypeInfo, MapTypeInfo
from pyflink.common._typeinfo.composite import RowTypeInfo, TupleTypeInfo
from pyflink.common._typeinfo.java import from_java_type
from pyflink.common._typeinfo.special import ExternalTypeInfo, PickledBytesTypeInfo
from pyflink.common._typeinfo.times import (
    DateTypeInfo,
    LocalTimeTypeInfo,
    SqlTimeTypeInfo,
    TimestampTypeInfo,
    TimeTypeInfo,
)

__all__ = [
    "BasicArrayTypeInfo",
    "BasicType",
    "BasicTypeInfo",
    "DateTypeInfo",
    "ExternalTypeInfo",
    "InstantTypeInfo",
    "ListTypeInfo",
    "LocalTimeTypeInfo",
    "MapTypeInfo",
    "ObjectArrayTypeInfo",
    "PickledBytesTypeInfo",
    "PrimitiveArrayTypeInfo",
    "RowTypeInfo",
    "SqlTimeTypeInfo",
    "TimeTypeInfo",
    "TimestampTypeInfo",
    "TupleTypeInfo",
    "TypeInformation",
    "Types",
    "WrapperTypeInfo",
]

_from_java_type = from_java_type


class Types:
    """Makes every type that a stream's records can have.

    >>> Types.ROW_NAMED(["id", "name"], [Types.INT(), Types.STRING()])
    RowTypeInfo(id: Integer, name: String)

    None can stand for a field of a ROW, an element of a BASIC_ARRAY or OBJECT_ARRAY and a value
    of a MAP, and anywhere for a STRING, BIG_INT, BIG_DEC, INSTANT, SQL_DATE or SQL_TIME. It is
    refused elsewhere, because Flink could not keep it there. A bool is not an int.
    """

    @staticmethod
    def STRING() -> TypeInformation:
        """A ``str``, which in Java is a String."""
        return BasicTypeInfo(BasicType.STRING)

    @staticmethod
    def BYTE() -> TypeInformation:
        """An ``int`` from -128 to 127, which in Java is a byte."""
        return BasicTypeInfo(BasicType.BYTE)

    @staticmethod
    def BOOLEAN() -> TypeInformation:
        """A ``bool``, which in Java is a boolean."""
        return BasicTypeInfo(BasicType.BOOLEAN)

    @staticmethod
    def SHORT() -> TypeInformation:
        """An ``int`` from -32,768 to 32,767, which in Java is a short."""
        return BasicTypeInfo(BasicType.SHORT)

    @staticmethod
    def INT() -> TypeInformation:
        """An ``int`` from -2,147,483,648 to 2,147,483,647, which in Java is an int."""
        return BasicTypeInfo(BasicType.INT)

    @staticmethod
    def LONG() -> TypeInformation:
        """An ``int`` of 64 bits with a sign, which in Java is a long."""
        return BasicTypeInfo(BasicType.LONG)

    @staticmethod
    def FLOAT() -> TypeInformation:
        """A ``float`` or ``int``, of which Java keeps the 32 bits of a float."""
        return BasicTypeInfo(BasicType.FLOAT)

    @staticmethod
    def DOUBLE() -> TypeInformation:
        """A ``float`` or ``int``, which in Java is a double."""
        return BasicTypeInfo(BasicType.DOUBLE)

    @staticmethod
    def CHAR() -> TypeInformation:
        """A ``str`` of one character up to U+FFFF, which in Java is a char."""
        return BasicTypeInfo(BasicType.CHAR)

    @staticmethod
    def BIG_INT() -> TypeInformation:
        """An ``int`` of any size, which in Java is a BigInteger."""
        return BasicTypeInfo(BasicType.BIG_INT)

    @staticmethod
    def BIG_DEC() -> TypeInformation:
        """A ``decimal.Decimal`` with all its digits, which in Java is a BigDecimal."""
        return BasicTypeInfo(BasicType.BIG_DEC)

    @staticmethod
    def INSTANT() -> TypeInformation:
        """A :class:`~pyflink.common.time.Instant`, to the nanosecond."""
        return InstantTypeInfo(BasicType.INSTANT)

    @staticmethod
    def SQL_DATE() -> TypeInformation:
        """A ``datetime.date``, which in Java is a ``java.sql.Date``."""
        return DateTypeInfo()

    @staticmethod
    def SQL_TIME() -> TypeInformation:
        """A ``datetime.time``, of which Java's ``java.sql.Time`` keeps milliseconds."""
        return TimeTypeInfo()

    @staticmethod
    def SQL_TIMESTAMP() -> TypeInformation:
        """A ``datetime.datetime`` without a time zone, in Java a ``java.sql.Timestamp``."""
        return TimestampTypeInfo()

    @staticmethod
    def PICKLED_BYTE_ARRAY() -> TypeInformation:
        """Any Python object that pickle or cloudpickle can write; Java does not look into it."""
        return PickledBytesTypeInfo()

    @staticmethod
    def ROW(
        field_types: Iterable[TypeInformation] | None = None,
        *,
        types: Iterable[TypeInformation] | None = None,
    ) -> TypeInformation:
        """A :class:`~pyflink.common.types.Row` with the fields f0, f1 and so on.

        >>> Types.ROW([Types.INT(), Types.STRING()])
        RowTypeInfo(Integer, String)

        Args:
            field_types: the types of the fields.
            types: the name of ``field_types`` in PyFlink 1.12. Deprecated.
        """
        return RowTypeInfo(field_types, types=types)

    @staticmethod
    def ROW_NAMED(
        field_names: Iterable[str] | None = None,
        field_types: Iterable[TypeInformation] | None = None,
        *,
        names: Iterable[str] | None = None,
        types: Iterable[TypeInformation] | None = None,
    ) -> TypeInformation:
        """A :class:`~pyflink.common.types.Row` with names for its fields.

        >>> Types.ROW_NAMED(["id"], [Types.INT()])
        RowTypeInfo(id: Integer)

        Args:
            field_names: the names, all different.
            field_types: the types, one for each name.
            names: the name of ``field_names`` in PyFlink 1.12. Deprecated.
            types: the name of ``field_types`` in PyFlink 1.12. Deprecated.

        Raises:
            ValueError: if there are not as many names as types, or two are the same.
        """
        field_names = names if field_names is None else field_names
        if field_names is None:
            raise TypeError("Types.ROW_NAMED takes field_names, the names of the fields")
        return RowTypeInfo(field_types, field_names, types=types)

    @staticmethod
    def TUPLE(
        field_types: Iterable[TypeInformation] | None = None,
        *,
        types: Iterable[TypeInformation] | None = None,
    ) -> TypeInformation:
        """A ``tuple`` of at most 25 fields, which in Java is a Tuple.

        >>> Types.TUPLE([Types.INT(), Types.STRING()])
        TupleTypeInfo(Integer, String)

        Args:
            field_types: the types of the fields.
            types: the name of ``field_types`` in PyFlink 1.12. Deprecated.

        Raises:
            ValueError: if there are more than 25.
        """
        return TupleTypeInfo(field_types, types=types)

    @staticmethod
    def PRIMITIVE_ARRAY(element_type: TypeInformation) -> TypeInformation:
        """A ``list`` of numbers, bools or chars, in Java ``int[]`` or the like.

        ``PRIMITIVE_ARRAY(BYTE())`` is ``bytes``.

        >>> Types.PRIMITIVE_ARRAY(Types.INT())
        PrimitiveArrayTypeInfo<Integer>

        Args:
            element_type: the type of the elements.
        """
        return PrimitiveArrayTypeInfo(element_type)

    @staticmethod
    def BASIC_ARRAY(element_type: TypeInformation) -> TypeInformation:
        """A ``list`` of strings, numbers, bools or chars, in Java ``String[]`` or the like.

        >>> Types.BASIC_ARRAY(Types.STRING())
        BasicArrayTypeInfo<String>

        Args:
            element_type: the type of the elements.
        """
        return BasicArrayTypeInfo(element_type)

    @staticmethod
    def OBJECT_ARRAY(element_type: TypeInformation) -> TypeInformation:
        """A ``list`` of values of any type, which in Java is an array.

        >>> Types.OBJECT_ARRAY(Types.BIG_INT())
        ObjectArrayTypeInfo<BigInteger>

        Args:
            element_type: the type of the elements.
        """
        return ObjectArrayTypeInfo(element_type)

    @staticmethod
    def MAP(key_type_info: TypeInformation, value_type_info: TypeInformation) -> TypeInformation:
        """A ``dict``, which in Java is a Map.

        >>> Types.MAP(Types.STRING(), Types.INT())
        MapTypeInfo<String, Integer>

        Args:
            key_type_info: the type of the keys.
            value_type_info: the type of the values.
        """
        return MapTypeInfo(key_type_info, value_type_info)

    @staticmethod
    def LIST(element_type_info: TypeInformation) -> TypeInformation:
        """A ``list``, which in Java is a List.

        >>> Types.LIST(Types.INT())
        ListTypeInfo<Integer>

        Args:
            element_type_info: the type of the elements.
        """
        return ListTypeInfo(element_type_info)
