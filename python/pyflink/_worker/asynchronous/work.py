# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A session's work where its function is an asynchronous one."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import threading
from collections.abc import Callable, Iterator
from typing import Any

from pyflink._codec.batches import batch_decoder
from pyflink._worker.answer import Answer
from pyflink._worker.asynchronous.calls import Calls
from pyflink._worker.asynchronous.results import Answers
from pyflink._worker.calls import Call
from pyflink._worker.context import RuntimeContext
from pyflink._worker.entries import COMPLETES, read_header
from pyflink._worker.failures import FunctionError
from pyflink._worker.functions import UserFunction
from pyflink._worker.outbox import Abandoned
from pyflink._worker.outputs import MAIN

_TAKEN = bytes([COMPLETES])
# How long calls that are cancelled may take to end.
_PARTING_SECONDS = 0.5


class AsyncWork:
    """An event loop with the function's calls on it.

    The loop runs in the thread that calls :meth:`run`, and so do the functions. Another thread
    listens to the engine meanwhile.

    Args:
        function: the function.
        protocol: the messages.
        call: sends those with results, and must not let wait: what is under way is bounded by the
            engine, and a loop that waits would keep no time.
        respond: takes the answer to a bundle, and what has failed if something has.
        ask_gauges: asks the gauges, if it is time to.
    """

    def __init__(
        self,
        function: UserFunction,
        protocol: Any,
        call: Call,
        respond: Callable[[str, FunctionError | None], None],
        ask_gauges: Callable[[], None],
    ) -> None:
        self._function = function
        self._answer = Answer(protocol, call)
        self._respond = respond
        self._ask_gauges = ask_gauges
        self._loop = asyncio.new_event_loop()
        self._decode: Callable[[Any], list[Any]]
        self._answers: Answers
        self._calls: Calls | None = None
        self._records = 0
        self._taken = 0
        self._bundle = ""
        self._due = False
        self._over = False
        self._stops_when_idle = False
        self._crash: BaseException | None = None

    def open(self, context: RuntimeContext, input_type: bytes, output_type: bytes) -> None:
        """Opens the function, on the loop.

        Args:
            context: what the function is told of its task.
            input_type: the descriptor of the records' type.
            output_type: the descriptor of the results' type.

        Raises:
            FunctionError: if it fails.
        """
        self._decode = batch_decoder(input_type)
        self._answers = Answers(self._function, output_type)
        try:
            _refuse_outer_loop()
            self._calls = Calls(self._loop, self._function, self._answered, self._fail)
            if self._function.rich:
                opening = _awaited(self._function.function.open, context)
                self._loop.run_until_complete(opening)
        except BaseException as e:
            self._over = True
            raise FunctionError("STAGE_OPEN", self._function.name, e) from e

    def run(self, messages: Iterator[Any]) -> None:
        """Works until there are no more messages of entries."""
        listener = threading.Thread(
            target=self._listen, args=(messages,), daemon=True, name="entries"
        )
        listener.start()
        self._loop.run_forever()
        if self._crash is not None:
            raise self._crash

    def _listen(self, messages: Iterator[Any]) -> None:
        # it is closed if this worker's work has ended by itself
        with contextlib.suppress(RuntimeError):
            try:
                for message in messages:
                    self._loop.call_soon_threadsafe(self._take, message)
            finally:
                self._loop.call_soon_threadsafe(self._loop.stop)

    def step(self, seconds: float) -> bool:
        """Runs the loop until nothing is under way, but not for longer than that.

        Returns:
            Whether something is.
        """
        if self._is_busy():
            self._stops_when_idle = True
            timer = self._loop.call_later(seconds, self._loop.stop)
            try:
                self._loop.run_forever()
            finally:
                timer.cancel()
                self._stops_when_idle = False
            if self._crash is not None:
                raise self._crash
        return self._is_busy()

    def _is_busy(self) -> bool:
        return not self._over and (self._due or bool(self._calls))

    def close(self) -> FunctionError | None:
        """Ends what is under way and closes the function.

        Returns:
            What has gone wrong, if anything has.
        """
        try:
            # else it has not come as far as to open the function
            if self._calls is not None:
                self._loop.run_until_complete(self._close(self._calls))
        except BaseException as e:
            return FunctionError("STAGE_CLOSE", self._function.name, e)
        finally:
            self._loop.close()
        return None

    async def _close(self, calls: Calls) -> None:
        self._over = True
        await _parting(calls.drop())
        try:
            if self._function.rich:
                await _awaited(self._function.function.close)
        finally:
            # what the function has left running
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await _parting(list(others))
            await self._loop.shutdown_asyncgens()

    # ---- on the loop

    def work(self, message: Any) -> None:
        """Takes a message of entries, for somebody who calls :meth:`step` afterwards."""
        self._take(message)
        if self._crash is not None:
            raise self._crash

    def _take(self, message: Any) -> None:
        if self._over:
            return
        try:
            if not message.data:
                # sent with every question for metrics, so that it is heard while no records come
                self._ask_gauges()
            for entry in message.data:
                self._bundle = entry.instruction_id
                if entry.is_last:
                    # nothing is under way: the engine has waited
                    self._finish(None)
                else:
                    self._start(entry.data)
        except BaseException as e:  # or the loop would only log it, and the engine wait
            self._crash = e
            self._over = True
            self._loop.stop()

    def _start(self, entry: bytes) -> None:
        assert self._calls is not None
        for value in self._decode(memoryview(entry)[read_header(entry).end :]):
            self._calls.start(self._records, value)
            self._records += 1
        # when each of them has had its first turn
        self._loop.call_soon(self._has_taken)

    def _has_taken(self) -> None:
        self._taken += 1
        self._flush_soon()

    def _answered(self, number: int, results: list[Any]) -> None:
        if not self._over:
            self._answers.add(number, results)
            self._flush_soon()

    def _flush_soon(self) -> None:
        """What ends in one turn of the loop leaves together."""
        if not self._due:
            self._due = True
            self._loop.call_soon(self._flush)

    def _flush(self) -> None:
        self._due = False
        if self._over:
            return
        try:
            self._send()
        except FunctionError as e:
            self._fail(e)
        except Abandoned:
            self._abandon()
        if self._stops_when_idle and not self._is_busy():
            self._loop.stop()

    def _send(self) -> None:
        emit = self._answer.of(self._bundle)
        if results := self._answers.take():
            emit(MAIN, results)
        for _ in range(self._taken):
            emit(MAIN, _TAKEN)
        self._taken = 0
        self._answer.send()

    def _fail(self, error: FunctionError) -> None:
        if not self._over:
            self._finish(error)
            self._abandon()

    def _finish(self, error: FunctionError | None) -> None:
        """Says that the bundle has no more results."""
        try:
            self._answer.end(self._bundle)
            self._answer.send()
        except Abandoned:
            self._abandon()
        else:
            self._respond(self._bundle, error)

    def _abandon(self) -> None:
        """Nobody waits for results any more."""
        self._over = True
        if self._calls is not None:
            self._calls.drop()


async def _awaited(method: Callable[..., Any], *arguments: Any) -> None:
    """Calls a method that may be declared with ``async def``."""
    outcome = method(*arguments)
    if inspect.isawaitable(outcome):
        await outcome


async def _parting(tasks: list[asyncio.Task[Any]]) -> None:
    """Waits for a moment until tasks that were cancelled have ended."""
    if tasks:
        await asyncio.wait(tasks, timeout=_PARTING_SECONDS)


def _refuse_outer_loop() -> None:
    """Only in debug mode is there anything around a worker's work.

    Raises:
        RuntimeError: if this thread runs an event loop already.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise RuntimeError(
        "an asynchronous function needs an event loop, and in debug mode it would run inside that "
        "of the program, a notebook's for example, which Python does not allow: run the program as "
        "a script, or without debug mode"
    )
