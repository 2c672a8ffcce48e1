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
from collections.abc import Callable
from itertools import islice
from operator import length_hint
from typing import Any

from pyflink._codec import ValueMismatchError
from pyflink._codec.batches import BatchEncoder, batch_decoder
from pyflink._codec.descriptors import annotated
from pyflink._worker.chain import FILE, Loop
from pyflink._worker.failures import FunctionError
from pyflink._worker.functions import UserFunction
from pyflink._worker.outbox import Abandoned

TIMED = 1
COMPLETES = 2

_COUNT = struct.Struct("<I")


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
        makers = [function for function in functions if function.kind.makes_values]
        #: The function whose values are the results; those after it only drop some.
        self._maker = (makers or functions)[-1]
        if self._maker.annotated:
            output_type = annotated(output_type)
        self._encode = BatchEncoder(output_type).encode
        self._pace = _Pace()
        self._loops: dict[bool, Loop] = {}

    def process(self, entry: bytes, send: Callable[[bytes], None]) -> None:
        """Makes the entries of results of an entry, the last of which completes it.

        They are sent while the functions run, each when it holds enough: so what a function makes
        of one record may be more than the memory holds.

        Args:
            entry: the entry.
            send: takes an entry of results; waits while there are too many.

        Raises:
            FunctionError: if a function fails, after the results of the records before.
        """
        timed = bool(entry[0] & TIMED)
        times, start = _read_times(entry) if timed else (None, 1)
        records = self._decode(memoryview(entry)[start:])
        loop = self._loop(timed)
        run = _Run(records, times, self._encode, self._pace, send)
        failure: FunctionError | None = None
        try:
            run.through(loop)
        except Abandoned:
            raise
        except BaseException as e:
            failure = self._failure(e, run, loop)
        try:
            run.flush(COMPLETES if failure is None else 0)
        except _ResultError as e:
            failure = self._result_failure(e)
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
        maker = self._maker
        mismatch = error.mismatch
        mismatch.inside(f"operator {maker.name!r}", f"function {maker.label!r}")
        if maker.annotated:
            mismatch.advice = (
                "; the type comes from the annotation of the function's results: correct it, or "
                "pass an output_type, such as Types.PICKLED_BYTE_ARRAY() for any object"
            )
        return FunctionError("STAGE_RESULT", maker.name, mismatch, (error.result,))


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


class _ResultError(Exception):
    """A result is not of the declared type."""

    def __init__(self, mismatch: ValueMismatchError, results: list[Any]) -> None:
        super().__init__()
        # the way to it starts with its number in the batch, which means nothing to the user
        index = int(mismatch.path.pop(0).rpartition(" ")[2])
        self.mismatch = mismatch
        self.result = results[index]


class _Run:
    """One batch on its way through the loop."""

    def __init__(
        self,
        records: list[Any],
        times: array[int] | None,
        encode: Callable[[list[Any]], bytes],
        pace: _Pace,
        send: Callable[[bytes], None],
    ) -> None:
        self._records = records
        # it knows how many are left: so the record that a function fails on can be told afterwards
        self._iterator = iter(records)
        self._times = None if times is None else iter(times)
        self._encode = encode
        self._pace = pace
        self._send = send
        self._results: list[Any] = []
        self._result_times: list[int] = []

    def through(self, loop: Loop) -> None:
        lists: tuple[Any, ...] = (self._results,)
        if self._times is not None:
            lists = (self._results, self._times, self._result_times)
        if loop.many:
            loop.run(self._iterator, *lists, self._pace.results, self._flush_some)
            return
        # no record has more than one result, so a part of the batch has few enough
        left = len(self._records)
        while left > (size := self._pace.results):
            loop.run(islice(self._iterator, size), *lists)
            self._flush_some()
            left -= size
        loop.run(self._iterator, *lists)

    def current(self) -> tuple[Any, ...]:
        """The record that the loop has come to."""
        index = len(self._records) - length_hint(self._iterator) - 1
        return (self._records[index],) if 0 <= index < len(self._records) else ()

    def _flush_some(self) -> int:
        """Sends the results that are there; returns how many there may be the next time."""
        if self._results:
            self.flush(0)
        return self._pace.results

    def flush(self, flags: int) -> None:
        if not self._results:
            if flags:
                self._send(bytes([flags]))
            return
        try:
            batch = self._encode(self._results)
        except ValueMismatchError as e:
            raise _ResultError(e, self._results) from None
        self._pace.learn(len(self._results), len(batch))
        self._results.clear()
        if self._times is None:
            self._send(bytes([flags]) + batch)
        else:
            times = _write_times(self._result_times)
            self._result_times.clear()
            self._send(bytes([flags | TIMED]) + times + batch)


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
