# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A chain of functions over the entries of a bundle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from operator import length_hint
from typing import Any

from pyflink._codec.batches import batch_decoder
from pyflink._worker.chain import FILE, Loop, Step
from pyflink._worker.entries import COMPLETES, TIMED, Header, read_header, read_inputs
from pyflink._worker.failures import FunctionError
from pyflink._worker.functions import UserFunction
from pyflink._worker.outputs import Outputs, ResultError, SideOutputTag, drop
from pyflink._worker.pauses import Pauses
from pyflink._worker.process_context import RecordContext
from pyflink._worker.timers import UnkeyedTimerService

__all__ = ["COMPLETES", "TIMED", "Processor"]


class Processor:
    """Runs a chain of functions over batches.

    Args:
        functions: the functions, opened.
        input_type: the descriptor of the records' type.
        output_type: the descriptor of the results' type.
        second_input_type: the same for a second input; None if there is none.
        side_outputs: of each side output that somebody reads, by its name in the protocol, the tag
            and the descriptor of the type.

    Attributes:
        pauses: what is done between records; None for nothing.
    """

    pauses: Pauses | None = None

    def __init__(
        self,
        functions: list[UserFunction],
        input_type: bytes,
        output_type: bytes,
        second_input_type: bytes | None = None,
        side_outputs: Mapping[str, tuple[str, bytes]] | None = None,
    ) -> None:
        self._functions = functions
        self._decode: Callable[[Any], list[Any]] = batch_decoder(input_type)
        self._decode_second: Callable[[Any], list[Any]] | None = (
            batch_decoder(second_input_type) if second_input_type is not None else None
        )
        self._outputs = Outputs(output_type, dict(side_outputs or {}))
        self._timers = UnkeyedTimerService()
        self._loops: dict[bool, Loop] = {}

    def process(self, entry: bytes) -> Iterator[tuple[str, bytes]]:
        """The entries of results that an entry makes, the last of which completes it.

        Returns:
            Each with the name of its output.

        Raises:
            FunctionError: if a function fails, after the results of the records before.
        """
        header = read_header(entry)
        if header.watermark is not None:
            self._timers.watermark = header.watermark
        loop = self._loop(header.times is not None)
        ready = self._outputs.start(loop.timed)
        values, inputs = self._records(entry, header)
        records = _Records(values, self.pauses)
        failure: FunctionError | None = None
        try:
            self._run(loop, records, inputs, header)
        except BaseException as e:
            failure = self._failure(e, records.current(), loop)
        try:
            if failure is None:
                self._outputs.complete()
            else:
                self._outputs.flush()
        except ResultError as e:
            failure = self._result_failure(e)
        yield from ready
        if failure is not None:
            raise failure

    def _records(self, entry: bytes, header: Header) -> tuple[list[Any], bytes | None]:
        """The records, in the order in which they came, and of two inputs which each is of."""
        if self._decode_second is None:
            return self._decode(memoryview(entry)[header.end :]), None
        inputs, first, second = read_inputs(entry, header.end)
        sources = (iter(self._decode(first)), iter(self._decode_second(second)))
        return list(map(next, map(sources.__getitem__, inputs))), inputs

    def _run(self, loop: Loop, records: _Records, inputs: bytes | None, header: Header) -> None:
        main = self._outputs.main
        arguments: list[Any] = [records.one_by_one(), main.results, self._outputs.flush]
        if inputs is not None:
            arguments.append(inputs)
        if loop.timed:
            arguments += header.times, main.times
        loop.run(*arguments)

    def _loop(self, timed: bool) -> Loop:
        loop = self._loops.get(timed)
        if loop is None:
            last = len(self._functions) - 1
            steps = [self._step(f, i == last) for i, f in enumerate(self._functions)]
            loop = self._loops[timed] = Loop(steps, timed, self._decode_second is not None)
        return loop

    def _step(self, function: UserFunction, last: bool) -> Step:
        kind = function.kind
        send = None
        if last and self._outputs.has_sides:
            send = self._outputs.send
        elif kind.side_outputs or (SideOutputTag.__subclasses__() and kind.builtin is None):
            # where OutputTag has not even been loaded, no function can have made one
            send = drop
        context = RecordContext(self._timers) if kind.context else None
        return Step(kind, function.call, function.second_call, context, send)

    def _failure(self, error: BaseException, record: list[Any], loop: Loop) -> FunctionError:
        if isinstance(error, ResultError):
            return self._result_failure(error)
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_code.co_filename != FILE:
            trace = trace.tb_next
        index = loop.function_at(trace.tb_lineno) if trace is not None else None
        name = self._functions[index or 0].name
        return FunctionError("STAGE_PROCESS", name, error, tuple(record))

    def _result_failure(self, error: ResultError) -> FunctionError:
        if error.of_assigner:
            names = [function.name for function in self._functions if function.kind.makes_times]
            return FunctionError("STAGE_PROCESS", names[-1], error.error, (error.result,))
        name = self._functions[-1].name
        return FunctionError("STAGE_RESULT", name, error.error, (error.result,))


class _Records:
    """The records of one entry on their way through the loop."""

    def __init__(self, records: list[Any], pauses: Pauses | None) -> None:
        self._records = records
        # it knows how many are left: so the record that a function fails on can be told afterwards
        self._iterator: Iterator[Any] = iter(records)
        self._pauses = pauses

    def one_by_one(self) -> Iterable[Any]:
        if self._pauses is None:
            return self._iterator
        return chain.from_iterable(self._pieces(self._pauses))

    def _pieces(self, pauses: Pauses) -> Iterator[Iterator[Any]]:
        for piece in pauses.pieces(self._records):
            self._records, self._iterator = piece, iter(piece)
            yield self._iterator

    def current(self) -> list[Any]:
        """The record that the loop has come to, if it has begun."""
        index = len(self._records) - length_hint(self._iterator) - 1
        return self._records[index : index + 1] if index >= 0 else []
