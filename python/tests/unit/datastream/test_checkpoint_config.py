# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The settings of checkpoints."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pyflink.common import Duration
from pyflink.datastream import (
    CheckpointConfig,
    CheckpointingMode,
    CheckpointStorage,
    CustomCheckpointStorage,
    ExternalizedCheckpointCleanup,
    ExternalizedCheckpointRetention,
    FileSystemCheckpointStorage,
    JobManagerCheckpointStorage,
)
from pyflink.java_gateway import get_gateway
from pyflink.util.exceptions import JavaError


@pytest.fixture
def config() -> CheckpointConfig:
    package = get_gateway().jvm.org.apache.flink.streaming.api.environment
    return CheckpointConfig(package.CheckpointConfig())


@pytest.mark.parametrize(
    ("setting", "default", "value"),
    [
        ("checkpoint_interval", -1, 100),
        ("checkpoint_timeout", CheckpointConfig.DEFAULT_TIMEOUT, 30),
        (
            "min_pause_between_checkpoints",
            CheckpointConfig.DEFAULT_MIN_PAUSE_BETWEEN_CHECKPOINTS,
            9,
        ),
        ("max_concurrent_checkpoints", CheckpointConfig.DEFAULT_MAX_CONCURRENT_CHECKPOINTS, 2),
        ("tolerable_checkpoint_failure_number", 0, 3),
        ("aligned_checkpoint_timeout", Duration.of_seconds(0), Duration.of_millis(1500)),
        (
            "externalized_checkpoint_retention",
            ExternalizedCheckpointRetention.NO_EXTERNALIZED_CHECKPOINTS,
            ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION,
        ),
    ],
)
def test_values(config: CheckpointConfig, setting: str, default: object, value: object) -> None:
    assert getattr(config, f"get_{setting}")() == default
    assert getattr(config, f"set_{setting}")(value) is config
    assert getattr(config, f"get_{setting}")() == value


def test_the_mode(config: CheckpointConfig) -> None:
    assert not config.is_checkpointing_enabled()
    config.set_checkpoint_interval(100)
    assert config.is_checkpointing_enabled()
    assert config.get_checkpointing_mode() is CheckpointConfig.DEFAULT_MODE
    config.set_checkpointing_mode(CheckpointingMode.AT_LEAST_ONCE)
    assert config.get_checkpointing_mode() is CheckpointingMode.AT_LEAST_ONCE
    assert config.get_checkpointing_consistency_mode() is CheckpointingMode.AT_LEAST_ONCE


def test_a_timeout_that_is_too_short(config: CheckpointConfig) -> None:
    with pytest.raises(JavaError, match="must be larger than or equal to 10 ms"):
        config.set_checkpoint_timeout(3)


def test_failures(config: CheckpointConfig) -> None:
    assert config.is_fail_on_checkpointing_errors()
    config.set_fail_on_checkpointing_errors(False)
    assert not config.is_fail_on_checkpointing_errors()
    assert config.get_tolerable_checkpoint_failure_number() == 2**31 - 1
    config.set_fail_on_checkpointing_errors(True)
    assert config.get_tolerable_checkpoint_failure_number() == 0


def test_unaligned_checkpoints(config: CheckpointConfig) -> None:
    config.set_checkpoint_interval(100)
    assert config.enable_unaligned_checkpoints().is_unaligned_checkpoints_enabled()
    assert not config.disable_unaligned_checkpoints().is_unaligned_checkpoints_enabled()
    assert not config.is_force_unaligned_checkpoints()
    assert config.set_force_unaligned_checkpoints().is_force_unaligned_checkpoints()
    assert not config.set_force_unaligned_checkpoints(False).is_force_unaligned_checkpoints()


def test_alignment_as_it_was_called(config: CheckpointConfig) -> None:
    with pytest.deprecated_call(match="Use set_aligned_checkpoint_timeout"):
        config.set_alignment_timeout(timedelta(seconds=3))
    with pytest.deprecated_call(match="Use get_aligned_checkpoint_timeout"):
        assert config.get_alignment_timeout() == Duration.of_seconds(3)


@pytest.mark.parametrize(
    "method", ["enable_externalized_checkpoints", "set_externalized_checkpoint_cleanup"]
)
def test_cleanup_as_it_was_called(config: CheckpointConfig, method: str) -> None:
    with pytest.deprecated_call(match="Use set_externalized_checkpoint_retention"):
        getattr(config, method)(ExternalizedCheckpointCleanup.DELETE_ON_CANCELLATION)
    assert config.is_externalized_checkpoints_enabled()
    retention = config.get_externalized_checkpoint_retention()
    assert retention is ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION
    with pytest.deprecated_call(match="Use get_externalized_checkpoint_retention"):
        cleanup = config.get_externalized_checkpoint_cleanup()
    assert cleanup is ExternalizedCheckpointCleanup.DELETE_ON_CANCELLATION


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_preference_is_kept(config: CheckpointConfig) -> None:
    assert config.is_prefer_checkpoint_for_recovery() is False
    config.set_prefer_checkpoint_for_recovery(True)
    assert config.is_prefer_checkpoint_for_recovery() is True


def described(storage: CheckpointStorage | None) -> object:
    if isinstance(storage, FileSystemCheckpointStorage):
        return storage.get_checkpoint_path(), storage.get_min_file_size_threshold()
    if isinstance(storage, JobManagerCheckpointStorage):
        return storage.get_checkpoint_path(), storage.get_max_state_size()
    return storage


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("make", "description"),
    [
        (lambda: FileSystemCheckpointStorage("file:///tmp/c"), ("file:/tmp/c", 20_480)),
        (lambda: FileSystemCheckpointStorage("file:///tmp/c", 1), ("file:/tmp/c", 1)),
        (lambda: JobManagerCheckpointStorage(), (None, 5 * 1024 * 1024)),
        (lambda: JobManagerCheckpointStorage("file:///tmp/c", 7), ("file:/tmp/c", 7)),
    ],
)
def test_the_storage_that_is_set_is_got(config, make, description) -> None:
    assert config.get_checkpoint_storage() is None
    # what another one has set does not stay behind
    config.set_checkpoint_storage(FileSystemCheckpointStorage("file:///tmp/other", 5, 6))
    config.set_checkpoint_storage(make())
    assert described(config.get_checkpoint_storage()) == description


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_storage_of_one_s_own(config: CheckpointConfig) -> None:
    package = get_gateway().jvm.org.apache.flink.runtime.state.storage
    j_storage = package.FileSystemCheckpointStorage("file:///tmp/own")
    config.set_checkpoint_storage(CustomCheckpointStorage(j_storage))
    storage = config.get_checkpoint_storage()
    assert isinstance(storage, FileSystemCheckpointStorage)
    assert storage.get_checkpoint_path() == "file:/tmp/own"


def test_a_folder(config: CheckpointConfig) -> None:
    with pytest.deprecated_call(match=r"execution\.checkpointing\.dir"):
        assert config.set_checkpoint_storage_dir("file:///tmp/folder") is config
    j_settings = config._j_checkpoint_config.toConfiguration().toMap()
    assert dict(j_settings) == {
        "execution.checkpointing.storage": "filesystem",
        "execution.checkpointing.dir": "file:///tmp/folder",
    }
