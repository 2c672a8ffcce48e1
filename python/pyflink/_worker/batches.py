# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A chain of functions over the entries of a bundle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain, islice
from operator import length_hint
from typing import Any

from pyflink._codec import ValueMismatchError
from pyflink._codec.descriptors import annotated
from pyflink._worker.arrivals import Arrivals, Arrived
from pyflink._worker.chain import FILE, Feed, Loop, Step
from pyflink._worker.entries import COMPLETES, TIMED, read_header
from pyflink._worker.failures import FunctionError
from pyflink._worker.functions import UserFunction
from pyflink._worker.outbox import Abandoned
from pyflink._worker.outputs import Emit, Outputs, ResultError, SideOutputTag, drop
from pyflink._worker.pauses import Pauses
from pyflink._worker.process_context import RecordContext
from pyflink._worker.state.map_keys import KeyForm
from pyflink._worker.timers.service import UnkeyedTimerService

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
        form: how the keys of records are held; None if the first function does not hear of keys.

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
        *,
        form: KeyForm | None = None,
    ) -> None:
        self._functions = functions
        held = None if form is None or form.as_is else form.held
        self._arrivals = Arrivals(input_type, second_input_type, form is not None, held)
        self._maker = _maker(functions)
        if self._maker.annotated:
            output_type = annotated(output_type)
        pairs = functions[-1].kind.pairs
        self._outputs = Outputs(output_type, dict(side_outputs or {}), pairs)
        self._timers = UnkeyedTimerService()
        self._emit: Emit
        #: What is done before a bundle ends.
        self.at_end: list[Callable[[], None]] = []
        self._loops: dict[Any, Loop] = {}

    def process(self, entry: bytes, emit: Emit) -> None:
        """Makes the entries of results of an entry, the last of which completes it.

        They are emitted while the functions run, each when it holds enough: so what a function
        makes of one record may be more than the memory holds.

        Args:
            entry: the entry.
            emit: takes an entry of results with the name of its output; waits while there are too
                many.

        Raises:
            FunctionError: if a function fails, after the results of the records before.
        """
        self._emit = emit
        header = read_header(entry)
        if header.watermark is not None:
            self._tell_watermark(header.watermark)
        arrived = self._arrivals.read(entry, header)
        self._answer(lambda: self._run_arrived(arrived))

    def process_timers(self, entry: bytes, emit: Emit) -> None:
        """The same for an entry of timers that fire; only records of keys have any."""
        raise AssertionError("records without keys have no timers")

    def end_bundle(self) -> None:
        """Does what has to be done before a bundle ends.

        Raises:
            FunctionError: if a function has left something that does not fit.
        """
        try:
            for action in self.at_end:
                action()
        except Abandoned:
            raise
        except Exception as e:
            raise FunctionError("STAGE_PROCESS", self._functions[0].name, e) from e

    def _tell_watermark(self, watermark: int) -> None:
        self._timers.watermark = watermark

    def _answer(self, work: Callable[[], None]) -> None:
        """Does something that makes results, and completes what they answer.

        Raises:
            FunctionError: if a function fails.
        """
        failure: FunctionError | None = None
        try:
            work()
        except Abandoned:
            raise
        except FunctionError as e:
            failure = e
        try:
            if failure is None:
                self._before_completion()
                self._outputs.complete()
            else:
                self._outputs.flush_all()
        except FunctionError as e:
            failure = e
        except ResultError as e:
            failure = self._result_failure(e)
        if failure is not None:
            raise failure

    def _before_completion(self) -> None:
        """Emits what goes with the results of an entry."""

    def _run_arrived(self, arrived: Arrived) -> None:
        self._run(self._loop(arrived.times is not None), arrived)

    def _run(self, loop: Loop, arrived: Arrived, *cells_of: Any) -> None:
        """Runs a loop over records.

        Raises:
            FunctionError: if a function fails.
        """
        main, times = self._outputs.main, arrived.times
        columns = (arrived.keys, arrived.inputs)
        more: list[Any] = [iter(column) for column in columns if column is not None]
        if loop.timed:
            more += None if times is None else iter(times), main.times
        if loop.pairs:
            more.append(main.firsts)
        records = Records(arrived.records, self.pauses)
        self._run_all(loop, records, [*more, *cells_of], arrived.time)

    def _run_all(
        self, loop: Loop, records: Records, more: list[Any], time: int | None = None
    ) -> None:
        self._outputs.start(loop.timed, self._emit, None if loop.timed else time)
        try:
            self._run_loop(loop, records, more, time)
        except Abandoned:
            raise
        except BaseException as e:
            raise self._failure(e, records.current(), loop) from None

    def _run_loop(self, loop: Loop, records: Records, more: list[Any], time: int | None) -> None:
        main, flush = self._outputs.main, self._outputs.flush
        values = records.one_by_one()
        run: Callable[..., None] = loop.run if time is None else partial(loop.run, t=time)
        if loop.many:
            run(values, main.results, main.most, flush, *more)
            return
        # no record has more than one result, so a part of the batch has few enough
        left = records.count
        while left > (size := main.most):
            run(islice(values, size), main.results, *more)
            flush()
            left -= size
        run(values, main.results, *more)

    def _loop(self, timed: bool, feed: Feed = Feed.RECORDS, store: Any = None) -> Loop:
        loop = self._loops.get((timed, feed))
        if loop is None:
            last = len(self._functions) - 1
            steps = [self._step(f, i, i == last) for i, f in enumerate(self._functions)]
            two_inputs = self._arrivals.of_two_inputs and feed is not Feed.TIMERS
            loop = self._loops[timed, feed] = Loop(steps, timed, two_inputs, feed, store)
        return loop

    def _step(self, function: UserFunction, index: int, last: bool) -> Step:
        kind = function.kind
        send = None
        if last and self._outputs.has_sides:
            send = self._outputs.send
        elif kind.side_outputs or (SideOutputTag.__subclasses__() and kind.builtin is None):
            # where OutputTag has not even been loaded, no function can have made one
            send = drop
        context = self._context(index) if kind.context else None
        return Step(kind, function.call, function.second_call, context, send, function.timer_call)

    def _context(self, index: int) -> RecordContext:
        """What a function can ask about a record."""
        return RecordContext(self._timers)

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
        maker, result = self._maker, error.result
        mismatch = error.error
        assert isinstance(mismatch, ValueMismatchError)
        if error.of_side or error.of_first:
            maker = self._functions[-1]
        mismatch.inside(f"operator {maker.name!r}", f"function {maker.label!r}")
        if maker.annotated and not error.of_side:
            mismatch.advice = (
                "; the type comes from the annotation of the function's results: correct it, or "
                "pass an output_type, such as Types.PICKLED_BYTE_ARRAY() for any object"
            )
        return FunctionError("STAGE_RESULT", maker.name, mismatch, (result,))


def _maker(functions: list[UserFunction]) -> UserFunction:
    """The function whose values are the results; those after it drop some, or add to them."""
    makers = [f for f in functions if f.kind.makes_values]
    return (makers or functions)[-1]


class Records:
    """The records of one entry on their way through the loop."""

    def __init__(self, records: list[Any], pauses: Pauses | None) -> None:
        self._records = records
        self.count = len(records)
        # it knows how many are left: so the record that a function fails on can be told afterwards
        self._iterator: Iterator[Any] = iter(records)
        self._pauses = pauses

    def one_by_one(self) -> Iterator[Any]:
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
