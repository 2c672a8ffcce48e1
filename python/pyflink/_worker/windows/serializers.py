# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The bytes of the windows that there are."""

from __future__ import annotations

from struct import Struct
from typing import BinaryIO

from pyflink._worker.windows.window import CountWindow, GlobalWindow, TimeWindow
from pyflink.common.serializer import TypeSerializer

_LONG = Struct(">q")
_LONGS = Struct(">qq")


class TimeWindowSerializer(TypeSerializer[TimeWindow]):
    """Writes a :class:`TimeWindow` as 16 bytes: its start and its end.

    Example:
        >>> from io import BytesIO
        >>> stream = BytesIO()
        >>> TimeWindowSerializer().serialize(TimeWindow(0, 10), stream)
        >>> TimeWindowSerializer().deserialize(BytesIO(stream.getvalue()))
        TimeWindow(start=0, end=10)
    """

    def serialize(self, element: TimeWindow, stream: BinaryIO) -> None:
        """Writes a window.

        Args:
            element: the window.
            stream: a binary file object, open for writing.
        """
        stream.write(_LONGS.pack(element.start, element.end))

    def deserialize(self, stream: BinaryIO) -> TimeWindow:
        """Reads a window.

        Args:
            stream: a binary file object, open for reading.
        """
        return TimeWindow(*_LONGS.unpack(stream.read(16)))


class CountWindowSerializer(TypeSerializer[CountWindow]):
    """Writes a :class:`CountWindow` as the 8 bytes of its number."""

    def serialize(self, element: CountWindow, stream: BinaryIO) -> None:
        """Writes a window.

        Args:
            element: the window.
            stream: a binary file object, open for writing.
        """
        stream.write(_LONG.pack(element.id))

    def deserialize(self, stream: BinaryIO) -> CountWindow:
        """Reads a window.

        Args:
            stream: a binary file object, open for reading.
        """
        return CountWindow(*_LONG.unpack(stream.read(8)))


class GlobalWindowSerializer(TypeSerializer[GlobalWindow]):
    """Writes a :class:`GlobalWindow` as a single byte, as there is only one."""

    def serialize(self, element: GlobalWindow, stream: BinaryIO) -> None:
        """Writes the window.

        Args:
            element: the window.
            stream: a binary file object, open for writing.
        """
        stream.write(b"\0")

    def deserialize(self, stream: BinaryIO) -> GlobalWindow:
        """Reads the window.

        Args:
            stream: a binary file object, open for reading.
        """
        stream.read(1)
        return GlobalWindow()
