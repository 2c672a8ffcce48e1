# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the user sees of an error in an asynchronous function, and of arguments that are wrong."""

from __future__ import annotations

import asyncio
import sys
import threading
import traceback

import pytest

from pyflink.common import Duration, Time, Types
from pyflink.datastream import AsyncDataStream, AsyncFunction, AsyncRetryStrategy, DataStream
from pyflink.util.exceptions import JavaError

LONG = Types.LONG()
SECONDS = Time.seconds(20)


def numbers(env, count: int) -> DataStream:
    return env.from_collection(list(range(count)), LONG)


def failure_of(stream) -> BaseException:
    with pytest.raises(Exception) as failure:  # noqa: PT011
        list(stream.execute_and_collect())
    return failure.value


def notes_of(error: BaseException) -> str:
    return "\n".join(getattr(error, "__notes__", [str(error.__cause__)]))


async def ask(value: int) -> list[int]:
    await asyncio.sleep(0.001)
    return [answer(value)]


def answer(value: int) -> int:
    return 1 // (value - 3)


@pytest.mark.parametrize("wait", [AsyncDataStream.ordered_wait, AsyncDataStream.unordered_wait])
def test_the_user_s_own_exception_is_raised(single, wait) -> None:
    error = failure_of(wait(numbers(single, 10), ask, SECONDS).name("asks"))
    assert type(error) is ZeroDivisionError
    assert "operator 'asks', subtask 1 of 1, record" in notes_of(error)
    if sys.version_info >= (3, 11):
        assert notes_of(error).endswith("record: 3")
    frames = traceback.extract_tb(error.__traceback__)[-2:]
    assert [frame.name for frame in frames] == ["ask", "answer"]
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, JavaError):
        cause = cause.__cause__
    assert cause is not None
    assert "io.flinker.harness.PythonFunctionException" in cause.java_trace


def test_a_timeout(single) -> None:
    async def hang(value):
        await asyncio.sleep(1000)

    stream = AsyncDataStream.unordered_wait(numbers(single, 1), hang, Time.milliseconds(50))
    error = failure_of(stream.name("asks"))
    assert type(error) is TimeoutError
    assert str(error).endswith("hang has not returned within the timeout of 0.05 s")
    assert "operator 'asks', subtask 1 of 1, record" in notes_of(error)
    # where it hung
    assert "hang" in [frame.name for frame in traceback.extract_tb(error.__traceback__)]


def test_the_last_attempt_counts(single) -> None:
    class Counts(AsyncFunction):
        def open(self, runtime_context):
            self.calls = 0

        async def async_invoke(self, value):
            self.calls += 1
            raise ConnectionError(f"call {self.calls}")

    strategy = AsyncRetryStrategy.fixed_delay(2, 1, None, lambda error: True)
    stream = AsyncDataStream.ordered_wait_with_retry(
        numbers(single, 1), Counts(), SECONDS, strategy
    )
    error = failure_of(stream)
    assert type(error) is ConnectionError
    assert str(error) == "call 3"


class Broken(AsyncFunction):
    def __init__(self, where: str) -> None:
        self.where = where

    async def open(self, runtime_context):
        self.fail_in("open")

    async def async_invoke(self, value):
        self.fail_in("async_invoke")
        if self.where == "timeout":
            await asyncio.sleep(1000)
        return [value]

    def timeout(self, value):
        self.fail_in("timeout")
        return []

    def close(self):
        self.fail_in("close")

    def fail_in(self, where: str) -> None:
        if where == self.where:
            raise LookupError(where)


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("open", "while it was opened"),
        ("async_invoke", "record"),
        ("timeout", "record"),
        ("close", "while it was closed"),
    ],
)
def test_every_method_may_fail(single, where, words) -> None:
    function = Broken(where)
    stream = AsyncDataStream.ordered_wait(numbers(single, 3), function, Time.milliseconds(100))
    error = failure_of(stream.name("asks"))
    assert type(error) is LookupError
    assert str(error) == where
    assert "'asks'" in notes_of(error)
    if sys.version_info >= (3, 11):
        assert words in notes_of(error)


