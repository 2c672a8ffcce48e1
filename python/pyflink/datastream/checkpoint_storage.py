# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Where checkpoints are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyflink._gateway import java_class, new_instance
from pyflink.common import _settings

__all__ = [
    "CheckpointStorage",
    "CustomCheckpointStorage",
    "FileSystemCheckpointStorage",
    "JobManagerCheckpointStorage",
]

_PACKAGE = "org.apache.flink.runtime.state.storage."
_JOB_MANAGER = _PACKAGE + "JobManagerCheckpointStorage"
_FILE_SYSTEM = _PACKAGE + "FileSystemCheckpointStorage"
_PATH = "org.apache.flink.core.fs.Path"

_STORAGE = "execution.checkpointing.storage"
_DIRECTORY = "execution.checkpointing.dir"
_THRESHOLD = "execution.checkpointing.data-inline-threshold"
_BUFFER = "execution.checkpointing.write-buffer-size"
_GIVEN_FACTORY = "io.flinker.config.GivenCheckpointStorageFactory"
_GIVEN = "execution.checkpointing.storage.given-object"
# what has to go when another storage is chosen
_ALL = (_STORAGE, _DIRECTORY, _THRESHOLD, _BUFFER, _GIVEN)


class CheckpointStorage:
    """Where checkpoints are kept.

    In Flink 2 this is a setting: ``execution.checkpointing.storage`` and
    ``execution.checkpointing.dir``.

    Args:
        j_checkpoint_storage: the Java ``CheckpointStorage``.
    """

    def __init__(self, j_checkpoint_storage: Any) -> None:
        self._j_checkpoint_storage = j_checkpoint_storage

    def _to_configuration(self) -> dict[str, str]:
        """The settings of Flink 2 that mean the same."""
        text = _settings.settings_class().textOf(self._j_checkpoint_storage)
        return {_STORAGE: _GIVEN_FACTORY, _GIVEN: text}


class JobManagerCheckpointStorage(CheckpointStorage):
    """Keeps the state of checkpoints in the memory of the JobManager: for trying things out.

    Args:
        checkpoint_path: where the rest of a checkpoint goes, if it is to outlive the JobManager.
        max_state_size: how many bytes the state of one task may have, by default 5 MiB.
        j_jobmanager_checkpoint_storage: a Java object to wrap instead.

    Raises:
        JavaError: if the path is not a URI or an absolute path.
    """

    DEFAULT_MAX_STATE_SIZE = 5 * 1024 * 1024

    def __init__(
        self,
        checkpoint_path: str | None = None,
        max_state_size: int | None = None,
        j_jobmanager_checkpoint_storage: Any = None,
    ) -> None:
        # the settings of Flink 2 cannot say the size
        self._is_a_setting = j_jobmanager_checkpoint_storage is None and max_state_size is None
        if j_jobmanager_checkpoint_storage is None:
            j_path = None if checkpoint_path is None else java_class(_PATH)(checkpoint_path)
            if max_state_size is None:
                max_state_size = self.DEFAULT_MAX_STATE_SIZE
            j_jobmanager_checkpoint_storage = java_class(_JOB_MANAGER)(j_path, max_state_size)
        super().__init__(j_jobmanager_checkpoint_storage)

    def get_checkpoint_path(self) -> str | None:
        """Where the rest of a checkpoint goes; None if nowhere."""
        return _text(self._j_checkpoint_storage.getCheckpointPath())

    def get_max_state_size(self) -> int:
        """How many bytes the state of one task may have."""
        return int(self._j_checkpoint_storage.getMaxStateSize())

    def get_savepoint_path(self) -> str | None:
        """Where savepoints go when the one who triggers them does not say; None if nowhere."""
        return _text(self._j_checkpoint_storage.getSavepointPath())

    def _to_configuration(self) -> dict[str, str]:
        if not self._is_a_setting:
            return super()._to_configuration()
        settings = {_STORAGE: "jobmanager"}
        path = self.get_checkpoint_path()
        if path is not None:
            settings[_DIRECTORY] = path
        return settings

    def __str__(self) -> str:
        return str(self._j_checkpoint_storage.toString())


