# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What functions log, in the program's own loggers."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pyflink.common import Types
from pyflink.datastream import MapFunction

LOG = logging.getLogger("tests.functions")


class Collecting(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def messages(self) -> list[str]:
        return [f"{record.levelname} {record.getMessage()}" for record in self.records]


@pytest.fixture
def logged() -> Iterator[Collecting]:
    """What the logger of these tests is told; it takes everything."""
    handler = Collecting()
    LOG.addHandler(handler)
    LOG.setLevel(logging.DEBUG)
    yield handler
    LOG.removeHandler(handler)
    LOG.setLevel(logging.NOTSET)


def run(env, values: list[int], function: Callable[[Any], Any] | MapFunction) -> None:
    stream = env.from_collection(values, Types.INT()).map(function, Types.INT()).name("talks")
    list(stream.execute_and_collect())


def test_records_keep_their_levels_and_places(single, logged) -> None:
    def talk(value):
        logger = logging.getLogger("tests.functions")
        logger.debug("looked at %d", value)
        logger.error("%s of %s", "both", {"a": 1}, extra={"color": "red"})
        return value

    run(single, [5], talk)
    assert logged.messages() == ["DEBUG looked at 5", "ERROR both of {'a': 1}"]
    record: Any = logged.records[1]
    assert record.name == "tests.functions"
    assert (record.pathname, record.funcName) == (__file__, "talk")
    assert record.process != os.getpid()
    assert (record.operator, record.subtask, record.color) == ("talks", 0, "red")
    assert abs(record.created - time.time()) < 60


def test_exceptions_are_shown(single, logged) -> None:
    def fail(value):
        try:
            return 1 // value
        except ZeroDivisionError:
            logging.getLogger("tests.functions").exception("no inverse")
            return value

    run(single, [0], fail)
    text = logging.Formatter().format(logged.records[0])
    assert text.startswith("no inverse\nTraceback (most recent call last):\n")
    assert text.endswith("ZeroDivisionError: integer division or modulo by zero")


@pytest.mark.parametrize(
    ("level", "seen"),
    [(logging.INFO, ["INFO a", "WARNING b"]), (logging.WARNING, ["WARNING b"])],
)
def test_the_program_s_levels_count(single, logged, level, seen) -> None:
    def talk(value):
        logger = logging.getLogger("tests.functions.below")
        logger.info("a")
        logger.warning("b")
        if not logger.isEnabledFor(logging.INFO):
            # it is not even made
            assert logger.getEffectiveLevel() == logging.WARNING
        return value

    LOG.setLevel(level)
    run(single, [1], talk)
    assert logged.messages() == seen


def test_what_is_disabled_is_not_logged(single, logged) -> None:
    def talk(value):
        logging.getLogger("tests.functions").info("a")
        return value

    logging.disable(logging.INFO)
    try:
        run(single, [1], talk)
    finally:
        logging.disable(logging.NOTSET)
    run(single, [1], talk)
    assert logged.messages() == ["INFO a"]


def test_a_filter_of_the_program_counts(single, logged) -> None:
    def talk(value):
        logging.getLogger("tests.functions").info("value %d", value)
        return value

    def odd(record: logging.LogRecord) -> bool:
        return record.getMessage()[-1] in "13579"

    LOG.addFilter(odd)
    try:
        run(single, [1, 2, 3], talk)
    finally:
        LOG.removeFilter(odd)
    assert logged.messages() == ["INFO value 1", "INFO value 3"]


def test_a_long_record(single, logged) -> None:
    def talk(value):
        logging.getLogger("tests.functions").info("é" * 200_000)
        return value

    run(single, [1], talk)
    assert logged.records[0].getMessage() == "é" * 200_000


def test_odd_attributes(single, logged) -> None:
    def talk(value):
        extra = {"when": time, "many": {(1, 2): object}, "text": "\0\n\ud800"}
        logging.getLogger("tests.functions").info("first", extra=extra)
        extra["itself"] = extra
        logging.getLogger("tests.functions").info("nul \0 in it", extra=extra)
        return value

    run(single, [1], talk)
    assert logged.messages() == ["INFO first", "INFO nul \0 in it"]
    assert "module 'time'" in logged.records[0].when  # type: ignore[attr-defined]


def test_order_with_print(single, capsys) -> None:
    class ToOut(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            print(record.getMessage())

    def talk(value):
        for i in range(200):
            print("printed", i)
            logging.getLogger("tests.order").warning("logged %d", i)
        os.write(1, b"written\n")
        logging.getLogger("tests.order").warning("last")
        return value

    logger = logging.getLogger("tests.order")
    handler = ToOut()
    logger.addHandler(handler)
    logger.propagate = False
    try:
        run(single, [1], talk)
    finally:
        logger.removeHandler(handler)
    expected = [f"{what} {i}" for i in range(200) for what in ("printed", "logged")]
    assert capsys.readouterr().out.splitlines() == [*expected, "written", "last"]


def test_nothing_is_lost_when_a_worker_dies(single, logged) -> None:
    def die(value):
        logger = logging.getLogger("tests.functions")
        for i in range(100):
            logger.info("%d", i)
        os._exit(1)

    with pytest.raises(Exception, match="ended with exit code 1"):
        run(single, [1], die)
    assert logged.messages() == [f"INFO {i}" for i in range(100)]


def test_it_comes_as_it_happens(single, logged, tmp_path: Path) -> None:
    seen = tmp_path / "seen"

    def talk(value):
        logging.getLogger("tests.functions").info("now")
        deadline = time.monotonic() + 20
        while not seen.exists():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        return value

    single.from_collection([1], Types.INT()).map(talk).print()
    client = single.execute_async()
    deadline = time.monotonic() + 20
    while not logged.records and time.monotonic() < deadline:
        time.sleep(0.01)
    seen.touch()
    client.get_job_execution_result().result()
    assert logged.messages() == ["INFO now"]


class OwnLogging(MapFunction):
    def open(self, runtime_context) -> None:
        logging.basicConfig(level=logging.DEBUG, format="own %(levelname)s %(message)s")

    def map(self, value):
        logging.getLogger("tests.functions").debug("hello")
        return value


def test_a_function_s_own_configuration_counts(single, logged, capsys) -> None:
    run(single, [1], OwnLogging())
    assert logged.records == []
    assert capsys.readouterr().err == "own DEBUG hello\n"


def test_a_function_s_own_level_counts(single, logged) -> None:
    def talk(value):
        logger = logging.getLogger("tests.functions")
        logger.setLevel(logging.DEBUG)
        logger.addHandler(logging.NullHandler())
        logger.debug("verbose")
        return value

    LOG.setLevel(logging.ERROR)
    run(single, [1], talk)
    assert logged.messages() == ["DEBUG verbose"]


PROGRAM = """
import logging
from pyflink.common import Types
from pyflink.datastream import StreamExecutionEnvironment
{configuration}
log = logging.getLogger("mine")

def talk(value):
    log.info("looked at %s", value)
    log.warning("careful with %s", value)
    print("printed", value)
    return value

env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
list(env.from_collection([7], Types.INT()).map(talk, Types.INT()).execute_and_collect())
"""


PLACES = pytest.mark.parametrize(
    "place",
    [
        {"FLINKER_WORKER_START": "fork"},
        {"FLINKER_WORKER_START": "spawn"},
        {"FLINKER_DEBUG": "1"},
    ],
    ids=["fork", "spawn", "debug"],
)


@PLACES
@pytest.mark.parametrize(
    ("configuration", "error"),
    [
        ("", "careful with 7\n"),
        (
            "logging.basicConfig(level='INFO', format='%(levelname)s:%(name)s:%(message)s')",
            "INFO:mine:looked at 7\nWARNING:mine:careful with 7\n",
        ),
    ],
    ids=["nothing configured", "basicConfig"],
)
def test_a_script(tmp_path: Path, place: dict[str, str], configuration: str, error: str) -> None:
    program = PROGRAM.format(configuration=configuration)
    assert script(tmp_path, program, place) == ("printed 7\n", error)


def script(folder: Path, text: str, variables: dict[str, str]) -> tuple[str, str]:
    """What a program writes to standard output and to standard error."""
    program = folder / "program.py"
    program.write_text(text)
    answer = subprocess.run(
        [sys.executable, program],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=120,
    )
    return answer.stdout, answer.stderr


@PLACES
def test_the_module_s_own_functions(tmp_path: Path, place: dict[str, str]) -> None:
    """They configure logging where nobody has: not in a worker, where the program's counts."""
    configuration = "logging.basicConfig(level='INFO', format='%(levelname)s -> %(message)s')"
    program = PROGRAM.format(configuration=configuration).replace("log.", "logging.")
    expected = "INFO -> looked at 7\nWARNING -> careful with 7\n"
    assert script(tmp_path, program, place) == ("printed 7\n", expected)


def test_lines_are_not_torn(single, capsys) -> None:
    def shout(value):
        print(f"{value:05d} " + "x" * (value % 7 * 5000))
        return f"{value:05d} " + "y" * (value % 5 * 5000)

    single.set_parallelism(2)
    stream = single.from_collection(list(range(400)), Types.INT()).rebalance()
    stream.map(shout, Types.STRING()).print()
    single.execute()
    # the sink says its subtask
    lines = [line.rpartition("> ")[2] for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == 800
    assert all(set(line.rpartition(" ")[2]) in ({"x"}, {"y"}, set()) for line in lines)
    assert sorted(line[:5] for line in lines) == sorted(2 * [f"{i:05d}" for i in range(400)])
