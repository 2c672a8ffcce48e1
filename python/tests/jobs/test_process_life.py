# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The JVM lives exactly as long as its Python process, and neither disturbs others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

posix_only = pytest.mark.skipif(os.name == "nt", reason="POSIX signals and fork")

ENDLESS_JOB = """
    from pyflink.common import WatermarkStrategy
    from pyflink.datastream import StreamExecutionEnvironment
    from pyflink.datastream.connectors import NumberSequenceSource
    from pyflink.datastream.functions import SinkFunction

    DISCARD = "org.apache.flink.streaming.api.functions.sink.legacy.DiscardingSink"

    def endless(env):
        numbers = env.from_source(
            NumberSequenceSource(0, 2**62), WatermarkStrategy.no_watermarks(), "numbers")
        numbers.add_sink(SinkFunction(DISCARD))

    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(1)
"""


@contextmanager
def started(program: str, **kwargs) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", textwrap.dedent(program)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **kwargs,
    )
    with process:
        try:
            yield process
        finally:
            # one that hangs would have the test wait for it
            process.kill()


def run(program: str, **kwargs) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-u", "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        timeout=120,
        **kwargs,
    )


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def await_end(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while is_alive(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


JVM_PID = """
    import os
    from pyflink._gateway import java_class
    handle = java_class("java.lang.ProcessHandle").current()
    jvm_pid = handle.pid()
"""


def test_import_starts_no_jvm() -> None:
    answer = run(
        """
        import pyflink.common, pyflink.datastream, pyflink.datastream.connectors
        from pyflink._gateway import is_running
        print(is_running())
        """
    )
    assert answer.stdout.strip() == "False"


def test_a_good_run_prints_what_the_program_prints_and_nothing_else() -> None:
    answer = run(
        ENDLESS_JOB
        + """
    from pyflink.common import Types
    print("before")
    env.from_collection([1, 2], Types.INT()).print()
    env.execute()
    print("after")
    """
    )
    assert answer.stderr == ""
    assert answer.stdout == "before\n1\n2\nafter\n"
    assert answer.returncode == 0


@posix_only
def test_no_jvm_outlives_a_killed_python() -> None:
    program = (
        ENDLESS_JOB
        + JVM_PID
        + """
    endless(env)
    env.execute_async()
    directory = java_class("java.lang.System").getProperty("java.io.tmpdir")
    print(jvm_pid, directory)
    import time
    time.sleep(600)
    """
    )
    with started(program) as process:
        pid, directory = process.stdout.readline().split()
        assert is_alive(int(pid))
        process.kill()
    assert await_end(int(pid), 5)
    assert not Path(directory).exists()


@posix_only
def test_no_jvm_outlives_python_though_a_forked_child_holds_its_pipes() -> None:
    program = (
        JVM_PID
        + """
    import time
    child = os.fork()
    if child == 0:
        time.sleep(60)
        os._exit(0)
    print(jvm_pid, child, flush=True)
    time.sleep(600)
    """
    )
    with started(program) as process:
        jvm, child = map(int, process.stdout.readline().split())
        process.kill()
        process.wait()
        try:
            assert await_end(jvm, 5)
        finally:
            os.kill(child, signal.SIGKILL)


def test_no_jvm_outlives_a_python_that_ends_by_itself() -> None:
    answer = run(JVM_PID + "    print(jvm_pid)")
    assert answer.returncode == 0
    assert await_end(int(answer.stdout), 5)


@posix_only
@pytest.mark.parametrize("seconds", [0.1, 4])
def test_an_interrupt_cancels_the_job_and_raises_keyboard_interrupt(seconds) -> None:
    """However early: what is being submitted is cancelled as well."""
    program = (
        ENDLESS_JOB
        + """
    from pyflink.common import Types
    endless(env)
    print("running", flush=True)
    try:
        env.execute()
    except KeyboardInterrupt:
        print("interrupted")
    # the JVM goes on and has no job left
    from pyflink._gateway import get_gateway
    env.from_collection([7], Types.INT()).print()
    env.execute()
    """
    )
    with started(program) as process:
        assert process.stdout.readline() == "running\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
    assert output == "interrupted\n7\n"
    assert errors == ""
    assert process.returncode == 0


@posix_only
def test_a_forked_child_has_a_jvm_of_its_own() -> None:
    answer = run(
        JVM_PID
        + """
    import sys
    from pyflink._gateway import is_running
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        before = is_running()
        handle = java_class("java.lang.ProcessHandle").current()
        os.write(writer, f"{before} {handle.pid()}".encode())
        sys.exit(0)
    os.waitpid(child, 0)
    before, pid = os.read(reader, 100).decode().split()
    # the parent's JVM is as it was
    print(before, int(pid) != jvm_pid, java_class("java.lang.Math").abs(-3))
    """
    )
    assert answer.stderr == ""
    assert answer.stdout == "False True 3\n"


def test_two_programs_at_once_do_not_disturb_each_other() -> None:
    program = (
        ENDLESS_JOB
        + """
    from pyflink.common import Types
    for _ in range(3):
        env.from_collection([NAME] * 100, Types.STRING()).print()
        env.execute()
    """
    )
    one, two = (program.replace("NAME", repr(name)) for name in ("one", "two"))
    with started(one) as first, started(two) as second:
        assert first.communicate(timeout=120)[0] == "one\n" * 300
        assert second.communicate(timeout=120)[0] == "two\n" * 300


def test_a_jvm_that_dies_is_reported_and_replaced() -> None:
    answer = run(
        JVM_PID
        + """
    import signal, time
    from pyflink.util.exceptions import GatewayError
    math = java_class("java.lang.Math")
    os.kill(jvm_pid, signal.SIGTERM)
    try:
        while True:
            math.abs(-3)
            time.sleep(0.01)
    except GatewayError as e:
        print(e)
    print(java_class("java.lang.Math").abs(-3))
    """
    )
    assert answer.stderr == ""
    first, second = answer.stdout.splitlines()
    assert first.startswith("The JVM of this process is gone (")
    assert second == "3"
