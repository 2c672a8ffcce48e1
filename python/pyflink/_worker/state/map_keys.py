# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Keys as a dict can hold them: equal, and of the same hash, where they are the same key."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from pyflink._codec import BatchEncoder, batch_decoder
from pyflink._codec.keys import key_bytes, key_of

_EXACT = frozenset(
    (
        "BOOLEAN",
        "BYTE",
        "SHORT",
        "INT",
        "LONG",
        "BIG_INT",
        "STRING",
        "CHAR",
        "SQL_DATE",
        "LOCAL_DATE",
        "INSTANT",
    )
)
_BYTES = ["PRIMITIVE_ARRAY", ["BYTE"]]


class KeyForm(NamedTuple):
    """How keys of a type are held in a dict.

    Attributes:
        type: the descriptor of the type of what is held.
        held: what is held for a key.
        given: the key that is held.
        as_is: whether keys are held as they are.
        is_value: whether what is held is the key or one that is equal to it, and not its bytes.
    """

    type: bytes
    held: Callable[[Any], Any]
    given: Callable[[Any], Any]
    as_is: bool
    is_value: bool


def map_key_form(type_bytes: bytes) -> KeyForm:
    """How the keys of maps of a type are held.

    Args:
        type_bytes: the descriptor of the type.
    """
    parts = msgspec.msgpack.decode(type_bytes)
    bytes_type = msgspec.msgpack.encode(_BYTES)
    if parts == ["PICKLED"]:
        return KeyForm(bytes_type, key_bytes, key_of, False, False)
    form = _simple_form(parts, type_bytes)
    if form is not None:
        return form
    encode, decode = BatchEncoder(type_bytes).encode, batch_decoder(type_bytes)
    return KeyForm(
        bytes_type, lambda key: encode([key]), lambda held: decode(held)[0], False, False
    )


def map_key_decoder(form: KeyForm) -> Callable[[bytes], list[Any]]:
    """A function from a batch of what is held to that, as a dict finds it again.

    Args:
        form: how the keys are held.
    """
    decode = batch_decoder(form.type)
    if form.as_is or not form.is_value:
        return decode
    return lambda batch: list(map(form.held, decode(batch)))


def record_key_form(type_bytes: bytes) -> KeyForm:
    """How the keys of records of a type, which may be None, are held.

    Args:
        type_bytes: the descriptor of the type, a ``KEY``.
    """
    kind, inner = msgspec.msgpack.decode(type_bytes)
    assert kind == "KEY"
    if inner == _BYTES:
        # of no declared type: what the keys have been made of already
        return KeyForm(type_bytes, _same, key_of, True, False)
    form = _simple_form(inner, type_bytes)
    if form is not None:
        return form
    encode, decode = BatchEncoder(type_bytes).encode, batch_decoder(type_bytes)
    return KeyForm(
        type_bytes, lambda key: encode([key]), lambda held: decode(held)[0], False, False
    )


def _simple_form(parts: list[Any], type_bytes: bytes) -> KeyForm | None:
    if _is_exact(parts):
        return KeyForm(type_bytes, _same, _same, True, True)
    if parts[0] in ("FLOAT", "DOUBLE"):
        return KeyForm(type_bytes, _normal, _same, False, True)
    return None


def _is_exact(parts: list[Any]) -> bool:
    if parts[0] == "TUPLE":
        return all(_is_exact(field) for field in parts[1])
    return parts[0] in _EXACT or parts == _BYTES


def _same(key: Any) -> Any:
    return key


def _normal(key: Any) -> Any:
    if isinstance(key, float):
        # one zero, one object for what is not a number
        return key + 0.0 if key == key else math.nan
    return key
