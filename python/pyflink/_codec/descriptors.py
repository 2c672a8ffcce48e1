# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""From a type's description to its codec."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from pyflink._codec.base import Codec, Nullable, nullable
from pyflink._codec.collections import BytesCodec, ListCodec, MapCodec
from pyflink._codec.numbers import (
    AnnotatedFloatCodec,
    AnnotatedIntCodec,
    BigDecCodec,
    BigIntCodec,
    BooleanCodec,
    DoubleCodec,
    FloatCodec,
    IntCodec,
)
from pyflink._codec.pickled import PickledCodec
from pyflink._codec.records import RowCodec, TupleCodec
from pyflink._codec.text import CharCodec, StringCodec
from pyflink._codec.times import (
    AnnotatedDateCodec,
    DateCodec,
    DateTimeCodec,
    InstantCodec,
    TimeCodec,
)

if TYPE_CHECKING:
    from pyflink.common.typeinfo import TypeInformation


def descriptor(type_info: TypeInformation | bytes) -> bytes:
    """The msgpack that describes a type to Java; a worker has nothing else of a type.

    Raises:
        TypeError: if the type has no such description.
    """
    return type_info if isinstance(type_info, bytes) else type_info._descriptor_bytes()


def pair_types(type_descriptor: bytes) -> tuple[bytes, bytes] | None:
    """The types of a pair of a key and a record; None where it is another type.

    No program can declare a KEY, so only our own pairs begin with one.
    """
    kind, *parts = msgspec.msgpack.decode(type_descriptor)
    if kind == "TUPLE" and len(parts[0]) == 2 and parts[0][0][0] == "KEY":
        key, record = map(msgspec.msgpack.encode, parts[0])
        return key, record
    return None


def annotated(type_descriptor: bytes) -> bytes:
    """The type under the names of codecs that take all that a function's annotation allows."""
    return msgspec.msgpack.encode(_annotated(msgspec.msgpack.decode(type_descriptor)))


def _annotated(parts: list[Any]) -> list[Any]:
    kind = parts[0]
    if kind == "LIST":
        return [kind, _annotated(parts[1])]
    if kind in ("ROW", "TUPLE"):
        return [*parts[:-1], [_annotated(field) for field in parts[-1]]]
    return [f"ANNOTATED_{kind}"] if f"ANNOTATED_{kind}" in _MAKERS else parts


@lru_cache(maxsize=1000)
def codec_of(type_descriptor: bytes) -> Codec:
    """The codec of the type that is described."""
    return _make(msgspec.msgpack.decode(type_descriptor))


def _make(parts: list[Any]) -> Codec:
    return _MAKERS[parts[0]](*parts[1:])


def _primitive_array(element: list[Any]) -> Codec:
    if element == ["BYTE"]:
        return BytesCodec()
    return ListCodec("PRIMITIVE_ARRAY", _make(element))


# Flink's own serializers decide where null can be: for a String anywhere, for an int only where
# the row, the array or the map around it keeps a list of its nulls.
_MAKERS: dict[str, Callable[..., Codec]] = {
    "BOOLEAN": BooleanCodec,
    "BYTE": lambda: IntCodec("BYTE", 8),
    "SHORT": lambda: IntCodec("SHORT", 16),
    "INT": lambda: IntCodec("INT", 32),
    "LONG": lambda: IntCodec("LONG", 64),
    "FLOAT": FloatCodec,
    "DOUBLE": DoubleCodec,
    "BIG_INT": lambda: Nullable(BigIntCodec()),
    "BIG_DEC": lambda: Nullable(BigDecCodec()),
    "STRING": lambda: Nullable(StringCodec()),
    "CHAR": CharCodec,
    "SQL_DATE": lambda: Nullable(DateCodec("SQL_DATE")),
    "SQL_TIME": lambda: Nullable(TimeCodec("SQL_TIME")),
    # Flink writes four bytes more for a null Timestamp than it reads.
    "SQL_TIMESTAMP": lambda: DateTimeCodec("SQL_TIMESTAMP"),
    "LOCAL_DATE": lambda: Nullable(DateCodec("LOCAL_DATE")),
    "LOCAL_TIME": lambda: Nullable(TimeCodec("LOCAL_TIME")),
    "LOCAL_DATE_TIME": lambda: Nullable(DateTimeCodec("LOCAL_DATE_TIME")),
    "INSTANT": lambda: Nullable(InstantCodec()),
    # What no type has for a name: see annotated().
    "ANNOTATED_BIG_INT": lambda: Nullable(AnnotatedIntCodec()),
    "ANNOTATED_DOUBLE": AnnotatedFloatCodec,
    "ANNOTATED_LOCAL_DATE": lambda: Nullable(AnnotatedDateCodec("LOCAL_DATE")),
    "PICKLED": PickledCodec,
    "PRIMITIVE_ARRAY": _primitive_array,
    "BASIC_ARRAY": lambda element: ListCodec("BASIC_ARRAY", nullable(_make(element))),
    "OBJECT_ARRAY": lambda element: ListCodec("OBJECT_ARRAY", nullable(_make(element))),
    "KEY": lambda value: nullable(_make(value)),
    "LIST": lambda element: ListCodec("LIST", _make(element)),
    "MAP": lambda key, value: MapCodec(_make(key), nullable(_make(value))),
    "TUPLE": lambda fields: TupleCodec([_make(field) for field in fields]),
    "ROW": lambda names, fields: RowCodec(names, [_make(field) for field in fields]),
}
