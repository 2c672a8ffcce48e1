# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Asynchronous functions in jobs: what comes out, in which order, and how much is under way."""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from pyflink._gateway import java_class
from pyflink.common import Duration, Row, Time, Types
from pyflink.datastream import (
    AsyncDataStream,
    AsyncFunction,
    AsyncRetryStrategy,
    DataStream,
    KeySelector,
    RuntimeExecutionMode,
    SourceFunction,
    StreamExecutionEnvironment,
)
from pyflink.datastream.async_retry_predicates import (
    empty_result_predicate,
    has_exception_predicate,
)

LONG = Types.LONG()
SECONDS = Time.seconds(20)

BOTH = pytest.mark.parametrize(
    "wait", [AsyncDataStream.ordered_wait, AsyncDataStream.unordered_wait]
)


async def backwards(value: int) -> list[int]:
    """The later ones are the first to be done."""
    await asyncio.sleep((20 - value) / 200)
    return [value, -value]


class Negative(AsyncFunction[int, int]):
    def open(self, runtime_context):
        self.sign = -1

    async def async_invoke(self, value):
        await asyncio.sleep(0)
        return [self.sign * value]


def numbers(env: StreamExecutionEnvironment, count: int) -> DataStream:
    return env.from_collection(list(range(count)), LONG)


def test_ordered_results_are_in_the_order_of_the_records(single) -> None:
    stream = AsyncDataStream.ordered_wait(numbers(single, 20), backwards, SECONDS, 20, LONG)
    assert list(stream.execute_and_collect()) == [x for i in range(20) for x in (i, -i)]


def test_unordered_results_are_in_the_order_in_which_they_come(single) -> None:
    stream = AsyncDataStream.unordered_wait(numbers(single, 20), backwards, SECONDS, 20, LONG)
    found = list(stream.execute_and_collect())
    assert sorted(found) == sorted(x for i in range(20) for x in (i, -i))
    assert found.index(19) < found.index(0)
    # the results of a record stay together
    assert all(found[i] == -found[i + 1] for i in range(0, 40, 2))


@BOTH
def test_many_records_and_little_room(wait) -> None:
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(2)
    stream = wait(numbers(env, 5000).rebalance(), Negative(), SECONDS, 3, LONG)
    assert sorted(stream.execute_and_collect()) == sorted(-i for i in range(5000))


class Crowd(AsyncFunction):
    """Counts how many records are under way."""

    def open(self, runtime_context):
        self.now = 0

    async def async_invoke(self, value):
        self.now += 1
        seen = self.now
        await asyncio.sleep(0.002)
        self.now -= 1
        return [seen]


@BOTH
@pytest.mark.parametrize("capacity", [1, 7])
def test_no_more_records_are_under_way_than_there_is_room_for(single, wait, capacity) -> None:
    stream = wait(numbers(single, 200), Crowd(), SECONDS, capacity, LONG)
    assert max(stream.execute_and_collect()) == capacity


@BOTH
def test_records_with_no_result_and_with_many(single, wait) -> None:
    async def repeat(value):
        return [value] * value

    stream = wait(numbers(single, 100), repeat, SECONDS, output_type=LONG)
    assert sorted(stream.execute_and_collect()) == [i for i in range(100) for _ in range(i)]


def test_large_records_and_results(single) -> None:
    async def grow(value):
        return [value + value]

    texts = single.from_collection(["x" * 100_000] * 20, Types.STRING())
    stream = AsyncDataStream.ordered_wait(texts, grow, SECONDS, output_type=Types.STRING())
    assert [len(text) for text in stream.execute_and_collect()] == [200_000] * 20


# ---- functions and types


async def half(value: int, by: int = 2) -> list[float]:
    return [value / by]


async def spelled(value: int) -> AsyncIterator[str]:
    for letter in str(value):
        yield letter


class Words(AsyncFunction):
    async def async_invoke(self, value: int) -> list[tuple[int, str]]:
        return [(value, str(value))]


class Called:
    async def __call__(self, value: int) -> list[int]:
        return [value]


