# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""State backends, today's and Flink 1's, and the settings that they stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from pyflink.datastream import (
    CustomStateBackend,
    EmbeddedRocksDBStateBackend,
    FsStateBackend,
    HashMapStateBackend,
    MemoryStateBackend,
    PredefinedOptions,
    RocksDBStateBackend,
)
from pyflink.util.exceptions import JavaClassNotFoundError, JavaError
from pyflink.util.java_utils import add_jars_to_context_class_loader

OPTIONS_FACTORY = "io.flinker.testing.UnchangedRocksDbOptions"


@pytest.fixture(autouse=True)
def options_factory(test_jar: Path) -> None:
    add_jars_to_context_class_loader([test_jar.as_uri()])


def test_on_the_heap() -> None:
    backend = HashMapStateBackend()
    assert "HashMapStateBackend" in str(backend)
    assert backend._to_configuration() == {"state.backend.type": "hashmap"}
    assert HashMapStateBackend(backend._j_state_backend)._j_state_backend is (
        backend._j_state_backend
    )


def test_rocksdb_leaves_open_what_is_not_said() -> None:
    backend = EmbeddedRocksDBStateBackend()
    assert not backend.is_incremental_checkpoints_enabled()
    assert backend.get_db_storage_paths() == []
    assert backend.get_predefined_options() is PredefinedOptions.DEFAULT
    assert backend.get_options() is None
    assert backend.get_number_of_transfer_threads() == 4
    assert str(backend).startswith("EmbeddedRocksDBStateBackend{")
    assert backend._to_configuration() == {"state.backend.type": "rocksdb"}


def test_rocksdb_with_all_that_can_be_said() -> None:
    backend = EmbeddedRocksDBStateBackend(True)
    backend.set_db_storage_paths("/tmp/a", "/tmp/b")
    backend.set_predefined_options(PredefinedOptions.FLASH_SSD_OPTIMIZED)
    backend.set_options(OPTIONS_FACTORY)
    backend.set_number_of_transfer_threads(8)
    assert backend.is_incremental_checkpoints_enabled()
    assert backend.get_db_storage_paths() == ["/tmp/a", "/tmp/b"]
    assert backend.get_predefined_options() is PredefinedOptions.FLASH_SSD_OPTIMIZED
    assert backend.get_options() == OPTIONS_FACTORY
    assert backend.get_number_of_transfer_threads() == 8
    assert backend._to_configuration() == {
        "state.backend.type": "rocksdb",
        "execution.checkpointing.incremental": "true",
        "state.backend.rocksdb.localdir": "/tmp/a,/tmp/b",
        "state.backend.rocksdb.predefined-options": "FLASH_SSD_OPTIMIZED",
        "state.backend.rocksdb.options-factory": OPTIONS_FACTORY,
        "state.backend.rocksdb.checkpoint.transfer.thread.num": "8",
    }
    backend.set_db_storage_paths()
    assert backend.get_db_storage_paths() == []
    assert "state.backend.rocksdb.localdir" not in backend._to_configuration()


def test_rocksdb_refuses() -> None:
    backend = EmbeddedRocksDBStateBackend(False)
    with pytest.raises(JavaError, match="Relative paths are not supported"):
        backend.set_db_storage_paths("relative")
    with pytest.raises(JavaClassNotFoundError, match=r"'no\.such\.Factory'"):
        backend.set_options("no.such.Factory")
    with pytest.raises(TypeError, match=r"java\.util\.ArrayList does not implement .*Factory"):
        backend.set_options("java.util.ArrayList")
    with pytest.raises(JavaError, match="should be greater than zero"):
        backend.set_number_of_transfer_threads(0)
    assert backend._to_configuration() == {
        "state.backend.type": "rocksdb",
        "execution.checkpointing.incremental": "false",
    }


