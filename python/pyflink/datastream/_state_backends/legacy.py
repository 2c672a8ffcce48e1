# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The state backends of Flink 1, which kept checkpoints too: today's backend and a storage each."""

from __future__ import annotations

from typing import Any

from pyflink._deprecation import deprecated
from pyflink.datastream._state_backends.base import BACKEND, StateBackend, new_j_hash_map
from pyflink.datastream._state_backends.rocksdb import (
    EmbeddedRocksDBStateBackend,
    PredefinedOptions,
)
from pyflink.datastream.checkpoint_storage import (
    CheckpointStorage,
    FileSystemCheckpointStorage,
    JobManagerCheckpointStorage,
)

_SAVEPOINTS = "execution.checkpointing.savepoint-dir"


class MemoryStateBackend(StateBackend):
    """State on the heap and checkpoints in the memory of the JobManager.

    Deprecated: use ``HashMapStateBackend``, and ``JobManagerCheckpointStorage`` where checkpoints
    are configured.

    Args:
        checkpoint_path: where the metadata of checkpoints goes; nowhere if None.
        savepoint_path: where savepoints go when the one who triggers them does not say.
        max_state_size: how many bytes the state of one task may have, by default 5 MiB.
        using_asynchronous_snapshots: kept for programs that pass it; Flink 2 always writes state
            while the job goes on.
        j_memory_state_backend: always None: Flink 2 has no such Java class.
    """

    DEFAULT_MAX_STATE_SIZE = JobManagerCheckpointStorage.DEFAULT_MAX_STATE_SIZE

    def __init__(
        self,
        checkpoint_path: str | None = None,
        savepoint_path: str | None = None,
        max_state_size: int | None = None,
        using_asynchronous_snapshots: bool | None = None,
        j_memory_state_backend: Any = None,
    ) -> None:
        _refuse_java(j_memory_state_backend, "MemoryStateBackend")
        deprecated("MemoryStateBackend", "HashMapStateBackend and JobManagerCheckpointStorage")
        super().__init__(new_j_hash_map())
        self._storage = JobManagerCheckpointStorage(checkpoint_path, max_state_size)
        self._savepoint_path = savepoint_path
        self._asynchronous = _is_asynchronous(using_asynchronous_snapshots)

    def get_max_state_size(self) -> int:
        """How many bytes the state of one task may have."""
        return self._storage.get_max_state_size()

    def is_using_asynchronous_snapshots(self) -> bool:
        """What was asked for; Flink 2 always writes state while the job goes on."""
        return self._asynchronous

    def _to_configuration(self) -> dict[str, str]:
        return _with_storage({BACKEND: "hashmap"}, self._storage, self._savepoint_path)

    def __str__(self) -> str:
        return (
            "MemoryStateBackend (data in heap memory / checkpoints to JobManager) "
            f"(checkpoints: {_quoted(self._storage.get_checkpoint_path())}, "
            f"savepoints: {_quoted(self._savepoint_path)}, "
            f"asynchronous: {str(self._asynchronous).upper()}, "
            f"maxStateSize: {self.get_max_state_size()})"
        )


class FsStateBackend(StateBackend):
    """State on the heap and checkpoints in files.

    Deprecated: use ``HashMapStateBackend``, and ``FileSystemCheckpointStorage`` where checkpoints
    are configured.

    Args:
        checkpoint_directory_uri: the folder of checkpoints, a URI.
        default_savepoint_directory_uri: where savepoints go when the one who triggers them does
            not say.
        file_state_size_threshold: state of at most so many bytes goes into the metadata instead of
            a file of its own; by default 20 KiB, at most 1 MiB.
        write_buffer_size: bytes of the buffer in front of a file, by default 4 KiB.
        using_asynchronous_snapshots: kept for programs that pass it; Flink 2 always writes state
            while the job goes on.
        j_fs_state_backend: always None: Flink 2 has no such Java class.

    Raises:
        ValueError: if there is no folder of checkpoints.
    """

    def __init__(
        self,
        checkpoint_directory_uri: str | None = None,
        default_savepoint_directory_uri: str | None = None,
        file_state_size_threshold: int | None = None,
        write_buffer_size: int | None = None,
        using_asynchronous_snapshots: bool | None = None,
        j_fs_state_backend: Any = None,
    ) -> None:
        _refuse_java(j_fs_state_backend, "FsStateBackend")
        deprecated("FsStateBackend", "HashMapStateBackend and FileSystemCheckpointStorage")
        if checkpoint_directory_uri is None:
            raise ValueError(
                "FsStateBackend needs a checkpoint_directory_uri, "
                "for example 'file:///tmp/checkpoints'"
            )
        super().__init__(new_j_hash_map())
        self._storage = FileSystemCheckpointStorage(
            checkpoint_directory_uri,
            file_state_size_threshold,
            -1 if write_buffer_size is None else write_buffer_size,
        )
        self._savepoint_path = default_savepoint_directory_uri
        self._asynchronous = _is_asynchronous(using_asynchronous_snapshots)

    def get_checkpoint_path(self) -> str:
        """The folder of checkpoints."""
        return self._storage.get_checkpoint_path()

    def get_min_file_size_threshold(self) -> int:
        """State of at most so many bytes goes into the metadata."""
        return self._storage.get_min_file_size_threshold()

    def get_write_buffer_size(self) -> int:
        """Bytes of the buffer in front of a file."""
        return self._storage.get_write_buffer_size()

    def is_using_asynchronous_snapshots(self) -> bool:
        """What was asked for; Flink 2 always writes state while the job goes on."""
        return self._asynchronous

    def _to_configuration(self) -> dict[str, str]:
        return _with_storage({BACKEND: "hashmap"}, self._storage, self._savepoint_path)


