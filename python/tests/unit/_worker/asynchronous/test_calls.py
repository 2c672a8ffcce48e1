# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What becomes of the call for a record."""

from __future__ import annotations

import asyncio
import functools
import sys
import traceback
from typing import Any

import pytest

from pyflink._worker.asynchronous.calls import Calls
from pyflink._worker.failures import FunctionError
from pyflink.common import Row
from pyflink.datastream.async_retry_predicates import (
    empty_result_predicate,
    has_exception_predicate,
)
from pyflink.datastream.functions import AsyncFunction, AsyncRetryStrategy


@pytest.fixture
def run(user_function):
    """Calls a function for some records; returns what came of them, as it came."""

    def run(function: Any, values: list[Any], **options: Any) -> list[Any]:
        rich = isinstance(function, AsyncFunction)
        user = user_function(function, rich, **options)
        outcomes: list[Any] = []

        async def main() -> None:
            loop = asyncio.get_running_loop()
            answer = lambda number, results: outcomes.append((number, results))  # noqa: E731
            calls = Calls(loop, user, answer, outcomes.append)
            for number, value in enumerate(values):
                calls.start(number, value)
            while calls:  # noqa: ASYNC110 (that is what is looked at)
                await asyncio.sleep(0.001)

        asyncio.run(main())
        return outcomes

    return run


def error_of(outcomes: list[Any]) -> FunctionError:
    (error,) = outcomes
    assert isinstance(error, FunctionError)
    assert error.function == "ask"
    return error


async def double(value):
    return [2 * value]


def test_results_come_with_numbers_when_they_are_there(run) -> None:
    async def wait(value):
        await asyncio.sleep(value)
        return [value, "done"]

    assert run(wait, [0.04, 0.02, 0]) == [
        (2, [0, "done"]),
        (1, [0.02, "done"]),
        (0, [0.04, "done"]),
    ]


def test_calls_are_under_way_together(run) -> None:
    now = peak = 0

    async def count(value):
        nonlocal now, peak
        now += 1
        peak = max(peak, now)
        await asyncio.sleep(0.005)
        now -= 1
        return [peak]

    # a copy of the variables went to the worker with the function
    assert [results for _, results in run(count, [1, 2, 3])] == [[3]] * 3


class Callable:
    async def __call__(self, value):
        return [2 * value]


@pytest.mark.parametrize("function", [double, functools.partial(double), Callable()])
def test_everything_that_is_declared_async(run, function) -> None:
    assert run(function, [5]) == [(0, [10])]


async def yields(value):
    for i in range(value):
        await asyncio.sleep(0)
        yield i


@pytest.mark.parametrize("function", [yields, functools.partial(yields)])
def test_results_that_are_yielded(run, function) -> None:
    assert run(function, [3, 0]) == [(1, []), (0, [0, 1, 2])]


@pytest.mark.parametrize(
    "make", [lambda: (1, 2), lambda: {1: 0, 2: 0}.keys(), lambda: range(1, 3), lambda: iter([1, 2])]
)
def test_anything_that_holds_results_is_as_good_as_a_list(run, make) -> None:
    async def ask(make):
        return make()

    assert run(ask, [make]) == [(0, [1, 2])]


@pytest.mark.parametrize("result", [None, 5, "text", b"bytes", {"a": 1}, Row(1, 2)])
def test_what_is_no_list_of_results(run, result) -> None:
    async def ask(value):
        return value

    error = error_of(run(ask, [result]))
    assert error.stage == "STAGE_RESULT"
    assert error.record == (result,)
    assert isinstance(error.cause, TypeError)
    assert str(error.cause).startswith(f"ask has returned {result!r}, of type ")
    assert "write 'return [result]'" in str(error.cause)


def test_what_the_function_raises(run) -> None:
    async def fail(value):
        await asyncio.sleep(0)
        raise KeyError(value)

    error = error_of(run(fail, ["x"]))
    assert (error.stage, error.record) == ("STAGE_PROCESS", ("x",))
    assert isinstance(error.cause, KeyError)
    assert traceback.extract_tb(error.cause.__traceback__)[-1].name == "fail"


async def leave(value):
    sys.exit(3)


async def interrupt(value):
    raise KeyboardInterrupt


async def cancelled(value):
    task = asyncio.create_task(asyncio.sleep(10))
    task.cancel()
    await task


@pytest.mark.parametrize(
    ("function", "kind"),
    [(leave, SystemExit), (interrupt, KeyboardInterrupt), (cancelled, asyncio.CancelledError)],
)
def test_what_would_end_the_loop_is_an_error_like_others(run, function, kind) -> None:
    assert type(error_of(run(function, [1])).cause) is kind


# ---- timeouts


async def hang(value):
    if value:
        await asyncio.sleep(10)
    return [value]


def test_a_call_that_takes_too_long(run) -> None:
    quick, error = run(hang, [0, 1], timeout=30)
    assert quick == (0, [0])
    assert error.record == (1,)
    assert type(error.cause) is TimeoutError
    assert str(error.cause) == "hang has not returned within the timeout of 0.03 s"
    # where it waited
    names = [frame.name for frame in traceback.extract_tb(error.cause.__traceback__)]
    assert names[-2:] == ["hang", "sleep"]


