# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Running jobs: results, failures, restarts, cancellation, plans."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from py4j.protocol import Py4JJavaError

from pyflink.common import Configuration, JobStatus, RestartStrategies, Types
from pyflink.datastream import SourceFunction, StreamExecutionEnvironment
from pyflink.util.exceptions import JavaError, JobCancelledError


@pytest.fixture
def env(test_jar: Path) -> StreamExecutionEnvironment:
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(1)
    env.add_jars(test_jar.as_uri())
    return env


def fails_at_first(env: StreamExecutionEnvironment):
    return env.add_source(SourceFunction("io.flinker.testing.FailsAtFirst"), type_info=Types.LONG())


def test_execute_returns_the_job_s_result(env: StreamExecutionEnvironment, capfd) -> None:
    env.from_collection([1, 2], Types.INT()).print()
    result = env.execute("two numbers")
    assert result.get_net_runtime() >= 0
    assert len(str(result.get_job_id())) == 32
    assert result.get_all_accumulator_results() == {}


def test_print_reaches_the_program_s_own_stdout(env, capsys) -> None:
    env.from_collection([1, 2], Types.INT()).print("tag")
    env.execute()
    assert capsys.readouterr().out == "tag> 1\ntag> 2\n"


def test_print_names_the_subtask(env, capsys) -> None:
    numbers = env.from_collection([1, 2], Types.INT())
    numbers.rebalance().print().set_parallelism(2)
    env.execute()
    assert sorted(capsys.readouterr().out.split("\n"))[1:] in (["1> 1", "2> 2"], ["1> 2", "2> 1"])


def test_a_failing_job_raises_what_started_it(env: StreamExecutionEnvironment) -> None:
    fails_at_first(env).print()
    with pytest.raises(JavaError) as failure:
        env.execute()
    assert str(failure.value) == "IllegalStateException: the first attempt fails on purpose"
    assert isinstance(failure.value, Py4JJavaError)
    assert failure.value.java_class_name == "java.lang.IllegalStateException"
    assert "JobExecutionException: Job execution failed" in failure.value.java_trace


def restarting_in_1_x_form(env: StreamExecutionEnvironment) -> None:
    with pytest.deprecated_call():
        env.set_restart_strategy(RestartStrategies.fixed_delay_restart(1, 0))


def restarting_in_2_x_form(env: StreamExecutionEnvironment) -> None:
    settings = Configuration()
    settings.set_string("restart-strategy.type", "fixed-delay")
    settings.set_integer("restart-strategy.fixed-delay.attempts", 1)
    settings.set_string("restart-strategy.fixed-delay.delay", "0 s")
    env.configure(settings)


@pytest.mark.parametrize("restarting", [restarting_in_1_x_form, restarting_in_2_x_form])
def test_a_job_that_fails_once_is_restarted(env, restarting) -> None:
    restarting(env)
    results = fails_at_first(env).execute_and_collect()
    assert list(results) == [0, 1, 2, 3, 4]


def test_execute_async_gives_a_client(env: StreamExecutionEnvironment) -> None:
    endless = env.add_source(
        SourceFunction("io.flinker.testing.EndlessNumbers"), type_info=Types.LONG()
    )
    endless.print()
    client = env.execute_async("endless")
    deadline = time.monotonic() + 20
    while client.get_job_status().result() != JobStatus.RUNNING:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    result = client.get_job_execution_result()
    assert not result.done()
    client.cancel().result()
    with pytest.raises(JobCancelledError):
        result.result()
    assert client.get_job_status().result() == JobStatus.CANCELED


def test_a_savepoint_of_a_running_job(env, tmp_path: Path, capsys) -> None:
    env.enable_checkpointing(100)
    env.add_source(
        SourceFunction("io.flinker.testing.EndlessNumbers"), type_info=Types.LONG()
    ).print()
    client = env.execute_async()
    deadline = time.monotonic() + 20
    # the job is RUNNING before its tasks are, and only those can take a savepoint
    while not capsys.readouterr().out:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    path = client.stop_with_savepoint(False, tmp_path.as_uri()).result()
    assert path.startswith("file:")
    assert (tmp_path / Path(path).name / "_metadata").is_file()
    assert client.get_job_status().result() == JobStatus.FINISHED


def test_two_jobs_run_side_by_side(env: StreamExecutionEnvironment) -> None:
    first = env.from_collection(range(100), Types.INT()).execute_and_collect("first")
    second = env.from_collection(range(100), Types.INT()).execute_and_collect("second")
    assert list(first) == list(second) == list(range(100))


def test_more_slots_than_the_cluster_has(env: StreamExecutionEnvironment) -> None:
    env.set_parallelism(11)
    numbers = env.from_collection(range(1000), Types.INT())
    results = numbers.rebalance().union(numbers.shuffle()).execute_and_collect()
    assert sorted(results) == sorted(list(range(1000)) * 2)


def test_several_execute_calls_in_one_program(env, capsys) -> None:
    for number in range(3):
        env.from_collection([number], Types.INT()).print()
        env.execute()
    assert capsys.readouterr().out == "0\n1\n2\n"


def test_nothing_to_execute(env: StreamExecutionEnvironment) -> None:
    with pytest.raises(JavaError, match="No operators defined in streaming topology"):
        env.execute()


def test_the_plan_names_the_operators(env: StreamExecutionEnvironment) -> None:
    env.from_collection([1], Types.INT()).name("numbers").print().name("screen")
    plan = json.loads(env.get_execution_plan())
    assert [node["type"] for node in plan["nodes"]] == ["Source: numbers", "Sink: screen"]


def test_an_unknown_class_is_named(env: StreamExecutionEnvironment) -> None:
    with pytest.raises(TypeError, match=r"no Java class 'a\.b\.C' on the class path.*add_jars"):
        SourceFunction("a.b.C")


def test_a_jar_that_is_not_there_is_named(env: StreamExecutionEnvironment) -> None:
    with pytest.raises(FileNotFoundError, match="There is no jar at /no/such.jar"):
        env.add_jars("/no/such.jar")