class FileSystemCheckpointStorage(CheckpointStorage):
    """Keeps checkpoints in files.

    Args:
        checkpoint_path: the folder, a URI such as ``file:///checkpoints``.
        file_state_size_threshold: state of at most so many bytes goes into the metadata instead of
            a file of its own; by default 20 KiB, at most 1 MiB.
        write_buffer_size: bytes of the buffer in front of a file, by default 4 KiB.
        j_filesystem_checkpoint_storage: a Java object to wrap instead.

    Raises:
        ValueError: if there is no path.
        JavaError: if the path is not a URI, or the threshold is too large.

    Example:
        >>> from pyflink.datastream import FileSystemCheckpointStorage
        >>> FileSystemCheckpointStorage("file:///tmp/checkpoints").get_checkpoint_path()
        'file:/tmp/checkpoints'
    """

    MAX_FILE_STATE_THRESHOLD = 1024 * 1024

    def __init__(
        self,
        checkpoint_path: str | None = None,
        file_state_size_threshold: int | None = None,
        write_buffer_size: int = -1,
        j_filesystem_checkpoint_storage: Any = None,
    ) -> None:
        self._own_settings: dict[str, str] | None = None
        if j_filesystem_checkpoint_storage is None:
            if checkpoint_path is None:
                raise ValueError(
                    "FileSystemCheckpointStorage needs a checkpoint_path, "
                    "for example 'file:///tmp/checkpoints'"
                )
            threshold = -1 if file_state_size_threshold is None else file_state_size_threshold
            j_filesystem_checkpoint_storage = java_class(_FILE_SYSTEM)(
                java_class(_PATH)(checkpoint_path), threshold, write_buffer_size
            )
            self._own_settings = {_STORAGE: "filesystem", _DIRECTORY: checkpoint_path}
            # -1 leaves it to the configuration of the cluster
            if threshold != -1:
                self._own_settings[_THRESHOLD] = f"{threshold} bytes"
            if write_buffer_size != -1:
                self._own_settings[_BUFFER] = str(write_buffer_size)
        super().__init__(j_filesystem_checkpoint_storage)

    def get_checkpoint_path(self) -> str:
        """The folder."""
        return str(self._j_checkpoint_storage.getCheckpointPath().toString())

    def get_savepoint_path(self) -> str | None:
        """Where savepoints go when the one who triggers them does not say; None if nowhere."""
        return _text(self._j_checkpoint_storage.getSavepointPath())

    def get_min_file_size_threshold(self) -> int:
        """State of at most so many bytes goes into the metadata."""
        return int(self._j_checkpoint_storage.getMinFileSizeThreshold())

    def get_write_buffer_size(self) -> int:
        """Bytes of the buffer in front of a file."""
        return int(self._j_checkpoint_storage.getWriteBufferSize())

    def _to_configuration(self) -> dict[str, str]:
        if self._own_settings is None:
            return super()._to_configuration()
        return dict(self._own_settings)

    def __str__(self) -> str:
        return str(self._j_checkpoint_storage.toString())


class CustomCheckpointStorage(CheckpointStorage):
    """A checkpoint storage written in Java.

    Args:
        j_custom_checkpoint_storage: the Java object; it travels with the job.
    """

    def __init__(self, j_custom_checkpoint_storage: Any) -> None:
        super().__init__(j_custom_checkpoint_storage)


def _from_configuration(
    settings: Mapping[str, str], j_configuration: Any
) -> CheckpointStorage | None:
    """The storage that settings mean; None if they leave it open.

    Args:
        settings: the settings.
        j_configuration: the same as a Java ``Configuration``.
    """
    name = settings.get(_STORAGE, settings.get("state.checkpoint-storage"))
    if name is None:
        name = "filesystem" if _DIRECTORY in settings else None
    if name is None:
        return None
    factories = {"jobmanager": _JOB_MANAGER, "filesystem": _FILE_SYSTEM}
    j_loader = java_class("java.lang.Thread").currentThread().getContextClassLoader()
    if name.lower() in factories:
        j_factory = java_class(factories[name.lower()])
    else:
        j_factory = new_instance(name)
    j_storage = j_factory.createFromConfig(j_configuration, j_loader)
    j_class_name = j_storage.getClass().getName()
    if j_class_name == _JOB_MANAGER:
        return JobManagerCheckpointStorage(j_jobmanager_checkpoint_storage=j_storage)
    if j_class_name == _FILE_SYSTEM:
        return FileSystemCheckpointStorage(j_filesystem_checkpoint_storage=j_storage)
    return CustomCheckpointStorage(j_storage)


def _replacement(storage: CheckpointStorage) -> dict[str, str | None]:
    """What to set, and with None what to remove, so that only this storage is left."""
    return {**dict.fromkeys(_ALL), **storage._to_configuration()}


def _text(j_path: Any) -> str | None:
    return None if j_path is None else str(j_path.toString())
