# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The calls of an asynchronous function that are under way, one for each record."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from pyflink._worker.asynchronous.declared import yields
from pyflink._worker.asynchronous.options import CallOptions
from pyflink._worker.asynchronous.retries import Retries
from pyflink._worker.failures import FunctionError
from pyflink._worker.functions import UserFunction
from pyflink.common.types import Row

# How long a call that was cancelled may take to say where it was.
_PARTING_SECONDS = 1.0
# What can be iterated over and is one result all the same.
_SINGLE = (str, bytes, bytearray, Mapping, Row)


class _Call:
    """A record that is under way.

    Attributes:
        number: its number.
        value: the record.
        task: runs the function.
        timer: goes off when it has taken too long; None if it may take any time.
        failed: what the last attempt has raised, if there is another one after it.
        cancelled: what the function made of its cancellation.
    """

    __slots__ = ("cancelled", "failed", "number", "task", "timer", "value")

    def __init__(self, number: int, value: Any) -> None:
        self.number = number
        self.value = value
        self.task: asyncio.Task[None]
        self.timer: asyncio.TimerHandle | None = None
        self.failed: Exception | None = None
        self.cancelled: BaseException | None = None


class Calls:
    """Calls the function, again where it is worth it, and each time for so long as it may take.

    Everything happens in the thread of the loop.

    Args:
        loop: the event loop.
        function: the function.
        answer: takes the number of a record and its results.
        fail: takes what has gone wrong.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        function: UserFunction,
        answer: Callable[[int, list[Any]], None],
        fail: Callable[[FunctionError], None],
    ) -> None:
        options = function.options
        assert isinstance(options, CallOptions)
        self._loop = loop
        self._name = function.name
        self._label = function.label
        self._invoke = _awaitable(function.call)
        self._on_timeout = function.function.timeout if options.handles_timeout else None
        self._seconds = options.timeout / 1000
        self._retries = None if options.retry is None else Retries(options.retry)
        self._answer = answer
        self._tell = fail
        self._calls: set[_Call] = set()
        # those that have taken too long, and what is done about it: the loop holds none of them
        self._late: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        """How many calls are under way."""
        return len(self._calls) + len(self._late)

    def start(self, number: int, value: Any) -> None:
        """Starts the call for a record."""
        call = _Call(number, value)
        call.task = self._loop.create_task(self._run(call))
        if self._seconds:
            call.timer = self._loop.call_later(self._seconds, self._expire, call)
        self._calls.add(call)

    def drop(self) -> list[asyncio.Task[None]]:
        """Cancels all calls; nobody hears what becomes of them. Returns those that end now."""
        tasks = [call.task for call in self._calls] + list(self._late)
        for call in list(self._calls):
            self._end(call)
        for task in tasks:
            task.cancel()
        return tasks

    async def _run(self, call: _Call) -> None:
        try:
            results = await self._attempts(call)
        except GeneratorExit:
            raise
        except BaseException as e:
            if self._end(call):
                self._fail(e, call.value)
            else:
                call.cancelled = e
        else:
            if self._end(call):
                self._answer(call.number, results)

    def _end(self, call: _Call) -> bool:
        """Ends a call; returns False if it had ended before, for one that took too long."""
        if call not in self._calls:
            return False
        self._calls.remove(call)
        if call.timer is not None:
            call.timer.cancel()
        return True

    async def _attempts(self, call: _Call) -> list[Any]:
        retries = self._retries
        if retries is None:
            return self._listed(await self._invoke(call.value), self._label)
        attempts = 1
        while True:
            try:
                outcome = await self._invoke(call.value)
            except Exception as e:
                delay = retries.after_error(e, attempts)
                if delay is None:
                    raise
                call.failed = e
            else:
                results = self._listed(outcome, self._label)
                delay = retries.after_results(results, attempts)
                if delay is None:
                    return results
                call.failed = None
            await asyncio.sleep(delay)
            attempts += 1

    # ---- calls that take too long

    def _expire(self, call: _Call) -> None:
        if self._end(call):
            call.task.cancel()
            self._hold(call.task)
            self._hold(self._loop.create_task(self._time_out(call)))

    def _hold(self, task: asyncio.Task[None]) -> None:
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _time_out(self, call: _Call) -> None:
        if self._on_timeout is None:
            # when the call has ended it has said where it was
            await asyncio.wait((call.task,), timeout=_PARTING_SECONDS)
            self._fail(self._timeout_error(call), call.value)
            return
        try:
            outcome = self._on_timeout(call.value)
            if inspect.isawaitable(outcome):
                outcome = await outcome
            results = self._listed(outcome, f"{self._label.rpartition('.')[0]}.timeout")
        except GeneratorExit:
            raise
        except BaseException as e:
            self._fail(e, call.value)
        else:
            self._answer(call.number, results)

    def _timeout_error(self, call: _Call) -> TimeoutError:
        error = TimeoutError(
            f"{self._label} has not returned within the timeout of {self._seconds:g} s"
        )
        error.__cause__ = call.failed
        if call.failed is None and call.cancelled is not None:
            # where it waited
            error.__traceback__ = call.cancelled.__traceback__
        return error

    # ----

    def _fail(self, error: BaseException, value: Any) -> None:
        if not isinstance(error, FunctionError):
            error = FunctionError("STAGE_PROCESS", self._name, error, (value,))
        self._tell(error)

    def _listed(self, outcome: Any, label: str) -> list[Any]:
        """The results of a record.

        Raises:
            FunctionError: if the function has returned something else.
        """
        if outcome.__class__ is list:
            return outcome
        if (
            isinstance(outcome, _SINGLE)
            or hasattr(outcome, "_fields")  # a named tuple
            or not isinstance(outcome, Iterable)
        ):
            error = TypeError(
                f"{label} has returned {outcome!r:.200}, of type "
                f"{type(outcome).__qualname__}; an asynchronous function returns the results of a "
                "record in a list: write 'return [result]', or 'return []' for none"
            )
            raise FunctionError("STAGE_RESULT", self._name, error, (outcome,))
        return list(outcome)


def _awaitable(function: Callable[[Any], Any]) -> Callable[[Any], Awaitable[Any]]:
    """The function, or one that makes a list of what it yields."""
    if not yields(function):
        return function

    async def collect(value: Any) -> list[Any]:
        return [result async for result in function(value)]

    return collect
