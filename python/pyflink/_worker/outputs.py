# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Where results go: the main output of an operator, and its side outputs."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Any

from pyflink._codec import ValueMismatchError
from pyflink._codec.batches import BatchEncoder
from pyflink._worker.entries import COMPLETES, write_entry

# A function can make any number of values of one; what is there leaves when it is this much.
FLUSH_RECORDS = 1 << 14

MAIN = "out"


class SideOutputTag:
    """What ``OutputTag`` is for a worker.

    Attributes:
        tag_id: the name of the side output.
    """

    tag_id: str


class ResultError(Exception):
    """A result is not of the declared type, or its timestamp is none.

    Args:
        error: what is wrong.
        result: the result.
        of_assigner: whether it is the timestamp.
    """

    def __init__(self, error: Exception, result: Any, of_assigner: bool = False) -> None:
        super().__init__()
        self.error = error
        self.result = result
        self.of_assigner = of_assigner

    @staticmethod
    def of_type(mismatch: ValueMismatchError, results: list[Any], tag: str | None) -> ResultError:
        """One of several results is not of the type of an output."""
        # the way to it starts with its number in the batch, which means nothing to the user
        index = int(mismatch.path.pop(0).rpartition(" ")[2])
        error = mismatch if tag is None else mismatch.inside(f"side output '{tag}'")
        return ResultError(error, results[index])

    @staticmethod
    def of_time(times: list[Any], results: list[Any]) -> ResultError:
        """The timestamp of one of several results is none."""
        for time, result in zip(times, results, strict=True):
            try:
                array("q", [time])
            except (TypeError, OverflowError):
                kind = type(time).__qualname__
                error = TypeError(
                    "a timestamp assigner returns milliseconds since 1970-01-01 00:00 UTC, as an "
                    f"int of 64 bits; this one returns {time!r:.100}, of type {kind}"
                )
                return ResultError(error, result, of_assigner=True)
        raise AssertionError("all timestamps are")


class Output:
    """Results that wait to be sent to one output.

    Args:
        name: names the output in the protocol.
        type_bytes: the descriptor of the results' type.
        tag: the side output's tag; None for the main output.

    Attributes:
        results: the results; whoever appends to them calls :meth:`Outputs.flush` when they are
            many.
        times: their timestamps, if the records have some.
    """

    def __init__(self, name: str, type_bytes: bytes, tag: str | None = None) -> None:
        self.name = name
        self.tag = tag
        self.results: list[Any] = []
        self.times: list[int] = []
        self._encode = BatchEncoder(type_bytes).encode

    def take(self, flags: int, timed: bool) -> bytes:
        """The entry of what is here.

        Raises:
            ResultError: if a result is not of the type.
        """
        if not self.results:
            return bytes([flags])
        try:
            batch = self._encode(self.results)
        except ValueMismatchError as e:
            raise ResultError.of_type(e, self.results, self.tag) from None
        try:
            entry = write_entry(flags, self.times if timed else None, batch)
        except (TypeError, OverflowError):
            raise ResultError.of_time(self.times, self.results) from None
        self.results.clear()
        self.times.clear()
        return entry


class Outputs:
    """All outputs of an operator.

    Args:
        main_type: the descriptor of the type of the main output.
        side_types: of each side output that somebody reads, by its name in the protocol, the tag
            and the descriptor of the type.

    Attributes:
        main: the main output.
    """

    def __init__(self, main_type: bytes, side_types: dict[str, tuple[str, bytes]]) -> None:
        self.main = Output(MAIN, main_type)
        self._sides = {
            tag: Output(name, type_bytes, tag) for name, (tag, type_bytes) in side_types.items()
        }
        self._entries: list[tuple[str, bytes]] = []
        self._timed = False

    @property
    def has_sides(self) -> bool:
        """Whether somebody reads a side output."""
        return bool(self._sides)

    def start(self, timed: bool) -> list[tuple[str, bytes]]:
        """Starts with the results of an entry; returns the list that their entries come to."""
        self._timed = timed
        self._entries = []
        return self._entries

    def flush(self, flags: int = 0) -> None:
        """Makes entries of what waits.

        Raises:
            ResultError: if a result is not of the type of its output.
        """
        for side in self._sides.values():
            if side.results:
                self._entries.append((side.name, side.take(0, self._timed)))
        if self.main.results or flags:
            self._entries.append((MAIN, self.main.take(flags, self._timed)))

    def complete(self) -> None:
        """Makes the last entries of what one entry of records has made.

        Raises:
            ResultError: if a result is not of the type of its output.
        """
        self.flush(COMPLETES)

    def send(self, pair: tuple[Any, ...], time: int | None = None) -> None:
        """Takes ``tag, value``: to the side output, or nowhere if nobody reads it."""
        side = self._sides.get(tag_of(pair).tag_id)
        if side is not None:
            side.results.append(pair[1])
            if time is not None:
                side.times.append(time)
            if len(side.results) >= FLUSH_RECORDS:
                self.flush()


def drop(pair: tuple[Any, ...], time: int | None = None) -> None:
    """Takes ``tag, value`` where nobody can read side outputs."""
    tag_of(pair)


def tag_of(pair: tuple[Any, ...]) -> SideOutputTag:
    """The tag of ``tag, value``.

    Raises:
        TypeError: if it is not such a pair.
    """
    tag: SideOutputTag = pair[0]
    if len(pair) != 2:
        raise TypeError(
            f"a side output takes one value at a time, 'yield tag, value', but {len(pair) - 1} "
            f"came with OutputTag('{tag.tag_id}')"
        )
    return tag


Send = Callable[..., None]