@pytest.mark.parametrize(
    ("function", "type_info", "result"),
    [
        (half, Types.DOUBLE(), 6.0),
        (functools.partial(half, by=4), Types.DOUBLE(), 3.0),
        (spelled, Types.STRING(), "1"),
        (Words(), Types.TUPLE([Types.BIG_INT(), Types.STRING()]), (12, "12")),
        (Called(), Types.BIG_INT(), 12),
        (Negative(), Types.PICKLED_BYTE_ARRAY(), -12),
    ],
)
def test_the_type_of_the_results(single, function, type_info, result) -> None:
    stream = AsyncDataStream.ordered_wait(single.from_collection([12], LONG), function, SECONDS)
    assert stream.get_type() == type_info
    assert next(iter(stream.execute_and_collect(limit=1))) == result


def test_rows_in_and_out(single) -> None:
    row_type = Types.ROW_NAMED(["name", "size"], [Types.STRING(), LONG])

    async def measure(row):
        return [Row(row["name"], len(row["name"]))]

    rows = single.from_collection([Row("tea", None), Row("bread", 0)], row_type)
    stream = AsyncDataStream.ordered_wait(rows, measure, SECONDS, output_type=row_type)
    assert [row.as_dict() for row in stream.execute_and_collect()] == [
        {"name": "tea", "size": 3},
        {"name": "bread", "size": 5},
    ]


@BOTH
def test_between_other_functions(single, wait) -> None:
    before = numbers(single, 300).map(lambda i: i + 1, LONG).filter(lambda i: i % 2 == 0)
    stream = wait(before, backwards_never, SECONDS, 10, LONG).name("asks")
    after = stream.map(lambda i: i * 10, LONG).flat_map(lambda i: [i, i + 1], LONG)
    expected = [10 * i + j for i in range(2, 301, 2) for j in (0, 1)]
    assert sorted(after.execute_and_collect()) == expected


async def backwards_never(value: int) -> list[int]:
    await asyncio.sleep(0)
    return [value]


@pytest.mark.parametrize("chaining", [True, False])
def test_two_in_a_row(single, chaining) -> None:
    if not chaining:
        single.disable_operator_chaining()
    first = AsyncDataStream.ordered_wait(numbers(single, 500), backwards_never, SECONDS, 5, LONG)
    second = AsyncDataStream.ordered_wait(first, Negative(), SECONDS, 50, LONG)
    third = AsyncDataStream.unordered_wait(second, Negative(), SECONDS, 2, LONG)
    assert sorted(third.execute_and_collect()) == list(range(500))
    assert list(second.execute_and_collect()) == [-i for i in range(500)]


def test_names_and_parallelism_are_the_operator_s(single) -> None:
    stream = AsyncDataStream.ordered_wait(numbers(single, 1), Negative(), SECONDS)
    assert stream.get_name() == "async wait operator"
    stream.name("asks").set_parallelism(2).uid("asks")
    assert stream.get_name() == "asks"
    assert '"parallelism" : 2' in single.get_execution_plan()


class Modulo(KeySelector):
    def get_key(self, value):
        return value % 3


def test_a_keyed_stream() -> None:
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(3)

    class Place(AsyncFunction):
        def open(self, runtime_context):
            self.place = runtime_context.get_index_of_this_subtask()

        async def async_invoke(self, value):
            return [(value % 3, self.place)]

    keyed = numbers(env, 300).key_by(Modulo())
    stream = AsyncDataStream.unordered_wait(keyed, Place(), SECONDS)
    found = list(stream.execute_and_collect())
    assert len(found) == 300
    # each key in one place
    assert len(set(found)) == 3


def test_batch_mode(single) -> None:
    single.set_runtime_mode(RuntimeExecutionMode.BATCH)
    stream = AsyncDataStream.ordered_wait(numbers(single, 100), Negative(), SECONDS, 5, LONG)
    assert list(stream.execute_and_collect()) == [-i for i in range(100)]


