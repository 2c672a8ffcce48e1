# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The entries of a bundle: a byte of flags, timestamps if the records have some, the batch.

Timestamps are a count of four bytes and as many signed integers of eight, all with the lowest byte
first. An entry that completes another one is the last that is made of it. It may have no batch.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Callable, Iterator
from operator import length_hint
from typing import Any

from pyflink._codec import ValueMismatchError
from pyflink._codec.batches import BatchEncoder, batch_decoder
from pyflink._worker.chain import FILE, Loop
from pyflink._worker.failures import FunctionError
from pyflink._worker.functions import UserFunction

TIMED = 1
COMPLETES = 2

_COUNT = struct.Struct("<I")
_DONE = bytes([COMPLETES])


class Processor:
    """Runs a chain of functions over batches.

    Args:
        functions: the functions, opened.
        input_type: the descriptor of the records' type.
        output_type: the descriptor of the results' type.
    """

    def __init__(
        self, functions: list[UserFunction], input_type: bytes, output_type: bytes
    ) -> None:
        self._functions = functions
        self._decode: Callable[[Any], list[Any]] = batch_decoder(input_type)
        self._encode = BatchEncoder(output_type).encode
        self._loops: dict[bool, Loop] = {}

    def process(self, entry: bytes) -> Iterator[bytes]:
        """The entries of results that an entry makes, the last of which completes it.

        Raises:
            FunctionError: if a function fails, after the results of the records before.
        """
        timed = bool(entry[0] & TIMED)
        times, start = _read_times(entry) if timed else (None, 1)
        records = self._decode(memoryview(entry)[start:])
        ready: list[bytes] = []
        loop = self._loop(timed)
        run = _Run(records, times, loop.timed, self._encode, ready)
        failure: FunctionError | None = None
        try:
            run.through(loop)
        except BaseException as e:
            failure = self._failure(e, run, loop)
        try:
            run.flush(COMPLETES if failure is None else 0)
        except _ResultError as e:
            failure = self._result_failure(e)
        yield from ready
        if failure is not None:
            raise failure

    def _loop(self, timed: bool) -> Loop:
        loop = self._loops.get(timed)
        if loop is None:
            kinds = [function.kind for function in self._functions]
            calls = [function.call for function in self._functions]
            loop = self._loops[timed] = Loop(kinds, calls, timed)
        return loop

    def _failure(self, error: BaseException, run: _Run, loop: Loop) -> FunctionError:
        if isinstance(error, _ResultError):
            return self._result_failure(error)
        record = run.current()
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_code.co_filename != FILE:
            trace = trace.tb_next
        index = loop.function_at(trace.tb_lineno) if trace is not None else None
        return FunctionError("STAGE_PROCESS", self._functions[index or 0].name, error, record)

    def _result_failure(self, error: _ResultError) -> FunctionError:
        if error.of_assigner:
            names = [function.name for function in self._functions if function.kind.makes_times]
            return FunctionError("STAGE_PROCESS", names[-1], error.error, (error.result,))
        name = self._functions[-1].name
        return FunctionError("STAGE_RESULT", name, error.error, (error.result,))


class _ResultError(Exception):
    """A result is not of the declared type, or its timestamp is none."""

    def __init__(self, error: Exception, result: Any, of_assigner: bool) -> None:
        super().__init__()
        self.error = error
        self.result = result
        self.of_assigner = of_assigner

    @staticmethod
    def of_type(mismatch: ValueMismatchError, results: list[Any]) -> _ResultError:
        # the way to it starts with its number in the batch, which means nothing to the user
        index = int(mismatch.path.pop(0).rpartition(" ")[2])
        return _ResultError(mismatch, results[index], False)

    @staticmethod
    def of_time(times: list[Any], results: list[Any]) -> _ResultError:
        for time, result in zip(times, results, strict=True):
            try:
                array("q", [time])
            except (TypeError, OverflowError):
                kind = type(time).__qualname__
                error = TypeError(
                    "a timestamp assigner returns milliseconds since 1970-01-01 00:00 UTC, as an "
                    f"int of 64 bits; this one returns {time!r:.100}, of type {kind}"
                )
                return _ResultError(error, result, True)
        raise AssertionError("all timestamps are")


class _Run:
    """One batch on its way through the loop."""

    def __init__(
        self,
        records: list[Any],
        times: array[int] | None,
        timed: bool,
        encode: Callable[[list[Any]], bytes],
        ready: list[bytes],
    ) -> None:
        self._records = records
        # it knows how many are left: so the record that a function fails on can be told afterwards
        self._iterator = iter(records)
        self._times = times
        self._timed = timed
        self._encode = encode
        self._ready = ready
        self._results: list[Any] = []
        self._result_times: list[int] = []

    def through(self, loop: Loop) -> None:
        if not self._timed:
            loop.run(self._iterator, self._results, self.flush)
        else:
            loop.run(self._iterator, self._results, self.flush, self._times, self._result_times)

    def current(self) -> tuple[Any, ...]:
        """The record that the loop has come to."""
        index = len(self._records) - length_hint(self._iterator) - 1
        return (self._records[index],) if 0 <= index < len(self._records) else ()

    def flush(self, flags: int = 0) -> None:
        if not self._results:
            if flags:
                self._ready.append(bytes([flags]))
            return
        try:
            batch = self._encode(self._results)
        except ValueMismatchError as e:
            raise _ResultError.of_type(e, self._results) from None
        if not self._timed:
            self._ready.append(bytes([flags]) + batch)
        else:
            try:
                times = _write_times(self._result_times)
            except (TypeError, OverflowError):
                raise _ResultError.of_time(self._result_times, self._results) from None
            self._result_times.clear()
            self._ready.append(bytes([flags | TIMED]) + times + batch)
        self._results.clear()


def _read_times(entry: bytes) -> tuple[array[int], int]:
    (count,) = _COUNT.unpack_from(entry, 1)
    start = 1 + _COUNT.size
    end = start + 8 * count
    times = array("q")
    times.frombytes(memoryview(entry)[start:end])
    if sys.byteorder == "big":
        times.byteswap()
    return times, end


def _write_times(times: list[int]) -> bytes:
    packed = array("q", times)
    if sys.byteorder == "big":
        packed.byteswap()
    return _COUNT.pack(len(times)) + packed.tobytes()
