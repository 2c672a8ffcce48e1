# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""However fast one side is and however slow the other, what is between them stays small."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from pyflink.common import JobClient, JobStatus, Types, WatermarkStrategy
from pyflink.datastream import (
    DataStream,
    OutputTag,
    ProcessFunction,
    StreamExecutionEnvironment,
)
from pyflink.datastream.connectors import NumberSequenceSource
from pyflink.datastream.functions import SinkFunction
from pyflink.java_gateway import get_gateway

MEGABYTE = 10**6
SIDE = OutputTag("side", Types.STRING())


class Memory:
    """The memory of the JVM and of the workers, in megabytes."""

    def __init__(self) -> None:
        self._jvm = get_gateway().jvm
        self._buffers = self._jvm.java.lang.management.ManagementFactory.getPlatformMXBeans(
            self._jvm.java.lang.Class.forName("java.lang.management.BufferPoolMXBean")
        )

    def java(self) -> float:
        """What is in use when the garbage is gone, on the heap and in the buffers beside it."""
        self._jvm.System.gc()
        runtime = self._jvm.Runtime.getRuntime()
        beside = sum(pool.getMemoryUsed() for pool in self._buffers)
        return (runtime.totalMemory() - runtime.freeMemory() + beside) / MEGABYTE

    def workers(self) -> float:
        """What the largest process of Python's side holds."""
        largest = 0
        for process in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                if "_worker.nursery" in " ".join(process.cmdline()):
                    largest = max(largest, process.memory_info().rss)
        return largest / MEGABYTE


def discard(stream: DataStream) -> None:
    discarding = "org.apache.flink.streaming.api.functions.sink.legacy.DiscardingSink"
    stream.add_sink(SinkFunction(discarding))


def cancel(client: JobClient) -> None:
    """Cancels a job and waits until nothing of it is left."""
    client.cancel().result()
    deadline = time.monotonic() + 10
    while client.get_job_status().result() != JobStatus.CANCELED:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def growth(env: StreamExecutionEnvironment, seconds: float) -> tuple[float, float]:
    """How much more the JVM holds at most while a job runs for that long, and a worker in all."""
    memory = Memory()
    before, java, workers = memory.java(), 0.0, 0.0
    client = env.execute_async()
    while client.get_job_status().result() != JobStatus.RUNNING:
        time.sleep(0.05)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert client.get_job_status().result() == JobStatus.RUNNING
        java, workers = max(java, memory.java()), max(workers, memory.workers())
        time.sleep(0.1)
    cancel(client)
    print(f"the JVM: {java - before:.0f} MB more, the largest worker: {workers:.0f} MB")
    return java - before, workers


@pytest.fixture(autouse=True)
def _running_cluster(single) -> None:
    """The cluster and its network take their memory before anything is measured."""
    list(single.from_collection([1]).map(str).execute_and_collect())


def numbers(env: StreamExecutionEnvironment) -> DataStream:
    source = NumberSequenceSource(1, 10**12)
    return env.from_source(source, WatermarkStrategy.no_watermarks(), "numbers", Types.LONG())


def dawdle(value: object) -> int:
    time.sleep(0.05)
    return 1


def test_a_fast_source_and_a_slow_function(single) -> None:
    # unbounded, it is some millions of records a second
    discard(numbers(single).map(dawdle, Types.LONG()))
    java, workers = growth(single, 3)
    assert java < 50
    assert workers < 100


def large_texts(env: StreamExecutionEnvironment, size: int) -> DataStream:
    texts = numbers(env).map(lambda value: "x" * size, Types.STRING())
    return texts.disable_chaining().map(dawdle, Types.LONG())


def test_large_records_for_a_slow_function(single) -> None:
    # unbounded, it is some hundred megabytes a second
    discard(large_texts(single, 100_000))
    java, workers = growth(single, 4)
    assert java < 60
    assert workers < 100


def test_a_slow_function_behind_a_fast_one_that_makes_many(single) -> None:
    def many(value: int) -> Iterator[str]:
        while True:
            yield "x" * 100

    discard(numbers(single).flat_map(many).disable_chaining().map(dawdle, Types.LONG()))
    java, workers = growth(single, 3)
    assert java < 60
    assert workers < 100


def test_ten_million_results_of_one_record(single, tmp_path: Path) -> None:
    report = tmp_path / "report"

    def many(value: int) -> Iterator[str]:
        text = "x" * 100
        process = psutil.Process()
        before = most = process.memory_info().rss
        for i in range(10_000_000):
            if i % 100_000 == 0:
                most = max(most, process.memory_info().rss)
            yield text
        report.write_text(str((most - before) / MEGABYTE))

    discard(single.from_collection([1], Types.INT()).flat_map(many))
    single.execute()
    # all of them are a gigabyte
    assert float(report.read_text()) < 100


def test_results_leave_while_the_function_goes_on(single, tmp_path: Path) -> None:
    seen = tmp_path / "seen"

    def many(value: int) -> Iterator[int]:
        yield from range(100_000)
        deadline = time.monotonic() + 30
        while not seen.exists():
            if time.monotonic() > deadline:
                raise TimeoutError("nobody has seen a result")
            time.sleep(0.01)

    def see(value: int) -> None:
        seen.touch()

    stream = single.from_collection([1], Types.INT()).flat_map(many).disable_chaining()
    discard(stream.map(see))
    single.execute()
    assert seen.exists()


class EndlessSide(ProcessFunction):
    def process_element(self, value: int, ctx: ProcessFunction.Context) -> Iterator[object]:
        while True:
            yield SIDE, "x" * 100


def test_a_slow_function_behind_a_side_output_of_many(single) -> None:
    side = numbers(single).process(EndlessSide(), Types.LONG()).get_side_output(SIDE)
    discard(side.map(dawdle, Types.LONG()))
    java, workers = growth(single, 3)
    assert java < 60
    assert workers < 100


def test_side_outputs_leave_while_the_function_goes_on(single, tmp_path: Path) -> None:
    seen = tmp_path / "seen"

    class Waits(ProcessFunction):
        def process_element(self, value: int, ctx: ProcessFunction.Context) -> Iterator[object]:
            yield from ((SIDE, "x" * 100) for _ in range(10_000))
            deadline = time.monotonic() + 30
            while not seen.exists():
                if time.monotonic() > deadline:
                    raise TimeoutError("nobody has seen a result")
                time.sleep(0.01)

    stream = single.from_collection([1], Types.INT()).process(Waits(), Types.INT())
    discard(stream.get_side_output(SIDE).map(lambda text: seen.touch()))
    single.execute()
    assert seen.exists()


def test_a_function_that_never_ends_is_cancelled(single) -> None:
    def endless(value: int) -> Iterator[int]:
        while True:
            yield 1

    discard(single.from_collection([1], Types.INT()).flat_map(endless))
    client = single.execute_async()
    while Memory().workers() == 0 or client.get_job_status().result() != JobStatus.RUNNING:
        time.sleep(0.05)
    time.sleep(1)
    cancel(client)


def test_huge_records_for_a_slow_function(single) -> None:
    discard(large_texts(single, 50 * MEGABYTE))
    java, workers = growth(single, 4)
    # it is some copies of the two or three that are under way
    assert java < 600
    assert workers < 600