def test_what_functions_print_and_log(single, capfd, caplog) -> None:
    async def talk(value):
        await asyncio.sleep(0)
        print("asked for", value)
        logging.getLogger("tests.asynchronous").warning("no %s", value)
        return [value]

    list(AsyncDataStream.ordered_wait(numbers(single, 2), talk, SECONDS).execute_and_collect())
    assert sorted(capfd.readouterr().out.splitlines()) == ["asked for 0", "asked for 1"]
    assert [record.getMessage() for record in caplog.records] == ["no 0", "no 1"]


# ---- timeouts and further attempts


class Late(AsyncFunction):
    async def async_invoke(self, value):
        if value % 2:
            await asyncio.sleep(1000)
        return [value]

    def timeout(self, value):
        return [-value]


@pytest.mark.parametrize("timeout", [Time.milliseconds(50), Duration.of_millis(50)])
@BOTH
def test_other_results_for_records_that_take_too_long(single, wait, timeout) -> None:
    stream = wait(numbers(single, 10), Late(), timeout, 4, LONG)
    expected = [i if i % 2 == 0 else -i for i in range(10)]
    found = list(stream.execute_and_collect())
    assert sorted(found) == sorted(expected)
    if wait is AsyncDataStream.ordered_wait:
        assert found == expected


@BOTH
def test_without_a_timeout_a_record_may_take_any_time(single, wait) -> None:
    stream = wait(numbers(single, 20), backwards, Time.seconds(0), 20, LONG)
    assert len(list(stream.execute_and_collect())) == 40


class Flaky(AsyncFunction):
    """Works out at the third attempt at each record."""

    def open(self, runtime_context):
        self.attempts = {}

    async def async_invoke(self, value):
        attempt = self.attempts[value] = self.attempts.get(value, 0) + 1
        await asyncio.sleep(0)
        if attempt == 1:
            raise ConnectionError(f"no answer for {value}")
        return [value * 10 + attempt] if attempt == 3 else []


@pytest.mark.parametrize(
    "strategy",
    [
        AsyncRetryStrategy.fixed_delay(2, 5, empty_result_predicate, has_exception_predicate),
        AsyncRetryStrategy.exponential_backoff(
            2, 5, 50, 2.0, lambda results: not results, lambda e: isinstance(e, ConnectionError)
        ),
    ],
)
@pytest.mark.parametrize(
    "wait", [AsyncDataStream.ordered_wait_with_retry, AsyncDataStream.unordered_wait_with_retry]
)
def test_further_attempts(single, wait, strategy) -> None:
    stream = wait(numbers(single, 50), Flaky(), SECONDS, strategy, 10, LONG)
    found = list(stream.execute_and_collect())
    assert sorted(found) == [10 * i + 3 for i in range(50)]
    if wait is AsyncDataStream.ordered_wait_with_retry:
        assert found == sorted(found)


# ---- watermarks


def events(env: StreamExecutionEnvironment, change) -> list[str]:
    """Records with their timestamps, watermarks and changes of idleness, in their order."""
    script = java_class("io.flinker.testing.EventScript")(5000)
    source = env.add_source(SourceFunction(script), type_info=LONG)
    log = java_class("io.flinker.testing.EventLog")()
    changed = change(source)._j_data_stream.transform(
        "log", Types.STRING().get_java_type_info(), log
    )
    return list(DataStream(changed).execute_and_collect())


def between_watermarks(log: list[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for event in log:
        if event[0].isalpha():
            yield sorted(part)
            yield [event]
            part = []
        else:
            part.append(event)


class Jitter(AsyncFunction):
    async def async_invoke(self, value):
        await asyncio.sleep(value * 7 % 11 / 5000)
        return [value]


@BOTH
def test_watermarks_are_not_overtaken_and_timestamps_are_kept(single, test_jar: Path, wait) -> None:
    single.add_jars(test_jar.as_uri())
    expected = events(single, lambda source: source.rebalance())
    assert sum("watermark" in event for event in expected) > 100
    assert "WatermarkStatus(IDLE)" in expected
    found = events(single, lambda source: wait(source, Jitter(), SECONDS, 50, LONG))
    if wait is AsyncDataStream.ordered_wait:
        assert found == expected
    else:
        assert found != expected
        assert list(between_watermarks(found)) == list(between_watermarks(expected))