class RocksDBStateBackend(StateBackend):
    """State in RocksDB and checkpoints in files, or wherever another backend keeps them.

    Deprecated: use ``EmbeddedRocksDBStateBackend``, and ``FileSystemCheckpointStorage`` where
    checkpoints are configured.

    Args:
        checkpoint_data_uri: the folder of checkpoints.
        enable_incremental_checkpointing: whether a checkpoint writes only what has changed since
            the one before; the configuration decides if None.
        checkpoint_stream_backend: an ``FsStateBackend`` or ``MemoryStateBackend`` that says where
            checkpoints go, instead of the folder.
        j_rocks_db_state_backend: always None: Flink 2 has no such Java class.

    Raises:
        ValueError: if there is neither a folder nor another backend.
    """

    def __init__(
        self,
        checkpoint_data_uri: str | None = None,
        enable_incremental_checkpointing: bool | None = None,
        checkpoint_stream_backend: StateBackend | None = None,
        j_rocks_db_state_backend: Any = None,
    ) -> None:
        _refuse_java(j_rocks_db_state_backend, "RocksDBStateBackend")
        deprecated(
            "RocksDBStateBackend", "EmbeddedRocksDBStateBackend and FileSystemCheckpointStorage"
        )
        if checkpoint_stream_backend is None:
            if checkpoint_data_uri is None:
                raise ValueError(
                    "RocksDBStateBackend needs a checkpoint_data_uri, "
                    "for example 'file:///tmp/checkpoints', or a checkpoint_stream_backend"
                )
            checkpoint_stream_backend = _quietly_fs_state_backend(checkpoint_data_uri)
        self._checkpoint_backend = checkpoint_stream_backend
        self._rocksdb = EmbeddedRocksDBStateBackend(enable_incremental_checkpointing)
        super().__init__(self._rocksdb._j_state_backend)

    def get_checkpoint_backend(self) -> StateBackend:
        """The backend that says where checkpoints go."""
        return self._checkpoint_backend

    def set_db_storage_paths(self, *paths: str) -> None:
        """Sets the local folders that RocksDB keeps its files in.

        Args:
            paths: absolute paths; several spread the load over disks. None of them leaves it to
                the TaskManager, which takes its temporary folder.

        Raises:
            JavaError: if a path is relative.
        """
        self._rocksdb.set_db_storage_paths(*paths)

    def get_db_storage_paths(self) -> list[str]:
        """The local folders that RocksDB keeps its files in; empty if the TaskManager decides."""
        return self._rocksdb.get_db_storage_paths()

    def is_incremental_checkpoints_enabled(self) -> bool:
        """Whether a checkpoint writes only what has changed since the one before."""
        return self._rocksdb.is_incremental_checkpoints_enabled()

    def set_predefined_options(self, options: PredefinedOptions) -> None:
        """Sets what RocksDB is tuned for.

        Args:
            options: the kind of hardware.
        """
        self._rocksdb.set_predefined_options(options)

    def get_predefined_options(self) -> PredefinedOptions:
        """What RocksDB is tuned for."""
        return self._rocksdb.get_predefined_options()

    def set_options(self, options_factory_class_name: str) -> None:
        """Sets who makes RocksDB's own options.

        Args:
            options_factory_class_name: the full name of a Java class that implements
                ``RocksDBOptionsFactory`` and has a constructor that takes nothing.

        Raises:
            JavaClassNotFoundError: if the class is on no class path.
            TypeError: if it is not such a class.
        """
        self._rocksdb.set_options(options_factory_class_name)

    def get_options(self) -> str | None:
        """The name of the Java class that makes RocksDB's own options; None if there is none."""
        return self._rocksdb.get_options()

    def get_number_of_transfering_threads(self) -> int:
        """How many threads move files of one checkpoint or restore at a time."""
        return self._rocksdb.get_number_of_transfer_threads()

    def set_number_of_transfering_threads(self, number_of_transfering_threads: int) -> None:
        """Sets how many threads move files of one checkpoint or restore at a time.

        Args:
            number_of_transfering_threads: at least 1; 4 by default.
        """
        self._rocksdb.set_number_of_transfer_threads(number_of_transfering_threads)

    def _to_configuration(self) -> dict[str, str]:
        return {**self._checkpoint_backend._to_configuration(), **self._rocksdb._to_configuration()}

    def __str__(self) -> str:
        start = f"RocksDBStateBackend{{checkpointStreamBackend={self._checkpoint_backend}"
        return start + str(self._rocksdb).partition("{")[2]


def _quietly_fs_state_backend(uri: str) -> FsStateBackend:
    """One that the program has not asked for, and so is not to be warned about."""
    backend = FsStateBackend.__new__(FsStateBackend)
    StateBackend.__init__(backend, new_j_hash_map())
    backend._storage = FileSystemCheckpointStorage(uri)
    backend._savepoint_path = None
    backend._asynchronous = True
    return backend


def _with_storage(
    settings: dict[str, str], storage: CheckpointStorage, savepoint_path: str | None
) -> dict[str, str]:
    settings.update(storage._to_configuration())
    if savepoint_path is not None:
        settings[_SAVEPOINTS] = savepoint_path
    return settings


def _is_asynchronous(asked_for: bool | None) -> bool:
    return True if asked_for is None else bool(asked_for)


def _refuse_java(j_state_backend: Any, name: str) -> None:
    if j_state_backend is not None:
        raise TypeError(
            f"Flink 2 has no Java class {name}. Wrap other Java state backends in "
            "CustomStateBackend."
        )


def _quoted(path: str | None) -> str:
    return "'null'" if path is None else f"'{path}'"
