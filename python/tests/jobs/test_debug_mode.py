# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Functions that run in the program's own process, where a debugger can stop in them."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from importlib import import_module

import pytest

from pyflink.common import Configuration, Types
from pyflink.datastream import CoMapFunction, MapFunction, StreamExecutionEnvironment

LONG = Types.LONG()


def environment(debug: bool, parallelism: int = 1) -> StreamExecutionEnvironment:
    settings = Configuration().set_string("flinker.debug", str(debug).lower())
    env = StreamExecutionEnvironment.get_execution_environment(settings)
    env.set_parallelism(parallelism)
    return env


def place(_=None):
    return os.getpid(), threading.current_thread() is threading.main_thread()


def test_where_functions_run() -> None:
    mine, other = environment(True), environment(False)
    assert list(mine.from_collection([1]).map(place).execute_and_collect()) == [(os.getpid(), True)]
    ((pid, _),) = other.from_collection([1]).map(place).execute_and_collect()
    assert pid != os.getpid()


def chain(env):
    numbers = env.from_collection(list(range(5000)), LONG)
    return numbers.map(lambda i: i + 1, LONG).filter(lambda i: i % 3 == 0)


def several_sessions(env):
    pairs = Types.TUPLE([LONG, Types.STRING()])
    stream = env.from_collection(list(range(20000)), LONG).map(lambda i: (i, "x" * 50), pairs)
    stream = stream.rebalance().flat_map(lambda pair: [pair[0]] * 3, LONG)
    return stream.rebalance().map(lambda i: -i, LONG)


class Opened(MapFunction):
    def open(self, runtime_context):
        self.parallelism = runtime_context.get_number_of_parallel_subtasks()

    def map(self, value):
        return value, self.parallelism


def untyped(env):
    return env.from_collection([{"a": 1}, [2], None]).rebalance().map(Opened())


def huge_fan_out(env):
    stream = env.from_collection([1, 2], LONG).flat_map(
        lambda i: ("y" * 1000 for _ in range(20000))
    )
    return stream.rebalance().map(len, LONG)


class Sum(CoMapFunction):
    def map1(self, value):
        return value * 2

    def map2(self, value):
        return -value


def keyed_and_connected(env):
    numbers = env.from_collection(list(range(300)), LONG).map(lambda i: i + 1, LONG)
    keyed = numbers.key_by(lambda i: i % 7, LONG).map(lambda i: i * 10, LONG)
    return keyed.connect(numbers).map(Sum(), LONG)


@pytest.mark.parametrize(
    "job", [chain, several_sessions, untyped, huge_fan_out, keyed_and_connected]
)
@pytest.mark.parametrize("parallelism", [1, 3])
def test_the_same_results(job, parallelism) -> None:
    answers = [
        sorted(job(environment(debug, parallelism)).execute_and_collect(), key=repr)
        for debug in (True, False)
    ]
    assert answers[0] == answers[1]
    assert answers[0]


def test_an_error_has_its_type() -> None:
    class Odd(Exception):
        pass

    def fail(value):
        raise Odd(f"no {value}")

    env = environment(True)
    env.from_collection([7]).map(fail).name("the map").print()
    with pytest.raises(Odd, match="no 7") as error:
        env.execute()
    if sys.version_info >= (3, 11):
        assert "operator 'the map', subtask 1 of 1, record: 7" in error.value.__notes__[0]


def test_output_is_the_program_s_own(capsys) -> None:
    env = environment(True)
    env.from_collection([1, 2]).map(lambda i: print("in", i)).print()
    env.execute()
    assert sorted(capsys.readouterr().out.splitlines()) == ["None", "None", "in 1", "in 2"]


def test_logging_is_the_program_s_own(caplog, capfd) -> None:
    def talk(value):
        logger = logging.getLogger("tests.debugged")
        logger.debug("not wanted")
        logger.info("saw %d", value)
        # what a function changes, it changes for the program
        logger.setLevel(logging.DEBUG)
        logger.debug("wanted")
        return value

    env = environment(True)
    logger = logging.getLogger("tests.debugged")
    logger.setLevel(logging.INFO)
    try:
        list(env.from_collection([5]).map(talk).execute_and_collect())
        assert logger.level == logging.DEBUG
    finally:
        logger.setLevel(logging.NOTSET)
    assert [record.getMessage() for record in caplog.records] == ["saw 5", "wanted"]
    record = caplog.records[0]
    # it was never sent: those that were have their text only
    assert record.args == (5,)
    assert (record.process, record.threadName) == (os.getpid(), "MainThread")
    assert not hasattr(record, "operator")
    assert capfd.readouterr().out == ""