class Patient(AsyncFunction):
    async def async_invoke(self, value):
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            self.cancelled = value
            raise

    def timeout(self, value):
        return [value, "late"]


class AsynchronouslyPatient(Patient):
    async def timeout(self, value):
        await asyncio.sleep(0.01)
        return [value, self.cancelled]


def test_a_function_with_results_for_such_records(run) -> None:
    assert run(Patient(), [5], timeout=10, handles_timeout=True) == [(0, [5, "late"])]
    outcome = run(AsynchronouslyPatient(), [5], timeout=10, handles_timeout=True)
    assert outcome == [(0, [5, 5])]


def test_a_timeout_method_that_fails_and_one_that_returns_no_list(run) -> None:
    class Fails(Patient):
        def timeout(self, value):
            raise LookupError("too late")

    class Nothing(Patient):
        def timeout(self, value):
            return None

    error = error_of(run(Fails(), [5], timeout=10, handles_timeout=True))
    assert isinstance(error.cause, LookupError)
    assert error.record == (5,)
    error = error_of(run(Nothing(), [5], timeout=10, handles_timeout=True))
    assert str(error.cause).startswith("Nothing.timeout has returned None")


def test_a_function_that_will_not_be_cancelled(run) -> None:
    async def stubborn(value):
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            return [value]

    # its results come too late
    error = error_of(run(stubborn, [1], timeout=10))
    assert type(error.cause) is TimeoutError


# ---- further attempts


class Flaky:
    """Fails some times, then returns how often it was called."""

    def __init__(self, outcomes: list[Any]) -> None:
        self.outcomes = outcomes
        self.calls = 0

    async def __call__(self, value):
        outcome = self.outcomes[self.calls]
        self.calls += 1
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def retry(attempts=3, results=empty_result_predicate, error=has_exception_predicate):
    return AsyncRetryStrategy.fixed_delay(attempts, 1, results, error)


def test_attempts_until_it_works(run) -> None:
    flaky = Flaky([ValueError(), [], ["third"]])
    assert run(flaky, [1], retry=retry()) == [(0, ["third"])]


def test_attempts_are_counted(run) -> None:
    errors: list[Any] = [ValueError(i) for i in range(5)]
    # the first call and two more
    assert str(error_of(run(Flaky(errors), [1], retry=retry(2))).cause) == "2"
    # results that are no good are results all the same when there are no more attempts
    assert run(Flaky([[]] * 5), [1], retry=retry(2)) == [(0, [])]


def test_predicates_say_what_is_worth_another_attempt(run) -> None:
    only_results = retry(error=None)
    assert type(error_of(run(Flaky([OSError(), [1]]), [1], retry=only_results)).cause) is OSError
    only_errors = retry(results=None)
    assert run(Flaky([[], [1]]), [1], retry=only_errors) == [(0, [])]
    some = retry(error=lambda e: isinstance(e, ConnectionError))
    assert run(Flaky([ConnectionResetError(), [1]]), [1], retry=some) == [(0, [1])]
    assert type(error_of(run(Flaky([OSError(), [1]]), [1], retry=some)).cause) is OSError


def test_a_predicate_that_fails(run) -> None:
    error = error_of(run(Flaky([[1]]), [7], retry=retry(results=lambda results: 1 / 0)))
    assert isinstance(error.cause, ZeroDivisionError)
    assert error.record == (7,)


def test_what_is_no_list_is_not_tried_again(run) -> None:
    error = error_of(run(Flaky([None, [1]]), [1], retry=retry()))
    assert isinstance(error.cause, TypeError)


def test_the_timeout_is_for_all_attempts(run) -> None:
    flaky = Flaky([ValueError("no answer")] * 1000)
    error = error_of(run(flaky, [1], retry=retry(1000), timeout=40))
    assert type(error.cause) is TimeoutError
    assert repr(error.cause.__cause__) == "ValueError('no answer')"


class Backoff(AsyncRetryStrategy):
    """A strategy of the user's."""

    def can_retry(self, current_attempts: int) -> bool:
        return current_attempts < 4

    def get_backoff_time_millis(self, current_attempts: int) -> int:
        return current_attempts

    def get_retry_predicate(self):
        return retry().get_retry_predicate()


def test_a_strategy_is_told_the_number_of_attempts(run) -> None:
    async def fail(value):
        raise ValueError

    assert isinstance(error_of(run(fail, [1], retry=Backoff())).cause, ValueError)
    flaky = Flaky([ValueError()] * 3 + [["fourth"]])
    assert run(flaky, [1], retry=Backoff()) == [(0, ["fourth"])]


# ---- calls that nobody waits for any more


def test_calls_are_dropped(user_function) -> None:
    outcomes: list[Any] = []
    cancelled: list[Any] = []

    async def note(value):
        try:
            await asyncio.sleep(10)
        finally:
            value.append("ended")

    async def main() -> None:
        user = user_function(note, timeout=5000)
        answer = lambda number, results: outcomes.append(number)  # noqa: E731
        calls = Calls(asyncio.get_running_loop(), user, answer, outcomes.append)
        calls.start(0, cancelled)
        await asyncio.sleep(0.01)
        assert len(calls) == 1
        await asyncio.wait(calls.drop())
        assert len(calls) == 0

    asyncio.run(main())
    assert cancelled == ["ended"]
    assert outcomes == []
