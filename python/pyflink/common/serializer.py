# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Serializers that are written in Python, for the namespaces of windows."""

from abc import ABC, abstractmethod
from typing import Any, BinaryIO, Generic, TypeVar

__all__ = ["TypeSerializer"]

T = TypeVar("T")

#: The namespace of state that belongs to no window.
void = b""


class TypeSerializer(ABC, Generic[T]):
    """Writes values of one type to a stream of bytes and reads them back.

    Derive from it, and give it to a custom ``WindowAssigner`` as its window serializer. Two
    serializers are equal if they are of the same class and have equal attributes.

    >>> class IntSerializer(TypeSerializer):
    ...     def serialize(self, element, stream):
    ...         stream.write(element.to_bytes(8, "big", signed=True))
    ...
    ...     def deserialize(self, stream):
    ...         return int.from_bytes(stream.read(8), "big", signed=True)
    >>> IntSerializer() == IntSerializer()
    True
    """

    @abstractmethod
    def serialize(self, element: T, stream: BinaryIO) -> None:
        """Write one value.

        Args:
            element: the value.
            stream: a binary file object, open for writing.
        """

    @abstractmethod
    def deserialize(self, stream: BinaryIO) -> T:
        """Read one value, as :meth:`serialize` wrote it.

        Args:
            stream: a binary file object, open for reading.
        """

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(type(self).__qualname__)


class VoidNamespaceSerializer(TypeSerializer[bytes]):
    """Serializes :data:`void`, which takes no bytes at all.

    >>> import io
    >>> VoidNamespaceSerializer().deserialize(io.BytesIO())
    b''
    """

    def serialize(self, element: Any, stream: BinaryIO) -> None:
        """Write nothing: there is only one value, so there is nothing to tell."""

    def deserialize(self, stream: BinaryIO) -> bytes:
        """Read nothing and give :data:`void`."""
        return void
