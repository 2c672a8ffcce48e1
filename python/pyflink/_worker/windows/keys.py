# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Windows as keys of state and as namespaces of timers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from io import BytesIO
from operator import index
from struct import Struct
from typing import Any

from pyflink._worker.windows.serializers import (
    CountWindowSerializer,
    GlobalWindowSerializer,
    TimeWindowSerializer,
)
from pyflink._worker.windows.window import CountWindow, GlobalWindow, TimeWindow
from pyflink.common.serializer import TypeSerializer
from pyflink.common.typeinfo import TypeInformation, Types

_LONG = Struct(">q")
#: What the timers of a time window are set for: its start and its end.
TIME_NAMESPACE = Struct(">qq")


class WindowKeys(ABC):
    """How the windows of an assigner are named in maps of state, and in timers.

    Attributes:
        type: the type of the names in maps.
    """

    type: TypeInformation

    @abstractmethod
    def key(self, window: Any) -> Any:
        """The name of a window in maps."""

    @abstractmethod
    def window(self, key: Any) -> Any:
        """The window of that name."""

    @abstractmethod
    def namespace(self, key: Any) -> bytes:
        """The name of a window in timers."""

    @abstractmethod
    def of_namespace(self, namespace: bytes) -> Any:
        """The name in maps of a window with that name in timers."""


class _TimeKeys(WindowKeys):
    def __init__(self) -> None:
        self.type = Types.TUPLE([Types.LONG(), Types.LONG()])

    def key(self, window: TimeWindow) -> tuple[int, int]:
        start, end = window.start, window.end
        if start.__class__ is int and end.__class__ is int:
            return start, end
        try:
            return index(start), index(end)
        except TypeError:
            raise TypeError(
                f"{window!r} starts and ends at a whole number of milliseconds."
            ) from None

    def window(self, key: tuple[int, int]) -> TimeWindow:
        return TimeWindow(*key)

    def namespace(self, key: tuple[int, int]) -> bytes:
        return TIME_NAMESPACE.pack(*key)

    def of_namespace(self, namespace: bytes) -> tuple[Any, ...]:
        return TIME_NAMESPACE.unpack(namespace)


class _CountKeys(WindowKeys):
    def __init__(self) -> None:
        self.type = Types.LONG()

    def key(self, window: CountWindow) -> int:
        return window.id

    def window(self, key: int) -> CountWindow:
        return CountWindow(key)

    def namespace(self, key: int) -> bytes:
        return _LONG.pack(key)

    def of_namespace(self, namespace: bytes) -> Any:
        return _LONG.unpack(namespace)[0]


class _GlobalKeys(WindowKeys):
    def __init__(self) -> None:
        self.type = Types.LONG()

    def key(self, window: GlobalWindow) -> int:
        return 0

    def window(self, key: int) -> GlobalWindow:
        return GlobalWindow()

    def namespace(self, key: int) -> bytes:
        return b"\0"

    def of_namespace(self, namespace: bytes) -> int:
        return 0


class _SerializedKeys(WindowKeys):
    """Windows with a serializer of the user's: its bytes are their names."""

    def __init__(self, serializer: TypeSerializer[Any]) -> None:
        self.type = Types.PRIMITIVE_ARRAY(Types.BYTE())
        self._serializer = serializer

    def key(self, window: Any) -> bytes:
        stream = BytesIO()
        self._serializer.serialize(window, stream)
        return stream.getvalue()

    def window(self, key: bytes) -> Any:
        return self._serializer.deserialize(BytesIO(key))

    def namespace(self, key: bytes) -> bytes:
        return key

    def of_namespace(self, namespace: bytes) -> bytes:
        return namespace


def window_keys(serializer: TypeSerializer[Any]) -> WindowKeys:
    """How windows are named that have a serializer."""
    if type(serializer) is TimeWindowSerializer:
        return _TimeKeys()
    if type(serializer) is CountWindowSerializer:
        return _CountKeys()
    if type(serializer) is GlobalWindowSerializer:
        return _GlobalKeys()
    return _SerializedKeys(serializer)
