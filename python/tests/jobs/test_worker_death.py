# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Workers that end before their time, and that end when they should."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest

from pyflink.common import Configuration, JobStatus, Types
from pyflink.datastream import DataStream
from pyflink.util.exceptions import JavaError


def say_and_leave(value: int) -> None:
    print("these are my last words", file=sys.stderr)
    os._exit(3)


@pytest.mark.parametrize(
    ("function", "how"),
    [
        (say_and_leave, "ended with exit code 3.\nIts last words:\n  these are my last words"),
        (lambda i: os.kill(os.getpid(), signal.SIGKILL), "was killed by signal 9 (SIGKILL"),
        (lambda i: ctypes.string_at(0), "signal 11 (SIGSEGV, segmentation fault)"),
    ],
    ids=["exit", "kill", "crash"],
)
def test_a_dead_worker_is_reported(single, function, how) -> None:
    stream = single.from_collection([1], Types.INT()).map(function).name("fatal")
    with pytest.raises(JavaError) as failure:
        list(stream.execute_and_collect())
    assert "The Python worker of operator 'fatal', subtask 1 of 1 " in str(failure.value)
    assert how in str(failure.value)


def test_a_crash_leaves_the_stack(single) -> None:
    def crash_here(i):
        return ctypes.string_at(0)

    stream = single.from_collection([1], Types.INT()).map(crash_here)
    with pytest.raises(JavaError) as failure:
        list(stream.execute_and_collect())
    assert "Fatal Python error: Segmentation fault" in str(failure.value)
    assert f'File "{__file__}", line ' in str(failure.value)
    assert " in crash_here" in str(failure.value)


def test_want_of_memory_is_an_error_of_the_function(single) -> None:
    def take_all(i):
        return bytearray(1 << 62)

    stream = single.from_collection([1], Types.INT()).map(take_all).name("greedy")
    with pytest.raises(MemoryError) as failure:
        list(stream.execute_and_collect())
    assert "operator 'greedy', subtask 1 of 1, record" in str(failure.value.__cause__)


def test_a_worker_that_is_killed_while_it_waits(single) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        lines = single._j_stream_execution_environment.socketTextStream("127.0.0.1", port)
        DataStream(lines).map(lambda line: line, Types.STRING()).name("idle").print()
        client = single.execute_async()
        connection, _ = server.accept()
        with connection:
            while client.get_job_status().result() != JobStatus.RUNNING or not workers():
                time.sleep(0.05)
            (worker,) = workers()
            worker.kill()
            with pytest.raises(JavaError, match="'idle', subtask 1 of 1 was killed by signal 9"):
                client.get_job_execution_result().result()


def test_the_job_restarts_after_a_death(single, tmp_path, capsys) -> None:
    flag = tmp_path / "flag"

    def die_once(value):
        if not flag.exists():
            flag.touch()
            os._exit(1)
        return value

    restart = Configuration()
    restart.set_string("restart-strategy.type", "fixed-delay")
    restart.set_string("restart-strategy.fixed-delay.attempts", "1")
    restart.set_string("restart-strategy.fixed-delay.delay", "10 ms")
    single.configure(restart)
    single.from_collection([1, 2], Types.INT()).map(die_once, Types.INT()).print()
    single.execute()
    assert capsys.readouterr().out == "1\n2\n"


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


def gone(seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not workers():
            return True
        time.sleep(0.05)
    return False


def test_no_worker_outlives_its_job(single) -> None:
    stream = single.from_collection([1], Types.INT()).map(lambda i: i, Types.INT())
    assert list(stream.execute_and_collect()) == [1]
    assert gone(0.5)


def test_cancelling_ends_a_function_that_hangs(single) -> None:
    single.from_collection([1], Types.INT()).map(lambda i: time.sleep(1000)).print()
    client = single.execute_async()
    while client.get_job_status().result() != JobStatus.RUNNING or not workers():
        time.sleep(0.05)
    client.cancel().result()
    assert gone(10)


def test_workers_that_are_spawned(tmp_path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "from pyflink.common import Types\n"
        "from pyflink.datastream import StreamExecutionEnvironment\n"
        "print('main')\n"
        "env = StreamExecutionEnvironment.get_execution_environment()\n"
        "env.set_parallelism(1)\n"
        "env.from_collection([1, 2]).map(lambda i: (print('in'), i + 1)[1]).print()\n"
        "env.execute()\n"
    )
    answer = subprocess.run(
        [sys.executable, program],
        env={**os.environ, "FLINKER_WORKER_START": "spawn"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert answer.stderr == ""
    # a worker never runs the program again
    assert sorted(answer.stdout.split()) == ["2", "3", "in", "in", "main"]
