# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Flink settings to Java and back, many in one call."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import Any

from pyflink._gateway import java_class

_SETTINGS = "io.flinker.gateway.Settings"
_LENGTH = struct.Struct(">i")


def settings_class() -> Any:
    """The Java class on the other side."""
    return java_class(_SETTINGS)


def put(j_holder: Any, settings: Mapping[str, str | None]) -> None:
    """Sets all of them at once.

    Args:
        j_holder: a Java Configuration, ExecutionConfig or CheckpointConfig. What is set in the
            latter two holds for their environment.
        settings: the settings; None removes one.
    """
    settings_class().put(j_holder, _pack(settings))


def get_all(j_holder: Any) -> dict[str, str]:
    """All settings, as text.

    Args:
        j_holder: a Java Configuration, ExecutionConfig, CheckpointConfig or GlobalJobParameters.
    """
    return unpack(settings_class().pairs(j_holder))


def new_j_configuration(settings: Mapping[str, str | None]) -> Any:
    """A Java Configuration with these settings."""
    return settings_class().of(_pack(settings))


def as_text(value: Any) -> str:
    """A value as Flink writes it in its configuration files.

    Raises:
        TypeError: if it is not a str, bool, int or float.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    raise TypeError(f"{value!r} ({type(value).__name__}) is not a str, bool, int or float")


def _pack(settings: Mapping[str, str | None]) -> bytes:
    packed = bytearray()
    for pair in settings.items():
        for text in pair:
            if text is None:
                packed += _LENGTH.pack(-1)
            else:
                encoded = text.encode()
                packed += _LENGTH.pack(len(encoded))
                packed += encoded
    return bytes(packed)


def unpack(packed: bytes) -> dict[str, str]:
    """The pairs in what Java has packed."""
    texts = _texts(packed)
    return dict(zip(texts, texts, strict=True))


def _texts(packed: bytes) -> Iterator[str]:
    position = 0
    while position < len(packed):
        (length,) = _LENGTH.unpack_from(packed, position)
        position += _LENGTH.size + length
        yield packed[position - length : position].decode()
