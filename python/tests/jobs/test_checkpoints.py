# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Jobs with the state backends and checkpoint storages that their programs have chosen."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pyflink.common import JobStatus, RestartStrategies, Types
from pyflink.datastream import (
    CustomCheckpointStorage,
    CustomStateBackend,
    EmbeddedRocksDBStateBackend,
    ExternalizedCheckpointRetention,
    FileSystemCheckpointStorage,
    FsStateBackend,
    HashMapStateBackend,
    MemoryStateBackend,
    RocksDBStateBackend,
    SourceFunction,
    StreamExecutionEnvironment,
)
from pyflink.util.exceptions import JavaError

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def env(test_jar: Path) -> StreamExecutionEnvironment:
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(1)
    env.add_jars(test_jar.as_uri())
    env.enable_checkpointing(50)
    env.get_checkpoint_config().set_externalized_checkpoint_retention(
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION
    )
    source = SourceFunction("io.flinker.testing.EndlessNumbers")
    env.add_source(source, type_info=Types.LONG()).print()
    return env


def run_until_checkpointed(env: StreamExecutionEnvironment, folder: Path) -> None:
    client = env.execute_async()
    deadline = time.monotonic() + 20
    while not list(folder.glob("*/chk-*/_metadata")):
        assert client.get_job_status().result() not in (JobStatus.FAILED, JobStatus.RESTARTING)
        assert time.monotonic() < deadline
        time.sleep(0.05)
    client.cancel().result()


@pytest.mark.parametrize(
    "backend",
    [
        lambda folder: FsStateBackend(folder),
        lambda folder: RocksDBStateBackend(folder, True),
        lambda folder: MemoryStateBackend(folder, max_state_size=100_000),
    ],
)
def test_backends_of_flink_1_say_where_checkpoints_go(env, tmp_path: Path, backend) -> None:
    env.set_state_backend(backend(tmp_path.as_uri()))
    run_until_checkpointed(env, tmp_path)


@pytest.mark.parametrize(
    "backend",
    [
        HashMapStateBackend,
        EmbeddedRocksDBStateBackend,
        lambda: CustomStateBackend(EmbeddedRocksDBStateBackend()._j_state_backend),
    ],
)
@pytest.mark.parametrize(
    "storage",
    [
        lambda folder: FileSystemCheckpointStorage(folder),
        lambda folder: CustomCheckpointStorage(
            FileSystemCheckpointStorage(folder)._j_checkpoint_storage
        ),
    ],
)
def test_backends_and_storages(env, tmp_path: Path, backend, storage) -> None:
    env.set_state_backend(backend())
    env.get_checkpoint_config().set_checkpoint_storage(storage(tmp_path.as_uri()))
    run_until_checkpointed(env, tmp_path)


def test_a_folder(env, tmp_path: Path) -> None:
    env.get_checkpoint_config().set_checkpoint_storage_dir(tmp_path.as_uri())
    run_until_checkpointed(env, tmp_path)


def test_what_is_no_state_backend_is_refused(env) -> None:
    no_backend = FileSystemCheckpointStorage("file:///tmp/c")._j_checkpoint_storage
    env.set_state_backend(CustomStateBackend(no_backend.getCheckpointPath()))
    env.get_config().set_restart_strategy(RestartStrategies.no_restart())
    with pytest.raises(JavaError) as failure:
        env.execute()
    assert "holds no StateBackend" in failure.value.java_trace
