# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The workers of asynchronous functions: how they end, and where they are not the usual ones."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from pyflink.common import Configuration, JobStatus, Time, Types
from pyflink.datastream import (
    AsyncDataStream,
    AsyncFunction,
    AsyncRetryStrategy,
    DataStream,
    StreamExecutionEnvironment,
)
from pyflink.java_gateway import get_gateway
from pyflink.util.exceptions import JavaError

LONG = Types.LONG()
SECONDS = Time.seconds(20)


def numbers(env, count: int) -> DataStream:
    return env.from_collection(list(range(count)), LONG)


async def hang(value):
    await asyncio.sleep(1000)


async def die(value):
    await asyncio.sleep(0.01)
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_is_killed_with_records_under_way(single) -> None:
    stream = AsyncDataStream.unordered_wait(numbers(single, 3), die, SECONDS).name("fatal")
    with pytest.raises(JavaError) as failure:
        list(stream.execute_and_collect())
    assert "The Python worker of operator 'fatal', subtask 1 of 1 " in str(failure.value)
    assert "was killed by signal 9" in str(failure.value)


def is_python_part(process: psutil.Process | None) -> bool:
    return process is not None and "_worker.nursery" in " ".join(process.cmdline())


def workers() -> list[psutil.Process]:
    """The processes that nurseries have forked."""
    found = []
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if is_python_part(process) and is_python_part(process.parent()):
                found.append(process)
    return found


def wait_until(true) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_worker_that_is_killed_while_it_waits(single) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        lines = DataStream(
            single._j_stream_execution_environment.socketTextStream("127.0.0.1", port)
        )
        stream = AsyncDataStream.ordered_wait(lines, hang, SECONDS, output_type=LONG)
        stream.name("idle").print()
        client = single.execute_async()
        connection, _ = server.accept()
        with connection:
            wait_until(lambda: client.get_job_status().result() == JobStatus.RUNNING and workers())
            (worker,) = workers()
            worker.kill()
            with pytest.raises(JavaError, match="'idle', subtask 1 of 1 was killed by signal 9"):
                client.get_job_execution_result().result()


def test_no_worker_outlives_its_job(single) -> None:
    async def same(value):
        return [value]

    assert (
        len(
            list(
                AsyncDataStream.ordered_wait(
                    numbers(single, 5), same, SECONDS
                ).execute_and_collect()
            )
        )
        == 5
    )
    wait_until(lambda: not workers())


