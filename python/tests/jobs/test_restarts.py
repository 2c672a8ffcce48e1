# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Failures that a job survives are logged, the one that ends it is raised."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from pyflink.common import Configuration, Types
from pyflink.datastream import StreamExecutionEnvironment


@pytest.fixture
def env(single) -> StreamExecutionEnvironment:
    """An environment whose jobs are restarted twice."""
    settings = Configuration()
    settings.set_string("restart-strategy.type", "fixed-delay")
    settings.set_string("restart-strategy.fixed-delay.attempts", "2")
    settings.set_string("restart-strategy.fixed-delay.delay", "20 ms")
    single.configure(settings)
    return single


def warnings_in(caplog) -> list[str]:
    return [
        r.getMessage() for r in caplog.records if (r.name, r.levelname) == ("pyflink", "WARNING")
    ]


def test_failures_that_are_survived(env, tmp_path: Path, caplog) -> None:
    log = tmp_path / "log"

    def fail_twice(value):
        with log.open("a") as file:
            file.write("x")
        if len(log.read_text()) < 3:
            raise ValueError(f"no {value}")
        return value

    env.from_collection([5], Types.INT()).map(fail_twice).name("fails").print()
    env.execute("stubborn")
    first, second = warnings_in(caplog)
    head = "The job 'stubborn' has failed and starts again in 20 ms (restart {} of 2). "
    assert first.startswith(
        head.format(1) + "In the Python function of operator 'fails', subtask 1 of 1, record 5:\n"
        "Traceback (most recent call last):\n"
        f'  File "{__file__}", line '
    )
    assert first.endswith(', in fail_twice\n    raise ValueError(f"no {value}")\nValueError: no 5')
    assert second.startswith(head.format(2))
    assert "java" not in first


def test_the_last_failure_is_raised_and_not_logged(env, caplog) -> None:
    env.from_collection([0], Types.INT()).map(lambda i: 1 // i).print()
    with pytest.raises(ZeroDivisionError):
        env.execute()
    assert len(warnings_in(caplog)) == 2


def test_a_dead_worker(env, tmp_path: Path, caplog) -> None:
    flag = tmp_path / "flag"

    def die_once(value):
        if not flag.exists():
            flag.touch()
            os._exit(7)
        return value

    env.from_collection([5], Types.INT()).map(die_once, Types.INT()).name("dies").print()
    env.execute()
    (warning,) = warnings_in(caplog)
    assert warning.endswith(
        "(restart 1 of 2). The Python worker of operator 'dies', subtask 1 of 1 ended with exit "
        "code 7."
    )


def test_a_strategy_that_waits_longer_each_time(single, tmp_path: Path, caplog) -> None:
    settings = Configuration()
    settings.set_string("restart-strategy.type", "exponential-delay")
    settings.set_string("restart-strategy.exponential-delay.initial-backoff", "10 ms")
    settings.set_string("restart-strategy.exponential-delay.jitter-factor", "0")
    settings.set_string("restart-strategy.exponential-delay.backoff-multiplier", "3")
    single.configure(settings)
    log = tmp_path / "log"

    def fail_twice(value):
        with log.open("a") as file:
            file.write("x")
        if len(log.read_text()) < 3:
            raise ValueError
        return value

    single.from_collection([5], Types.INT()).map(fail_twice).print()
    single.execute("patient")
    assert [text.partition(". ")[0] for text in warnings_in(caplog)] == [
        "The job 'patient' has failed and starts again in about 10 ms (restart 1)",
        "The job 'patient' has failed and starts again in about 30 ms (restart 2)",
    ]


def test_a_job_without_restarts_logs_nothing(single, caplog) -> None:
    single.from_collection([0], Types.INT()).map(lambda i: 1 // i).print()
    with pytest.raises(ZeroDivisionError):
        single.execute()
    assert warnings_in(caplog) == []


def test_the_program_s_level_counts(env, caplog) -> None:
    env.from_collection([0], Types.INT()).map(lambda i: 1 // i).print()
    with caplog.at_level(logging.ERROR, "pyflink"), pytest.raises(ZeroDivisionError):
        env.execute()
    assert warnings_in(caplog) == []


def test_it_is_short(env, caplog) -> None:
    env.from_collection([0], Types.INT()).map(lambda i: 1 // i).print()
    with pytest.raises(ZeroDivisionError):
        env.execute()
    # what happened, and a traceback
    assert [len(text.splitlines()) <= 7 for text in warnings_in(caplog)] == [True, True]
