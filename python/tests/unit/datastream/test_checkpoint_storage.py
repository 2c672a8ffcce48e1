# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Where checkpoints are kept, and the settings that say so."""

from __future__ import annotations

import pytest

from pyflink.datastream import (
    CheckpointStorage,
    CustomCheckpointStorage,
    FileSystemCheckpointStorage,
    JobManagerCheckpointStorage,
)
from pyflink.util.exceptions import JavaError


def test_in_the_job_manager() -> None:
    storage = JobManagerCheckpointStorage()
    assert storage.get_max_state_size() == JobManagerCheckpointStorage.DEFAULT_MAX_STATE_SIZE
    assert storage.get_checkpoint_path() is None
    assert storage.get_savepoint_path() is None
    assert str(storage).startswith("JobManagerCheckpointStorage")
    assert storage._to_configuration() == {"execution.checkpointing.storage": "jobmanager"}


def test_in_the_job_manager_with_a_folder() -> None:
    storage = JobManagerCheckpointStorage("file:///tmp/c")
    assert storage.get_checkpoint_path() == "file:/tmp/c"
    assert storage._to_configuration() == {
        "execution.checkpointing.storage": "jobmanager",
        "execution.checkpointing.dir": "file:/tmp/c",
    }


def test_a_size_travels_as_an_object() -> None:
    storage = JobManagerCheckpointStorage(max_state_size=100)
    assert storage.get_max_state_size() == 100
    settings = storage._to_configuration()
    factory = settings["execution.checkpointing.storage"]
    assert factory == "io.flinker.config.GivenCheckpointStorageFactory"
    assert len(settings) == 2


def test_in_files() -> None:
    storage = FileSystemCheckpointStorage("file:///tmp/c")
    assert storage.get_checkpoint_path() == "file:/tmp/c"
    assert storage.get_savepoint_path() is None
    assert storage.get_min_file_size_threshold() == 20 * 1024
    assert storage.get_write_buffer_size() == 4096
    assert storage._to_configuration() == {
        "execution.checkpointing.storage": "filesystem",
        "execution.checkpointing.dir": "file:///tmp/c",
    }


def test_in_files_of_another_size() -> None:
    storage = FileSystemCheckpointStorage(
        "file:///tmp/c", file_state_size_threshold=10, write_buffer_size=20_000
    )
    assert storage.get_min_file_size_threshold() == 10
    assert storage.get_write_buffer_size() == 20_000
    settings = storage._to_configuration()
    assert settings["execution.checkpointing.data-inline-threshold"] == "10 bytes"
    assert settings["execution.checkpointing.write-buffer-size"] == "20000"


def test_files_need_a_folder() -> None:
    with pytest.raises(ValueError, match="needs a checkpoint_path"):
        FileSystemCheckpointStorage()


def test_a_threshold_that_is_too_large() -> None:
    too_large = FileSystemCheckpointStorage.MAX_FILE_STATE_THRESHOLD + 1
    with pytest.raises(JavaError, match="threshold for file state size must be in"):
        FileSystemCheckpointStorage("file:///tmp/c", too_large)


def test_java_objects_are_wrapped() -> None:
    j_storage = FileSystemCheckpointStorage("file:///tmp/c")._j_checkpoint_storage
    wrapped = FileSystemCheckpointStorage(j_filesystem_checkpoint_storage=j_storage)
    assert wrapped.get_checkpoint_path() == "file:/tmp/c"
    assert isinstance(CustomCheckpointStorage(j_storage), CheckpointStorage)
    for storage in (wrapped, CustomCheckpointStorage(j_storage)):
        factory = storage._to_configuration()["execution.checkpointing.storage"]
        assert factory == "io.flinker.config.GivenCheckpointStorageFactory"