class Busy(AsyncFunction):
    """Leaves a sign when its calls are cancelled and when it is closed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def async_invoke(self, value):
        (self.folder / f"called {value}").touch()
        try:
            await asyncio.sleep(1000)
        finally:
            (self.folder / f"cancelled {value}").touch()

    async def close(self):
        (self.folder / "closed").touch()


def test_cancelling_the_job_cancels_the_calls_and_closes_the_function(single, tmp_path) -> None:
    AsyncDataStream.unordered_wait(numbers(single, 2), Busy(tmp_path), SECONDS).print()
    client = single.execute_async()
    wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
    client.cancel().result()
    wait_until(lambda: not workers())
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "called 0",
        "called 1",
        "cancelled 0",
        "cancelled 1",
        "closed",
    ]


def test_cancelling_ends_a_function_that_blocks_its_loop(single, tmp_path) -> None:
    async def block(value):
        (tmp_path / "called").touch()
        time.sleep(1000)  # noqa: ASYNC251 (what one should not do)

    AsyncDataStream.ordered_wait(numbers(single, 1), block, SECONDS).print()
    client = single.execute_async()
    wait_until((tmp_path / "called").exists)
    client.cancel().result()
    wait_until(lambda: not workers())


# ---- metrics


def test_metrics(test_jar) -> None:
    get_gateway().jvm.io.flinker.gateway.UserJars.add(test_jar.as_uri())
    log = get_gateway().jvm.io.flinker.testing.MetricLog
    settings = Configuration()
    settings.set_string("metrics.reporter.log.factory.class", "io.flinker.testing.MetricLog")
    settings.set_string("metrics.scope.operator", "<job_name>.<operator_name>.<subtask_index>")
    env = StreamExecutionEnvironment.get_execution_environment(settings)
    env.set_parallelism(1)

    class Counts(AsyncFunction):
        def open(self, runtime_context):
            group = runtime_context.get_metrics_group()
            self.counter = group.counter("asked")
            self.latest = 0
            group.gauge("latest", lambda: self.latest)

        async def async_invoke(self, value):
            await asyncio.sleep(0)
            self.counter.inc()
            self.latest = max(self.latest, value)
            return [value]

    AsyncDataStream.unordered_wait(numbers(env, 50), Counts(), SECONDS).name("asks").print()
    env.execute("counted")
    wait_until(lambda: not log.live("counted"))
    assert {"counted.asks.0.asked counter 50", "counted.asks.0.latest gauge 49"} <= set(
        log.last("counted").splitlines()
    )


# ---- other places to run


def debugged(parallelism: int = 1) -> StreamExecutionEnvironment:
    settings = Configuration().set_string("flinker.debug", "true")
    env = StreamExecutionEnvironment.get_execution_environment(settings)
    env.set_parallelism(parallelism)
    return env


class Place(AsyncFunction):
    async def async_invoke(self, value):
        await asyncio.sleep(0.001)
        here = threading.current_thread() is threading.main_thread()
        return [(os.getpid(), here, value)]


def test_debug_mode_runs_it_in_the_program_s_own_thread() -> None:
    stream = AsyncDataStream.ordered_wait(numbers(debugged(), 5), Place(), SECONDS)
    assert list(stream.execute_and_collect()) == [(os.getpid(), True, i) for i in range(5)]


async def slowly(value: int) -> list[int]:
    await asyncio.sleep(0.002)
    return [value]


@pytest.mark.parametrize("parallelism", [1, 2])
def test_debug_mode_with_several_functions(parallelism) -> None:
    env = debugged(parallelism)
    before = numbers(env, 200).map(lambda i: i + 1, LONG).rebalance()
    first = AsyncDataStream.ordered_wait(before, slowly, SECONDS, 10, LONG)
    second = AsyncDataStream.unordered_wait(first, slowly, SECONDS, 3, LONG)
    assert sorted(second.map(lambda i: -i, LONG).execute_and_collect()) == list(range(-200, 0))


def test_debug_mode_with_timeouts_and_further_attempts() -> None:
    class Late(AsyncFunction):
        async def async_invoke(self, value):
            if value == 1:
                raise ConnectionError
            await asyncio.sleep(1000)

        def timeout(self, value):
            return [-value]

    strategy = AsyncRetryStrategy.fixed_delay(100, 10, None, lambda error: True)
    stream = AsyncDataStream.ordered_wait_with_retry(
        numbers(debugged(), 3), Late(), Time.milliseconds(100), strategy
    )
    assert list(stream.execute_and_collect()) == [0, -1, -2]


def test_debug_mode_raises_the_function_s_exception() -> None:
    async def fail(value):
        await asyncio.sleep(0.01)
        raise KeyError(value)

    env = debugged()
    AsyncDataStream.ordered_wait(numbers(env, 3), fail, SECONDS).print()
    with pytest.raises(KeyError):
        env.execute()


def test_debug_mode_inside_another_event_loop() -> None:
    env = debugged()
    AsyncDataStream.ordered_wait(numbers(env, 3), slowly, SECONDS).print()

    async def notebook() -> None:
        with pytest.raises(RuntimeError, match="inside that of the program, a notebook's"):
            env.execute()

    asyncio.run(notebook())


def test_a_program_with_an_event_loop_of_its_own(single) -> None:
    stream = AsyncDataStream.ordered_wait(numbers(single, 3), slowly, SECONDS)

    async def notebook() -> list[int]:
        return list(stream.execute_and_collect())

    assert asyncio.run(notebook()) == [0, 1, 2]


PROGRAM = """
import asyncio
from pyflink.common import Time
from pyflink.datastream import AsyncDataStream, StreamExecutionEnvironment
env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
async def ask(value):
    await asyncio.sleep(0.01)
    {stop}
    return [value * 2]
stream = AsyncDataStream.ordered_wait(env.from_collection([20, 30]), ask, Time.seconds(60))
stream.print()
env.execute()
"""


def run_program(tmp_path: Path, stop: str, commands: str, **variables: str) -> list[str]:
    file = tmp_path / "program.py"
    file.write_text(PROGRAM.format(stop=stop))
    done = subprocess.run(
        [sys.executable, str(file)],
        input=commands,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_a_debugger_stops_in_an_asynchronous_function(tmp_path) -> None:
    out = run_program(tmp_path, "breakpoint()", "p value\nc\np value\nc\n", FLINKER_DEBUG="1")
    assert any(line.startswith("(Pdb) ") and line.endswith("20") for line in out)
    assert any(line.startswith("(Pdb) ") and line.endswith("30") for line in out)
    assert [line.rpartition(" ")[2] for line in out if line.endswith(("40", "60"))] == ["40", "60"]


def test_a_worker_that_is_spawned(tmp_path) -> None:
    assert run_program(tmp_path, "", "", FLINKER_WORKER_START="spawn") == ["40", "60"]
