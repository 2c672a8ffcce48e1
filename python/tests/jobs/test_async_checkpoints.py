# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Records that are under way are part of every checkpoint."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from pyflink.common import Configuration, Duration, Encoder, Time, Types, WatermarkStrategy
from pyflink.datastream import (
    AsyncDataStream,
    AsyncFunction,
    DataStream,
    MapFunction,
    StreamExecutionEnvironment,
)
from pyflink.datastream.connectors import (
    FileSink,
    FileSource,
    NumberSequenceSource,
    StreamFormat,
)

LONG = Types.LONG()
SECONDS = Time.seconds(60)
RECORDS = 6_000

BOTH = pytest.mark.parametrize(
    "wait", [AsyncDataStream.ordered_wait, AsyncDataStream.unordered_wait]
)


def environment(restarts: int, **settings: str) -> StreamExecutionEnvironment:
    configuration = Configuration()
    configuration.set_string("restart-strategy.type", "fixed-delay")
    configuration.set_string("restart-strategy.fixed-delay.attempts", str(restarts))
    configuration.set_string("restart-strategy.fixed-delay.delay", "1 ms")
    for key, value in settings.items():
        configuration.set_string(key, value)
    env = StreamExecutionEnvironment.get_execution_environment(configuration)
    return env.enable_checkpointing(20)


def wait_until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []


# ---- a source that has nothing more to say: what comes again can come from a checkpoint only


class Hesitant(AsyncFunction):
    """Writes down what it is asked for; in its first job and attempt it answers few records."""

    def __init__(self, folder: Path, answers: bool) -> None:
        self.folder = folder
        self.answers = answers

    def open(self, runtime_context):
        self.answers |= runtime_context.get_attempt_number() > 0

    async def async_invoke(self, value):
        with (self.folder / "asked").open("a") as file:
            file.write(f"{value}\n")
        if int(value) > 2 and not self.answers:
            (self.folder / "pid").write_text(str(os.getpid()))
            await asyncio.sleep(1000)
        return [int(value)]