async def cancelled(value):
    task = asyncio.create_task(asyncio.sleep(1000))
    asyncio.get_running_loop().call_soon(task.cancel)
    await task


async def leave(value):
    sys.exit("goodbye")


@pytest.mark.parametrize(
    ("function", "words"), [(cancelled, "CancelledError"), (leave, "SystemExit: goodbye")]
)
def test_what_would_end_an_event_loop_fails_the_job(single, function, words) -> None:
    error = failure_of(AsyncDataStream.ordered_wait(numbers(single, 1), function, SECONDS))
    assert words in str(error)


def test_what_is_no_list_of_results(single) -> None:
    async def forgets(value):
        await asyncio.sleep(0)

    error = failure_of(AsyncDataStream.ordered_wait(numbers(single, 1), forgets, SECONDS))
    assert type(error) is TypeError
    assert "forgets has returned None, of type NoneType; an asynchronous function" in str(error)


def test_a_result_that_is_not_of_the_type(single) -> None:
    async def words(value):
        return [value, str(value)]

    stream = AsyncDataStream.ordered_wait(numbers(single, 1), words, SECONDS, output_type=LONG)
    text = str(failure_of(stream.name("asks")))
    assert text.startswith("operator 'asks', function 'words'")
    assert "found str '0'" in text


# ---- arguments


def plain(value):
    return [value]


class NotAsync(AsyncFunction):
    def async_invoke(self, value):
        return [value]


@pytest.mark.parametrize("method", ["ordered_wait", "unordered_wait"])
@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"async_function": plain}, TypeError, "declared with 'async def'; not <function plain"),
        ({"async_function": None}, TypeError, "declared with 'async def'; not None"),
        ({"async_function": NotAsync()}, TypeError, "async_invoke of NotAsync is not declared"),
        ({"async_function": Broken}, TypeError, r"an object, Broken\(\), not the class Broken"),
        ({"timeout": 5}, TypeError, r"the timeout is a Time, for example Time.seconds\(5\); not 5"),
        ({"timeout": Time.milliseconds(-1)}, ValueError, "the timeout is -1 ms"),
        ({"timeout": Duration.of_nanos(-1_000_000)}, ValueError, "the timeout is -1 ms"),
        ({"capacity": 0}, ValueError, "the capacity is 0; it is 1 to"),
        ({"capacity": 2**31}, ValueError, "the capacity is 2147483648"),
        ({"capacity": "many"}, TypeError, "the capacity is an int"),
        ({"data_stream": [1, 2]}, TypeError, r"the data_stream is a DataStream, .* not \[1, 2\]"),
    ],
)
def test_wrong_arguments_are_refused_at_once(single, method, arguments, error, words) -> None:
    given = {"data_stream": numbers(single, 1), "async_function": ask, "timeout": SECONDS}
    with pytest.raises(error, match=rf"^{method}\(\): .*{words}"):
        getattr(AsyncDataStream, method)(**{**given, **arguments})


@pytest.mark.parametrize("strategy", [None, 3, AsyncRetryStrategy])
def test_a_strategy_that_is_none(single, strategy) -> None:
    with pytest.raises(TypeError, match=r"the async_retry_strategy is an AsyncRetryStrategy, "):
        AsyncDataStream.ordered_wait_with_retry(numbers(single, 1), ask, SECONDS, strategy)


def test_functions_and_strategies_that_cannot_be_sent_to_the_workers(single) -> None:
    class Locked(AsyncFunction):
        def __init__(self):
            self.lock = threading.Lock()

        async def async_invoke(self, value):
            return [value]

    with pytest.raises(Exception, match="the attribute 'lock' of .*Locked is a _thread.lock"):
        AsyncDataStream.ordered_wait(numbers(single, 1), Locked(), SECONDS)

    lock = threading.Lock()
    strategy = AsyncRetryStrategy.fixed_delay(1, 1, lambda results: lock.locked(), None)
    with pytest.raises(Exception, match="the variable 'lock' that it uses is a _thread.lock"):
        AsyncDataStream.ordered_wait_with_retry(numbers(single, 1), ask, SECONDS, strategy)
