# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Where results go: the main output of an operator, and its side outputs."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Any

from pyflink._codec import ValueMismatchError
from pyflink._codec.batches import ArrayEncoder, BatchEncoder, pairs_batch
from pyflink._codec.descriptors import pair_types
from pyflink._worker.entries import COMPLETES, write_entry

MAIN = "out"


#: Takes the name of an output and an entry of its results; waits while there are too many.
Emit = Callable[[str, bytes], None]


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
        of_side: whether it is a result for a side output.
        of_first: whether it is what goes with a record, as the first of a pair.
    """

    def __init__(
        self,
        error: Exception,
        result: Any,
        of_assigner: bool = False,
        of_side: bool = False,
        of_first: bool = False,
    ) -> None:
        super().__init__()
        self.error = error
        self.result = result
        self.of_assigner = of_assigner
        self.of_side = of_side
        self.of_first = of_first

    @staticmethod
    def of_type(
        mismatch: ValueMismatchError, results: list[Any], tag: str | None, of_first: bool = False
    ) -> ResultError:
        """One of several results is not of the type of an output."""
        # the way to it starts with its number in the batch, which means nothing to the user
        index = int(mismatch.path.pop(0).rpartition(" ")[2])
        error = mismatch if tag is None else mismatch.inside(f"side output '{tag}'")
        return ResultError(error, results[index], of_side=tag is not None, of_first=of_first)

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


class _Pace:
    """How many results make a batch: as many as hold about 256 KB, going by the batches before.

    It starts low and grows step by step, so that large results are few from the start.
    """

    _BYTES = 1 << 18
    _MOST = 1 << 13
    _GROWTH = 8

    def __init__(self) -> None:
        self.results = 64

    def learn(self, results: int, batch_bytes: int) -> None:
        fit = self._BYTES * results // batch_bytes
        self.results = max(1, min(fit, self._GROWTH * self.results, self._MOST))


class Output:
    """Results that wait to be sent to one output.

    Args:
        name: names the output in the protocol.
        type_bytes: the descriptor of the results' type.
        tag: the side output's tag; None for the main output.
        pairs: whether each result is the second of a pair, whose type that is.

    Attributes:
        results: the results; whoever appends to them calls :meth:`Outputs.flush` when they are
            as many as ``most``.
        times: their timestamps, if the records have some.
        firsts: what goes with each of them, if they are parts of pairs.
    """

    def __init__(
        self, name: str, type_bytes: bytes, tag: str | None = None, pairs: bool = False
    ) -> None:
        self.name = name
        self.tag = tag
        self.results: list[Any] = []
        self.times: list[int] = []
        self.firsts: list[Any] = []
        self._encoder: BatchEncoder | ArrayEncoder
        self._encoder_of_firsts: ArrayEncoder | None = None
        if pairs:
            types = pair_types(type_bytes)
            assert types is not None, "a chain that ends with key_by makes pairs"
            self._encoder_of_firsts, self._encoder = map(ArrayEncoder, types)
        else:
            self._encoder = BatchEncoder(type_bytes)
        self._pace = _Pace()

    def _batch(self) -> bytes:
        if self._encoder_of_firsts is None:
            return self._encode(self._encoder, self.results)
        # an interrupt can come between the two that make a pair
        del self.firsts[len(self.results) :]
        firsts = self._encode(self._encoder_of_firsts, self.firsts, of_first=True)
        return pairs_batch(firsts, self._encode(self._encoder, self.results))

    def _encode(
        self, encoder: BatchEncoder | ArrayEncoder, values: list[Any], of_first: bool = False
    ) -> bytes:
        try:
            return encoder.encode(values)
        except ValueMismatchError as e:
            raise ResultError.of_type(e, values, self.tag, of_first) from None

    @property
    def most(self) -> int:
        """How many results may wait."""
        return self._pace.results

    def take(self, flags: int, timed: bool, time: int | None) -> bytes:
        """The entry of what is here.

        Args:
            flags: what else the entry says.
            timed: whether each result has a timestamp of its own.
            time: the timestamp of all results; None if they have none, or their own.

        Raises:
            ResultError: if a result is not of the type.
        """
        if not self.results:
            return bytes([flags])
        batch = self._batch()
        try:
            entry = write_entry(flags, self.times if timed else None, batch, time)
        except (TypeError, OverflowError):
            raise ResultError.of_time(self.times, self.results) from None
        self._pace.learn(len(self.results), len(batch))
        self.results.clear()
        self.times.clear()
        self.firsts.clear()
        return entry


class Outputs:
    """All outputs of an operator.

    Args:
        main_type: the descriptor of the type of the main output.
        side_types: of each side output that somebody reads, by its name in the protocol, the tag
            and the descriptor of the type.
        pairs: whether each result is the second of a pair, whose type is that of the main output.

    Attributes:
        main: the main output.
    """

    def __init__(
        self, main_type: bytes, side_types: dict[str, tuple[str, bytes]], pairs: bool = False
    ) -> None:
        self.main = Output(MAIN, main_type, pairs=pairs)
        self._sides = {
            tag: Output(name, type_bytes, tag) for name, (tag, type_bytes) in side_types.items()
        }
        self._emit: Emit = _refuse
        self._timed = False
        self._time: int | None = None

    @property
    def has_sides(self) -> bool:
        """Whether somebody reads a side output."""
        return bool(self._sides)

    def start(self, timed: bool, emit: Emit, time: int | None = None) -> None:
        """Starts with results of an entry, or goes on with others.

        Args:
            timed: whether each result has a timestamp of its own.
            emit: takes the name of an output and an entry of its results.
            time: the timestamp of all results; None if they have none, or their own.
        """
        if (timed, time) != (self._timed, self._time):
            # an entry has timestamps for all of its results or for none
            self.flush_all()
        self._timed = timed
        self._time = time
        self._emit = emit

    def flush(self) -> int:
        """Emits what waits for the main output; returns how many results may wait from now on.

        Raises:
            ResultError: if a result is not of the type of its output.
        """
        if self.main.results:
            self._emit(MAIN, self.main.take(0, self._timed, self._time))
        return self.main.most

    def flush_all(self, flags: int = 0) -> None:
        """Emits what waits for any output, the main one last.

        Raises:
            ResultError: if a result is not of the type of its output.
        """
        for side in self._sides.values():
            if side.results:
                self._emit(side.name, side.take(0, self._timed, self._time))
        if self.main.results or flags:
            self._emit(MAIN, self.main.take(flags, self._timed, self._time))

    def complete(self) -> None:
        """Emits the last entries of what one entry of records has made.

        Raises:
            ResultError: if a result is not of the type of its output.
        """
        self.flush_all(COMPLETES)

    def send(self, pair: tuple[Any, ...], time: int | None = None) -> None:
        """Takes ``tag, value``: to the side output, or nowhere if nobody reads it."""
        side = self._sides.get(tag_of(pair).tag_id)
        if side is not None:
            side.results.append(pair[1])
            if time is not None:
                side.times.append(time)
            if len(side.results) >= side.most:
                self._emit(side.name, side.take(0, self._timed, self._time))


def _refuse(output: str, entry: bytes) -> None:
    raise AssertionError("start() comes first")


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
