# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The conversation of a worker with an asynchronous function, without an engine."""

from __future__ import annotations

import asyncio
import struct
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from pyflink._codec import BatchEncoder, batch_decoder, descriptor
from pyflink._worker.asynchronous.work import AsyncWork
from pyflink._worker.failures import FunctionError
from pyflink._worker.outbox import Outbox
from pyflink.common import Types
from pyflink.datastream.functions import AsyncFunction

LONG = Types.LONG()
TAKEN = b"\2"


class Entries(list):
    def add(self, **fields: Any) -> None:
        self.append(SimpleNamespace(**{"data": b"", "is_last": False, **fields}))


class Elements:
    """What the message of the protocol is to the worker."""

    def __init__(self) -> None:
        self.data = Entries()

    def ByteSize(self) -> int:  # the name in protobuf
        return 1


def message(*values: int) -> Elements:
    elements = Elements()
    if values:
        data = b"\0" + BatchEncoder(LONG).encode(list(values))
        elements.data.add(instruction_id="1", data=data)
    return elements


def last() -> Elements:
    elements = Elements()
    elements.data.add(instruction_id="1", is_last=True)
    return elements


class Engine:
    """Takes what the worker says, and knows when there is enough of it."""

    def __init__(self, function: Any) -> None:
        self.outbox = Outbox()
        self.ends: list[tuple[str, FunctionError | None]] = []
        self.ended = threading.Event()
        self.gauges = 0
        self.answers: dict[int, list[int]] = {}
        self.taken = 0
        self.is_last = False
        protocol = SimpleNamespace(Elements=Elements)
        self.work = AsyncWork(function, protocol, self.outbox, self._end, self._ask_gauges)

    def open(self, context: Any = None) -> None:
        self.work.open(context, descriptor(LONG), descriptor(LONG))

    def _end(self, bundle: str, failure: FunctionError | None) -> None:
        self.ends.append((bundle, failure))
        self.ended.set()

    def _ask_gauges(self) -> None:
        self.gauges += 1

    def read(self) -> None:
        """Takes a message from the worker."""
        for entry in next(self.outbox).data:
            assert (entry.instruction_id, entry.transform_id) == ("1", "out")
            if entry.is_last:
                self.is_last = True
            elif entry.data == TAKEN:
                self.taken += 1
            else:
                self._read_answers(entry.data)

    def _read_answers(self, data: bytes) -> None:
        flags, count = struct.unpack_from("<BI", data)
        assert flags == 8
        numbers = struct.unpack_from(f"<{count}q{count}I", data, 5)
        results = batch_decoder(LONG)(data[5 + 12 * count :])
        for number, size in zip(numbers[:count], numbers[count:], strict=True):
            assert number not in self.answers
            self.answers[number] = [results.pop(0) for _ in range(size)]
        assert results == []


async def twice(value):
    await asyncio.sleep(0)
    return [value, value]


def test_records_are_answered_by_their_numbers(user_function) -> None:
    engine = Engine(user_function(twice))
    engine.open()

    def talk() -> Iterator[Elements]:
        yield message(10, 11)
        yield message(12)
        while len(engine.answers) < 3 or engine.taken < 2:
            engine.read()
        yield last()
        assert engine.ended.wait(10)
        engine.read()

    engine.work.run(talk())
    assert engine.answers == {0: [10, 10], 1: [11, 11], 2: [12, 12]}
    assert engine.is_last
    assert engine.ends == [("1", None)]
    assert engine.work.close() is None


def test_records_are_taken_up_before_their_results_are_there(user_function) -> None:
    async def wait(value):
        await asyncio.sleep(value / 1000)
        return [value]

    engine = Engine(user_function(wait))
    engine.open()

    def talk() -> Iterator[Elements]:
        yield message(100, 5)
        engine.read()
        assert (engine.taken, engine.answers) == (1, {})
        engine.read()
        assert engine.answers == {1: [5]}
        engine.read()
        assert engine.answers == {0: [100], 1: [5]}

    engine.work.run(talk())
    engine.work.close()


def test_a_failure_ends_the_bundle_and_all_other_calls(user_function) -> None:
    async def fail(value):
        if value == 2:
            await asyncio.sleep(0.01)
            raise ValueError(value)
        await asyncio.sleep(10)
        return [value]

    engine = Engine(user_function(fail))
    engine.open()

    def talk() -> Iterator[Elements]:
        yield message(1, 2, 3)
        while not engine.is_last:
            engine.read()
        assert engine.ended.wait(10)
        # it is too late for these
        yield message(4)
        yield last()

    engine.work.run(talk())
    ((bundle, failure),) = engine.ends
    assert bundle == "1"
    assert failure is not None
    assert isinstance(failure.cause, ValueError)
    assert failure.record == (2,)
    assert engine.answers == {}
    engine.work.close()


