# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Types made from what Java says of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from pyflink.common._typeinfo.arrays import (
    BasicArrayTypeInfo,
    ObjectArrayTypeInfo,
    PrimitiveArrayTypeInfo,
)
from pyflink.common._typeinfo.base import Descriptor, TypeInformation, describe_java_type
from pyflink.common._typeinfo.basic import BasicType, BasicTypeInfo, InstantTypeInfo
from pyflink.common._typeinfo.collections import ListTypeInfo, MapTypeInfo
from pyflink.common._typeinfo.composite import RowTypeInfo, TupleTypeInfo
from pyflink.common._typeinfo.special import KeyTypeInfo, PickledBytesTypeInfo
from pyflink.common._typeinfo.times import (
    DateTypeInfo,
    LocalTimeTypeInfo,
    TimestampTypeInfo,
    TimeTypeInfo,
)


def _types(descriptors: list[Descriptor]) -> list[TypeInformation]:
    return [from_descriptor(descriptor) for descriptor in descriptors]


_MAKERS: dict[str, Callable[..., TypeInformation]] = {
    **{t.name: lambda t=t: BasicTypeInfo(t) for t in BasicType},
    "INSTANT": lambda: InstantTypeInfo(BasicType.INSTANT),
    "SQL_DATE": DateTypeInfo,
    "SQL_TIME": TimeTypeInfo,
    "SQL_TIMESTAMP": TimestampTypeInfo,
    **{t.name: lambda t=t: LocalTimeTypeInfo(t) for t in LocalTimeTypeInfo.TimeType},
    "PICKLED": PickledBytesTypeInfo,
    "PRIMITIVE_ARRAY": lambda element: PrimitiveArrayTypeInfo(from_descriptor(element)),
    "BASIC_ARRAY": lambda element: BasicArrayTypeInfo(from_descriptor(element)),
    "OBJECT_ARRAY": lambda element: ObjectArrayTypeInfo(from_descriptor(element)),
    "LIST": lambda element: ListTypeInfo(from_descriptor(element)),
    "KEY": lambda value: KeyTypeInfo(from_descriptor(value)),
    "MAP": lambda key, value: MapTypeInfo(from_descriptor(key), from_descriptor(value)),
    "TUPLE": lambda fields: TupleTypeInfo(_types(fields)),
    "ROW": lambda names, fields: RowTypeInfo(_types(fields), names),
}


def from_descriptor(descriptor: Descriptor | bytes) -> TypeInformation:
    """The type that a descriptor describes, the nested lists or their msgpack."""
    if isinstance(descriptor, bytes):
        descriptor = msgspec.msgpack.decode(descriptor, type=Descriptor)
    kind, *parts = descriptor
    return _MAKERS[kind](*parts)


def from_java_type(j_type_info: Any) -> TypeInformation:
    """The type that a Java ``TypeInformation`` stands for.

    Raises:
        TypeError: if its values have no form in Python.
    """
    type_info = from_descriptor(describe_java_type(j_type_info))
    type_info._j_typeinfo = j_type_info
    return type_info
