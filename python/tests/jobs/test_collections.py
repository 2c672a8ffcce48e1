# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The source behind from_collection."""

from __future__ import annotations

import gc
import time
from pathlib import Path

import pytest

from pyflink.common import Configuration, JobStatus, Types
from pyflink.datastream import DataStream, StreamExecutionEnvironment
from pyflink.java_gateway import get_gateway
from pyflink.util.exceptions import JavaError

RESTARTING = {
    "execution.checkpointing.interval": "20 ms",
    "restart-strategy.type": "fixed-delay",
    "restart-strategy.fixed-delay.attempts": "1",
    "restart-strategy.fixed-delay.delay": "0 s",
}


def environment(test_jar: Path, settings: dict[str, str]) -> StreamExecutionEnvironment:
    configuration = Configuration()
    for key, value in {**RESTARTING, **settings}.items():
        configuration.set_string(key, value)
    env = StreamExecutionEnvironment.get_execution_environment(configuration)
    env.set_parallelism(1)
    env.add_jars(test_jar.as_uri())
    return env


@pytest.fixture
def env(test_jar: Path) -> StreamExecutionEnvironment:
    return environment(test_jar, {})


def java_map(stream: DataStream, function, type_info) -> DataStream:
    j_stream = stream._j_data_stream.map(function, type_info.get_java_type_info())
    return DataStream(j_stream)


def test_after_a_failure_it_goes_on_where_the_checkpoint_was(env) -> None:
    values = [(number, "x" * 1000) for number in range(5000)]  # several batches
    pair = Types.TUPLE([Types.INT(), Types.STRING()])
    function = get_gateway().jvm.io.flinker.testing.FailsAfterCheckpoint()
    stream = java_map(env.from_collection(values, pair), function, pair)
    # what is collected comes with checkpoints, so exactly once
    assert list(stream.execute_and_collect()) == values


@pytest.mark.parametrize("scheduler", ["Default", "Adaptive"])
def test_a_job_keeps_its_values_when_nobody_else_does(scheduler, test_jar, tmp_path) -> None:
    # between two attempts there is time for a garbage collection
    env = environment(
        test_jar,
        {"jobmanager.scheduler": scheduler, "restart-strategy.fixed-delay.delay": "500 ms"},
    )
    gate = tmp_path / "gate"
    function = get_gateway().jvm.io.flinker.testing.WaitsForFile(str(gate))
    stream = java_map(env.from_collection(range(1000), Types.INT()), function, Types.INT())
    stream.print()
    client = env.execute_async()
    del stream, env
    # the first attempt fails when the file is there, so the values are read once more
    gate.touch()
    deadline = time.monotonic() + 30
    while not client.get_job_status().result().is_globally_terminal_state():
        assert time.monotonic() < deadline
        gc.collect()
        get_gateway().jvm.System.gc()
        time.sleep(0.05)
    assert client.get_job_status().result() == JobStatus.FINISHED


def test_a_stream_can_be_run_twice(env) -> None:
    stream = env.from_collection(range(10), Types.INT())
    assert list(stream.execute_and_collect()) == list(range(10))
    assert list(stream.execute_and_collect()) == list(range(10))


def test_it_has_one_subtask(env) -> None:
    env.set_parallelism(3)
    stream = env.from_collection(range(10), Types.INT())
    assert stream._j_data_stream.getParallelism() == 1
    with pytest.raises(JavaError, match="parallelism of non parallel operator must be 1"):
        stream.set_parallelism(2)


def test_nothing(env) -> None:
    assert list(env.from_collection([], Types.INT()).execute_and_collect()) == []


def test_many_megabytes(env) -> None:
    values = [bytes([number]) * 1_000_000 for number in range(60)]
    blob = Types.PRIMITIVE_ARRAY(Types.BYTE())
    count = sum(1 for _ in env.from_collection(values, blob).execute_and_collect())
    assert count == 60


def test_none_is_a_result_and_not_the_end(single) -> None:
    values = [None, "a", None, None, "b"]
    stream = single.from_collection(values, Types.STRING())
    assert list(stream.execute_and_collect()) == values
    assert list(stream.rebalance().map(lambda v: v, Types.STRING()).execute_and_collect()) == values
