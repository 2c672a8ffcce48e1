# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Arrays, lists and maps."""

from __future__ import annotations

from collections import deque
from typing import Any

from pyflink._codec.base import Codec, plain_value
from pyflink._codec.errors import ValueMismatchError


class BytesCodec(Codec):
    """PRIMITIVE_ARRAY(BYTE), which is bytes."""

    name = "PRIMITIVE_ARRAY of BYTE (bytes)"
    check = wire = bytes

    def adapt(self, value: Any) -> bytes:
        if isinstance(value, (bytes, bytearray, memoryview)):
            return bytes(value)
        elements = plain_value(value)
        if not isinstance(elements, (list, tuple)):
            raise self.mismatch(value)
        try:
            # Java's bytes have a sign, Python's have none.
            return bytes(e + 256 if -128 <= e < 0 else e for e in map(plain_value, elements))
        except (TypeError, ValueError):
            raise self.mismatch(value) from None


class ListCodec(Codec):
    """LIST and every array but that of bytes."""

    def __init__(self, type_name: str, element: Codec) -> None:
        self.type_name = type_name
        self.element = element
        self.name = f"{type_name} of {element.name}"
        self.check = list[element.check]  # type: ignore[name-defined]
        self.wire = list[element.wire]  # type: ignore[name-defined]
        self.plain = element.plain
        self.pickled = element.pickled
        if (to_wire := element.to_wire) is not None:
            self.to_wire = lambda value: list(map(to_wire, value))
        if (of_wire := element.of_wire) is not None:
            self.of_wire = lambda wire: list(map(of_wire, wire))

    def adapt(self, value: Any) -> list[Any]:
        elements = plain_value(value)
        if not isinstance(elements, (list, tuple, range, deque, set, frozenset)):
            raise self.mismatch(value)
        wire: list[Any] = []
        try:
            for element in elements:
                wire.append(self.element.adapt(element))  # noqa: PERF401 (its length is the index)
        except ValueMismatchError as e:
            raise e.inside(f"element {len(wire)}") from e.__cause__
        return wire

    def as_key(self) -> Codec:
        return KeyListCodec(self.type_name, self.element.as_key())


class KeyListCodec(ListCodec):
    """A list in the key of a dict, where Python can only have a tuple."""

    plain = False

    def __init__(self, type_name: str, element: Codec) -> None:
        super().__init__(type_name, element)
        self.name = f"{self.name} (a tuple, for a key)"
        self.check = tuple[element.check, ...]  # type: ignore[name-defined]
        self.wire = tuple[element.wire, ...]  # type: ignore[name-defined]
        self.plain = False
        if (to_wire := element.to_wire) is not None:
            self.to_wire = lambda value: tuple(map(to_wire, value))
        if (of_wire := element.of_wire) is not None:
            self.of_wire = lambda wire: tuple(map(of_wire, wire))

    def adapt(self, value: Any) -> tuple[Any, ...]:  # type: ignore[override]
        return tuple(super().adapt(value))


class MapCodec(Codec):
    """MAP, a dict."""

    def __init__(self, key: Codec, value: Codec) -> None:
        self.key = key.as_key()
        self.value = value
        self.name = f"MAP of {key.name} to {value.name}"
        self.check = dict[self.key.check, value.check]  # type: ignore[name-defined]
        self.wire = dict[self.key.wire, value.wire]  # type: ignore[name-defined]
        self.plain = self.key.plain and value.plain
        self.pickled = self.key.pickled or value.pickled
        self.to_wire = _map_function(self.key.to_wire, value.to_wire)
        self.of_wire = _map_function(self.key.of_wire, value.of_wire)

    def adapt(self, value: Any) -> dict[Any, Any]:
        if not isinstance(value, dict):
            raise self.mismatch(value)
        wire = {}
        place = ""
        try:
            for key, element in value.items():
                place = "a key of the map"
                wire_key = self.key.adapt(key)
                place = f"key {key!r}"
                wire[wire_key] = self.value.adapt(element)
        except ValueMismatchError as e:
            raise e.inside(place) from e.__cause__
        return wire

    def as_key(self) -> Codec:
        raise TypeError("A MAP cannot be the key of a MAP, because a dict cannot be a dict's key")


def _map_function(on_key: Any, on_value: Any) -> Any:
    if on_key is None and on_value is None:
        return None
    if on_key is None:
        return lambda m: {k: on_value(v) for k, v in m.items()}
    if on_value is None:
        return lambda m: {on_key(k): v for k, v in m.items()}
    return lambda m: {on_key(k): on_value(v) for k, v in m.items()}