def test_a_job_that_is_waited_for_later(capsys) -> None:
    env = environment(True)
    env.from_collection([1, 2]).map(lambda i: print("in", i)).print()
    result = env.execute_async().get_job_execution_result()
    time.sleep(0.3)
    # nobody has waited yet
    assert capsys.readouterr().out == ""
    assert not result.done()
    result.result()
    assert sorted(capsys.readouterr().out.split("\n")) == ["", "None", "None", "in 1", "in 2"]


def test_a_job_restarts(capsys) -> None:
    env = environment(True)
    restart = Configuration()
    restart.set_string("restart-strategy.type", "fixed-delay")
    restart.set_string("restart-strategy.fixed-delay.attempts", "2")
    restart.set_string("restart-strategy.fixed-delay.delay", "10 ms")
    env.configure(restart)

    class FailsTwice(MapFunction):
        def open(self, runtime_context):
            self.attempt = runtime_context.get_attempt_number()

        def map(self, value):
            if self.attempt < 2:
                raise ValueError("not yet")
            return value

    env.from_collection([5], LONG).map(FailsTwice(), LONG).print()
    env.execute()
    assert capsys.readouterr().out == "5\n"


def test_two_threads_wait() -> None:
    """Each of them serves the functions of both, one at a time."""
    busy = threading.Lock()
    Busy.lock = busy
    answers: list[list] = [[], []]

    def run(answer: list) -> None:
        env = environment(True, 2)
        numbers = env.from_collection(list(range(100)), LONG).rebalance().map(Busy(), LONG)
        answer.extend(numbers.execute_and_collect())

    threads = [threading.Thread(target=run, args=(answer,)) for answer in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [sorted(answer) for answer in answers] == [list(range(100))] * 2


class Busy(MapFunction):
    lock: threading.Lock

    def map(self, value):
        assert Busy.lock.acquire(blocking=False)
        try:
            time.sleep(0.001)
            return value
        finally:
            Busy.lock.release()


@pytest.mark.parametrize("mode", ["process", "thread"])
def test_the_execution_modes_of_pyflink_are_no_debug_mode(mode) -> None:
    env = environment(False)
    env.configure(Configuration().set_string("python.execution-mode", mode))
    ((pid, _),) = env.from_collection([1]).map(place).execute_and_collect()
    assert pid != os.getpid()


def test_files_and_archives(tmp_path) -> None:
    (tmp_path / "ship_debugged.py").write_text("NAME = 'file'")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.txt").write_text("archive")
    env = environment(True)
    env.add_python_file(str(tmp_path / "ship_debugged.py"))
    env.add_python_archive(str(tmp_path / "data"), "d")

    def look(_):
        with open("d/a.txt") as file:
            return import_module("ship_debugged").NAME, file.read()

    before = os.getcwd(), list(sys.path)
    assert list(env.from_collection([1]).map(look).execute_and_collect()) == [("file", "archive")]
    assert before == (os.getcwd(), sys.path)


def test_a_wrong_setting() -> None:
    env = environment(True)
    env.configure(Configuration().set_string("flinker.debug", "perhaps"))
    env.from_collection([1]).print()
    with pytest.raises(ValueError, match="'flinker.debug' is 'perhaps'"):
        env.execute()


PROGRAM = """
from pyflink.datastream import StreamExecutionEnvironment
env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
def inspect(value):
    doubled = value * 2
    {stop}
    return doubled
env.from_collection([20, 30]).map(inspect).rebalance().map(lambda i: i + 1).print()
try:
    env.execute()
except KeyboardInterrupt:
    print("interrupted")
"""


def program(tmp_path, stop: str) -> list[str]:
    file = tmp_path / "program.py"
    file.write_text(PROGRAM.format(stop=stop))
    return [sys.executable, str(file)]


def debugged(tmp_path, commands: str) -> list[str]:
    done = subprocess.run(
        program(tmp_path, "breakpoint()"),
        input=commands,
        env={**os.environ, "FLINKER_DEBUG": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_a_debugger_stops_in_a_function(tmp_path) -> None:
    out = debugged(tmp_path, "p value, doubled\np __name__\nc\np value\nc\n")
    assert "(Pdb) (20, 40)" in out
    assert any(line.startswith("(Pdb) ") and line.endswith("30") for line in out)
    assert any("program.py" in line and line.endswith("inspect()") for line in out)
    assert [line.rpartition(" ")[2] for line in out if line.endswith(("41", "61"))] == ["41", "61"]


def test_leaving_the_debugger_ends_the_job(tmp_path) -> None:
    assert debugged(tmp_path, "q\n")[-1].endswith("interrupted")


def test_ctrl_c_in_a_function(tmp_path) -> None:
    running = subprocess.Popen(
        program(tmp_path, "print('here', flush=True); import time; time.sleep(1000)"),
        env={**os.environ, "FLINKER_DEBUG": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "here\n"
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert (out, err, running.returncode) == ("interrupted\n", "", 0)
