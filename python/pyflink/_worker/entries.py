# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The entries of a bundle, in bytes; proto/flinker/README.md says what they are."""

from __future__ import annotations

import struct
import sys
from array import array
from typing import NamedTuple

TIMED = 1
COMPLETES = 2
WATERMARK = 4
LAST = 8
SAME_TIME = 16

_COUNT = struct.Struct("<I")
_WATERMARK = _TIME = struct.Struct("<q")


class Header(NamedTuple):
    """What comes before the batch.

    Attributes:
        watermark: the watermark that has come since the entry before; None if none has.
        times: the records' timestamps; None if they have none, or all the same.
        time: the timestamp that all records have; None if they have none, or several.
        end: where the header ends.
    """

    watermark: int | None
    times: array[int] | None
    time: int | None
    end: int


def read_header(entry: bytes) -> Header:
    """Reads what comes before the batch of an entry."""
    flags = entry[0]
    if not flags:
        return _PLAIN
    watermark = times = time = None
    at = 1
    if flags & WATERMARK:
        (watermark,) = _WATERMARK.unpack_from(entry, at)
        at += _WATERMARK.size
    if flags & TIMED:
        times, at = _read_times(entry, at)
    elif flags & SAME_TIME:
        (time,) = _TIME.unpack_from(entry, at)
        at += _TIME.size
    return Header(watermark, times, time, at)


_PLAIN = Header(None, None, None, 1)


def read_inputs(entry: bytes, at: int) -> tuple[bytes, memoryview, memoryview]:
    """Reads what follows the header in an entry of two inputs.

    Args:
        entry: the entry.
        at: where its header ends.

    Returns:
        The input of each record, 0 or 1, the batch of the first input and that of the second.
    """
    view = memoryview(entry)
    (count,) = _COUNT.unpack_from(entry, at)
    at += _COUNT.size
    inputs = bytes(view[at : at + count])
    at += count
    (size,) = _COUNT.unpack_from(entry, at)
    at += _COUNT.size
    return inputs, view[at : at + size], view[at + size :]


class DueTimers(NamedTuple):
    """An entry of timers that fire.

    Attributes:
        watermark: the watermark that they fire for; None for those of processing time.
        last: whether no more fire for the watermark.
        orders: of those of processing time, how many entries of orders the engine had done when the
            first of them fired.
        batch: the timers.
    """

    watermark: int | None
    last: bool
    orders: int
    batch: memoryview


def read_timers(entry: bytes) -> DueTimers:
    """Reads an entry of timers that fire."""
    flags = entry[0]
    (number,) = _WATERMARK.unpack_from(entry, 1)
    batch = memoryview(entry)[1 + _WATERMARK.size :]
    if flags & WATERMARK:
        return DueTimers(number, bool(flags & LAST), 0, batch)
    return DueTimers(None, False, number, batch)


def write_entry(
    flags: int, times: list[int] | None, batch: bytes, time: int | None = None
) -> bytes:
    """An entry of results.

    Args:
        flags: what else there is to say.
        times: the results' timestamps; None if they have none, or all the same.
        batch: the results.
        time: the timestamp that all results have; None if they have none, or several.
    """
    if times is None:
        if time is None:
            return bytes([flags]) + batch
        return bytes([flags | SAME_TIME]) + _TIME.pack(time) + batch
    packed = array("q", times)
    if sys.byteorder == "big":
        packed.byteswap()
    return bytes([flags | TIMED]) + _COUNT.pack(len(times)) + packed.tobytes() + batch


def _read_times(entry: bytes, at: int) -> tuple[array[int], int]:
    (count,) = _COUNT.unpack_from(entry, at)
    start = at + _COUNT.size
    end = start + 8 * count
    times = array("q")
    times.frombytes(memoryview(entry)[start:end])
    if sys.byteorder == "big":
        times.byteswap()
    return times, end
