# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Workers that are spawned, as on Windows, do what forked ones do."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import psutil
import pytest

HEAD = """
import os, sys, signal
print("main")
from pyflink.common import Types
from pyflink.datastream import StreamExecutionEnvironment
env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
numbers = env.from_collection([1, 2], Types.INT())
"""


FAILURE = """
try:
    env.execute()
except Exception as e:
    print(type(e).__name__, {words})
"""
EXIT = """
def die(i):
    print("last words", file=sys.stderr)
    os._exit(7)
numbers.map(die).print()
"""


def printed(stream: str) -> str:
    return f"{stream}.print()\nenv.execute()\n"


@pytest.mark.parametrize("start", ["fork", "spawn"])
@pytest.mark.parametrize(
    ("body", "out", "err"),
    [
        (printed("numbers.map(lambda i: i + 1)"), ["2", "3"], []),
        (printed("numbers.flat_map(lambda i: [i, i])"), ["1", "1", "2", "2"], []),
        (printed("numbers.map(lambda i: print('in'))"), ["in", "in", "None", "None"], []),
        (printed("numbers.map(lambda i: sys.stdin.read())"), ["", ""], []),
        (
            "numbers.map(lambda i: {}[i]).print()" + FAILURE.format(words="e"),
            ["KeyError 1"],
            [],
        ),
        (
            EXIT + FAILURE.format(words="'exit code 7' in str(e), 'last words' in str(e)"),
            ["JavaError True True"],
            ["last words"],
        ),
        (
            "numbers.map(lambda i: os.kill(os.getpid(), signal.SIGKILL)).print()"
            + FAILURE.format(words="'SIGKILL' in str(e)"),
            ["JavaError True"],
            [],
        ),
    ],
    ids=["map", "flat_map", "output", "stdin", "error", "exit", "kill"],
)
def test_workers(tmp_path, start, body, out, err) -> None:
    program = tmp_path / "program.py"
    program.write_text(HEAD + body + "\n")
    done = subprocess.run(
        [sys.executable, program],
        env={**os.environ, "FLINKER_WORKER_START": start},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stderr.splitlines() == err
    # and "main" once only: a worker never runs the program
    assert sorted(done.stdout.splitlines()) == sorted(["main", *out])


LOGGING = """
import logging, time
def show(record):
    print(record.levelname, record.getMessage(), record.operator, record.subtask, record.process)
handler = logging.Handler()
handler.emit = show
log = logging.getLogger("mine")
log.addHandler(handler)
log.setLevel("DEBUG")

def talk(i):
    for n in range(100):
        print("printed", n)
        log.debug("logged %d", n)
    log.error("x" * 50_000)
    print("begun", end="", flush=True)
    deadline = time.monotonic() + 20
    while not os.path.exists({go!r}):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    print(", ended", os.getpid())
    return i
env.from_collection([1], Types.INT()).map(talk, Types.INT()).name("talks").print()
env.execute()
"""


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_log_records_and_text(tmp_path, start) -> None:
    """In their order, and the beginning of a line that has no end yet as well."""
    program, go = tmp_path / "program.py", tmp_path / "go"
    program.write_text(HEAD + LOGGING.format(go=str(go)))
    with subprocess.Popen(
        [sys.executable, program],
        env={**os.environ, "FLINKER_WORKER_START": start},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        out = b""
        while not out.endswith(b"begun") and (chunk := running.stdout.read1()):
            out += chunk
        go.touch()
        rest, err = running.communicate(timeout=60)
    assert err == b""
    *lines, last, result = (out + rest).decode().splitlines()
    assert result == "1"
    begun, pid = last.rsplit(" ", 1)
    assert begun == "begun, ended"
    expected = ["main"]
    for n in range(100):
        expected += f"printed {n}", f"DEBUG logged {n} talks 0 {pid}"
    assert lines == [*expected, f"ERROR {'x' * 50_000} talks 0 {pid}"]


def test_the_program_may_be_killed(tmp_path) -> None:
    """Spawned workers end with the program, however that ends."""
    program = tmp_path / "program.py"
    pids = tmp_path / "pids"
    program.write_text(
        HEAD + "def stay(i):\n    import pathlib, time\n"
        f"    pathlib.Path({str(pids)!r}).write_text(str(os.getpid()) + chr(10))\n"
        "    time.sleep(1000)\nnumbers.map(stay).print()\nenv.execute()\n"
    )
    environment = {**os.environ, "FLINKER_WORKER_START": "spawn"}
    running = subprocess.Popen(
        [sys.executable, program], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        pid = int(_await(lambda: pids.exists() and pids.read_text().strip()))
    finally:
        running.kill()
        running.wait()
    assert _await(lambda: not _is_running(pid))


def _await(condition, seconds: float = 60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


def _is_running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
