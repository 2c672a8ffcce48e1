# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The serializers and constants of pyflink.common."""

from __future__ import annotations

import io
from typing import BinaryIO

import pytest

from pyflink.common import constants
from pyflink.common.serializer import TypeSerializer, VoidNamespaceSerializer, void


class Plus(TypeSerializer[int]):
    def __init__(self, offset: int) -> None:
        self.offset = offset

    def serialize(self, element: int, stream: BinaryIO) -> None:
        stream.write(bytes([element + self.offset]))

    def deserialize(self, stream: BinaryIO) -> int:
        return stream.read(1)[0] - self.offset


def test_serializers_are_equal_by_class_and_attributes() -> None:
    assert Plus(1) == Plus(1)
    assert hash(Plus(1)) == hash(Plus(1))
    assert Plus(1) != Plus(2)
    assert Plus(1) != VoidNamespaceSerializer()
    assert repr(Plus(1)) == "Plus()"


def test_serializers_are_to_be_derived_from() -> None:
    with pytest.raises(TypeError, match="abstract"):
        TypeSerializer()  # type: ignore[abstract]


def test_void_takes_no_bytes() -> None:
    stream = io.BytesIO()
    VoidNamespaceSerializer().serialize(void, stream)
    assert stream.getvalue() == b""
    assert VoidNamespaceSerializer().deserialize(stream) == void == b""


def test_constants() -> None:
    assert constants.MIN_LONG_VALUE == -9223372036854775808
    assert constants.MAX_LONG_VALUE == 9223372036854775807
    assert constants.DEFAULT_OUTPUT_TAG == ""