def test_a_result_that_is_not_of_the_type_is_a_failure(user_function) -> None:
    async def text(value):
        return ["text"]

    engine = Engine(user_function(text))
    engine.open()

    def talk() -> Iterator[Elements]:
        yield message(1)
        assert engine.ended.wait(10)

    engine.work.run(talk())
    ((_, failure),) = engine.ends
    assert failure is not None
    assert failure.stage == "STAGE_RESULT"
    engine.work.close()


def test_gauges_are_asked_on_the_loop(user_function) -> None:
    engine = Engine(user_function(twice))
    engine.open()
    engine.work.run(iter([message(), message()]))
    assert engine.gauges == 2
    engine.work.close()


def test_bytes_that_are_no_batch_end_the_worker(user_function) -> None:
    engine = Engine(user_function(twice))
    engine.open()
    wrong = Elements()
    wrong.data.add(instruction_id="1", data=b"\0nonsense")
    with pytest.raises(ValueError, match="A batch starts with"):
        engine.work.run(iter([wrong]))
    engine.work.close()


class Resource(AsyncFunction):
    """Has something that belongs to the loop."""

    def __init__(self, log: list[Any]) -> None:
        self.log = log

    async def open(self, runtime_context):
        self.loop = asyncio.get_running_loop()
        self.log.append(("open", runtime_context))
        self.background = asyncio.create_task(asyncio.sleep(1000))

    async def async_invoke(self, value):
        assert asyncio.get_running_loop() is self.loop
        return [value]

    async def close(self):
        await asyncio.sleep(0)
        assert asyncio.get_running_loop() is self.loop
        self.log.append("close")


def test_open_and_close_run_on_the_loop(user_function) -> None:
    user = user_function(Resource([]), rich=True)
    log = user.function.log
    engine = Engine(user)
    engine.open("the context")
    engine.work.work(message(5))
    while engine.work.step(1):
        pass
    engine.read()
    assert engine.answers == {0: [5]}
    assert engine.work.close() is None
    assert log == [("open", "the context"), "close"]
    assert user.function.background.cancelled()


def test_open_and_close_without_async(user_function) -> None:
    class Plain(Resource):
        def open(self, runtime_context):
            self.loop = asyncio.get_running_loop()
            self.log.append("open")

        def close(self):
            self.log.append("close")

    user = user_function(Plain([]), rich=True)
    engine = Engine(user)
    engine.open()
    assert engine.work.close() is None
    assert user.function.log == ["open", "close"]


def test_open_that_fails(user_function) -> None:
    class Broken(Resource):
        async def open(self, runtime_context):
            raise OSError("no such host")

        async def close(self):
            self.log.append("close")

    user = user_function(Broken([]), rich=True)
    engine = Engine(user)
    with pytest.raises(FunctionError) as failure:
        engine.open()
    assert failure.value.stage == "STAGE_OPEN"
    assert isinstance(failure.value.cause, OSError)
    engine.work.run(iter([message(1)]))
    # as other functions are closed
    assert engine.work.close() is None
    assert user.function.log == ["close"]


def test_close_that_fails(user_function) -> None:
    class Broken(Resource):
        async def close(self):
            raise OSError("still busy")

    engine = Engine(user_function(Broken([]), rich=True))
    engine.open()
    failure = engine.work.close()
    assert failure is not None
    assert (failure.stage, str(failure.cause)) == ("STAGE_CLOSE", "still busy")


def test_calls_are_cancelled_when_the_messages_end(user_function) -> None:
    class Waiting(Resource):
        async def async_invoke(self, value):
            try:
                await asyncio.sleep(1000)
            finally:
                self.log.append("cancelled")

    user = user_function(Waiting([]), rich=True)
    engine = Engine(user)
    engine.open()

    def talk() -> Iterator[Elements]:
        yield message(1)
        engine.read()

    engine.work.run(talk())
    assert engine.work.close() is None
    # first the calls, then the function
    assert user.function.log[1:] == ["cancelled", "close"]
    assert engine.ends == []


def test_not_inside_another_loop(user_function) -> None:
    engine = Engine(user_function(twice))

    async def program() -> None:
        with pytest.raises(FunctionError) as failure:
            engine.open()
        assert "in debug mode it would run inside that of the program" in str(failure.value.cause)

        assert engine.work.close() is None

    asyncio.run(program())


def test_stepping_ends_when_the_time_is_up(user_function) -> None:
    async def wait(value):
        await asyncio.sleep(0.05)
        return [value]

    engine = Engine(user_function(wait))
    engine.open()
    assert not engine.work.step(10)
    engine.work.work(message(1))
    steps = 0
    while engine.work.step(0.01):
        steps += 1
    assert steps >= 3
    engine.read()
    engine.read()
    assert engine.answers == {0: [1]}
    engine.work.close()