def test_java_objects_travel_as_they_are() -> None:
    j_backend = EmbeddedRocksDBStateBackend(True)._j_state_backend
    wrapped = EmbeddedRocksDBStateBackend(j_embedded_rocks_db_state_backend=j_backend)
    wrapped.set_number_of_transfer_threads(2)
    for backend in (wrapped, CustomStateBackend(j_backend)):
        settings = backend._to_configuration()
        assert settings["state.backend.type"] == "io.flinker.config.GivenStateBackendFactory"
        assert len(settings) == 2


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
class TestFlink1:
    def test_memory(self) -> None:
        backend = MemoryStateBackend()
        assert backend.get_max_state_size() == MemoryStateBackend.DEFAULT_MAX_STATE_SIZE
        assert backend.is_using_asynchronous_snapshots()
        assert str(backend) == (
            "MemoryStateBackend (data in heap memory / checkpoints to JobManager) "
            "(checkpoints: 'null', savepoints: 'null', asynchronous: TRUE, maxStateSize: 5242880)"
        )
        assert backend._to_configuration() == {
            "state.backend.type": "hashmap",
            "execution.checkpointing.storage": "jobmanager",
        }

    def test_memory_with_all_that_can_be_said(self) -> None:
        backend = MemoryStateBackend("file:///tmp/c", "file:///tmp/s", 100, False)
        assert backend.get_max_state_size() == 100
        assert not backend.is_using_asynchronous_snapshots()
        settings = backend._to_configuration()
        assert settings["state.backend.type"] == "hashmap"
        assert settings["execution.checkpointing.savepoint-dir"] == "file:///tmp/s"

    def test_files(self) -> None:
        backend = FsStateBackend("file:///tmp/c", "file:///tmp/s", 10, 20_000, False)
        assert backend.get_checkpoint_path() == "file:/tmp/c"
        assert backend.get_min_file_size_threshold() == 10
        assert backend.get_write_buffer_size() == 20_000
        assert not backend.is_using_asynchronous_snapshots()
        assert backend._to_configuration() == {
            "state.backend.type": "hashmap",
            "execution.checkpointing.storage": "filesystem",
            "execution.checkpointing.dir": "file:///tmp/c",
            "execution.checkpointing.data-inline-threshold": "10 bytes",
            "execution.checkpointing.write-buffer-size": "20000",
            "execution.checkpointing.savepoint-dir": "file:///tmp/s",
        }
        with pytest.raises(ValueError, match="needs a checkpoint_directory_uri"):
            FsStateBackend()

    def test_rocksdb(self) -> None:
        backend = RocksDBStateBackend("file:///tmp/c", True)
        backend.set_db_storage_paths("/tmp/a")
        backend.set_predefined_options(PredefinedOptions.SPINNING_DISK_OPTIMIZED)
        backend.set_options(OPTIONS_FACTORY)
        backend.set_number_of_transfering_threads(3)
        assert backend.is_incremental_checkpoints_enabled()
        assert backend.get_db_storage_paths() == ["/tmp/a"]
        assert backend.get_predefined_options() is PredefinedOptions.SPINNING_DISK_OPTIMIZED
        assert backend.get_options() == OPTIONS_FACTORY
        assert backend.get_number_of_transfering_threads() == 3
        assert isinstance(backend.get_checkpoint_backend(), FsStateBackend)
        assert str(backend).startswith("RocksDBStateBackend{checkpointStreamBackend=")
        assert backend._to_configuration() == {
            "state.backend.type": "rocksdb",
            "execution.checkpointing.storage": "filesystem",
            "execution.checkpointing.dir": "file:///tmp/c",
            "execution.checkpointing.incremental": "true",
            "state.backend.rocksdb.localdir": "/tmp/a",
            "state.backend.rocksdb.predefined-options": "SPINNING_DISK_OPTIMIZED",
            "state.backend.rocksdb.options-factory": OPTIONS_FACTORY,
            "state.backend.rocksdb.checkpoint.transfer.thread.num": "3",
        }

    def test_rocksdb_with_checkpoints_elsewhere(self) -> None:
        memory = MemoryStateBackend()
        backend = RocksDBStateBackend(checkpoint_stream_backend=memory)
        assert backend.get_checkpoint_backend() is memory
        assert backend._to_configuration() == {
            "state.backend.type": "rocksdb",
            "execution.checkpointing.storage": "jobmanager",
        }
        with pytest.raises(ValueError, match="needs a checkpoint_data_uri"):
            RocksDBStateBackend()

    @pytest.mark.parametrize(
        ("kind", "argument"),
        [
            (MemoryStateBackend, "j_memory_state_backend"),
            (FsStateBackend, "j_fs_state_backend"),
            (RocksDBStateBackend, "j_rocks_db_state_backend"),
        ],
    )
    def test_java_has_none(self, kind: type, argument: str) -> None:
        with pytest.raises(TypeError, match=f"Flink 2 has no Java class {kind.__name__}"):
            kind(**{argument: object()})