class Note(MapFunction):
    """Writes down what it gets."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def map(self, value):
        with (self.folder / "answered").open("a") as file:
            file.write(f"{value}\n")
        return value


def build(env: StreamExecutionEnvironment, folder: Path, wait, answers: bool) -> None:
    source = (
        FileSource.for_record_stream_format(
            StreamFormat.text_line_format(), str(folder / "numbers.txt")
        )
        .monitor_continuously(Duration.of_millis(50))
        .build()
    )
    texts = env.from_source(source, WatermarkStrategy.no_watermarks(), "numbers").uid("numbers")
    numbers = wait(texts, Hesitant(folder, answers), SECONDS, 50, LONG).uid("asks")
    numbers.map(Note(folder), LONG).uid("notes").print()


def asked(folder: Path) -> Counter[int]:
    return Counter(map(int, lines(folder / "asked")))


def latest(folder: Path) -> int:
    """The number of the last checkpoint that is complete."""
    found = folder.glob("checkpoints/*/chk-*/_metadata")
    return max((int(path.parent.name.removeprefix("chk-")) for path in found), default=0)


def wait_for_checkpoint(folder: Path) -> None:
    """Waits for one that begins from now on; one may be on its way."""
    before = latest(folder)
    wait_until(lambda: latest(folder) > before + 1)


@BOTH
def test_records_that_were_under_way_when_the_worker_died(tmp_path: Path, wait) -> None:
    (tmp_path / "numbers.txt").write_text("".join(f"{i}\n" for i in range(10)))
    env = environment(1, **{"execution.checkpointing.dir": (tmp_path / "checkpoints").as_uri()})
    env.set_parallelism(1)
    build(env, tmp_path, wait, answers=False)
    client = env.execute_async()
    try:
        wait_until(lambda: len(lines(tmp_path / "answered")) == 3)
        wait_until(lambda: len(lines(tmp_path / "asked")) == 10)
        wait_for_checkpoint(tmp_path)
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
        wait_until(lambda: len(lines(tmp_path / "answered")) >= 10)
        time.sleep(0.2)
    finally:
        client.cancel().result()
    assert sorted(map(int, lines(tmp_path / "answered"))) == list(range(10))
    assert asked(tmp_path) == {i: 1 if i < 3 else 2 for i in range(10)}


@pytest.mark.parametrize(("before", "after"), [(1, 1), (1, 3), (3, 1)])
def test_records_that_are_under_way_are_in_a_savepoint(tmp_path: Path, before, after) -> None:
    (tmp_path / "numbers.txt").write_text("".join(f"{i}\n" for i in range(30)))
    wait = AsyncDataStream.unordered_wait
    env = environment(0, **{"execution.checkpointing.dir": (tmp_path / "checkpoints").as_uri()})
    env.set_parallelism(before)
    build(env, tmp_path, wait, answers=False)
    client = env.execute_async()
    wait_until(lambda: len(lines(tmp_path / "asked")) == 30)
    wait_for_checkpoint(tmp_path)
    savepoint = client.stop_with_savepoint(False, (tmp_path / "savepoint").as_uri()).result()

    env = environment(0, **{"execution.state-recovery.path": savepoint})
    env.set_parallelism(after)
    build(env, tmp_path, wait, answers=True)
    client = env.execute_async()
    try:
        wait_until(lambda: len(lines(tmp_path / "answered")) >= 30)
        time.sleep(0.2)
    finally:
        client.cancel().result()
    assert sorted(map(int, lines(tmp_path / "answered"))) == list(range(30))
    assert asked(tmp_path) == {i: 1 if i < 3 else 2 for i in range(30)}


# ---- exactly once, whatever fails


def fail(value: int) -> None:
    raise ValueError(f"on purpose, at {value}")


def leave(value: int) -> None:
    os._exit(1)


def kill(value: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Failing(AsyncFunction):
    """Passes values on after a while; at some of them, once each, something happens."""

    def __init__(self, folder: Path, failures: dict[int, Callable[[int], None]]) -> None:
        self.folder = folder
        self.failures = failures

    async def async_invoke(self, value):
        await asyncio.sleep(value * 7 % 13 / 4000)
        if value in self.failures:
            # whoever makes the file is the first one here, in whatever attempt
            with contextlib.suppress(FileExistsError):
                (self.folder / str(value)).touch(exist_ok=False)
                self.failures[value](value)
        return [value]

    def happened(self) -> set[int]:
        return {int(path.name) for path in self.folder.iterdir()}


@BOTH
def test_every_result_is_written_exactly_once(tmp_path: Path, wait) -> None:
    """Two asynchronous functions with a rebalance between them, at a parallelism of 2."""
    seed = int(os.environ.get("FLINKER_TEST_SEED", "20240507"))
    print(f"FLINKER_TEST_SEED={seed}")
    random = Random(seed)
    places = random.sample(range(1, RECORDS + 1), 5)
    plan = [(place, random.choice([fail, leave, kill])) for place in places]
    functions = []
    for name, failures in (("first", dict(plan[:2])), ("second", dict(plan[2:]))):
        (tmp_path / name).mkdir()
        functions.append(Failing(tmp_path / name, failures))
    env = environment(len(plan))
    env.set_parallelism(2)
    source = NumberSequenceSource(1, RECORDS)
    stream: DataStream = env.from_source(source, WatermarkStrategy.no_watermarks(), "n", LONG)
    for function in functions:
        stream = wait(stream.rebalance(), function, SECONDS, 100, LONG)
    output = tmp_path / "output"
    encoder = Encoder.simple_string_encoder()
    texts = stream.map(str, Types.STRING())
    texts.sink_to(FileSink.for_row_format(str(output), encoder).build())
    env.execute()
    for function in functions:
        assert function.happened() == set(function.failures)
    found: Counter[str] = Counter()
    for part in output.rglob("part-*"):
        found.update(part.read_text().splitlines())
    assert len(found) == RECORDS
    assert set(found.values()) == {1}
