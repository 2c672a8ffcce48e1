# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""State in RocksDB."""

from __future__ import annotations

from enum import Enum
from typing import Any

from pyflink._gateway import java_class, new_instance
from pyflink.datastream._state_backends.base import BACKEND, StateBackend
from pyflink.util.java_utils import is_instance_of, to_jarray

_PACKAGE = "org.apache.flink.state.rocksdb."
_JAVA = _PACKAGE + "EmbeddedRocksDBStateBackend"
_PREDEFINED_OPTIONS = _PACKAGE + "PredefinedOptions"
_OPTIONS_FACTORY = _PACKAGE + "RocksDBOptionsFactory"

_INCREMENTAL = "execution.checkpointing.incremental"
_PATHS = "state.backend.rocksdb.localdir"
_PREDEFINED = "state.backend.rocksdb.predefined-options"
_FACTORY = "state.backend.rocksdb.options-factory"
_THREADS = "state.backend.rocksdb.checkpoint.transfer.thread.num"


class PredefinedOptions(Enum):
    """Settings of RocksDB that fit a kind of hardware."""

    DEFAULT = 0
    """Settings that do no harm anywhere."""

    SPINNING_DISK_OPTIMIZED = 1
    """For hard disks."""

    SPINNING_DISK_OPTIMIZED_HIGH_MEM = 2
    """For hard disks and plenty of memory."""

    FLASH_SSD_OPTIMIZED = 3
    """For solid state disks."""

    @staticmethod
    def _from_j_predefined_options(j_predefined_options: Any) -> PredefinedOptions:
        return PredefinedOptions[j_predefined_options.name()]

    def _to_j_predefined_options(self) -> Any:
        return java_class(_PREDEFINED_OPTIONS).valueOf(self.name)


class EmbeddedRocksDBStateBackend(StateBackend):
    """Keeps state in RocksDB, on the local disk: as large as the disk, slower than the heap.

    Args:
        enable_incremental_checkpointing: whether a checkpoint writes only what has changed since
            the one before; the configuration decides if None.
        j_embedded_rocks_db_state_backend: a Java object to wrap instead.

    Example:
        >>> from pyflink.datastream import EmbeddedRocksDBStateBackend
        >>> EmbeddedRocksDBStateBackend(True).is_incremental_checkpoints_enabled()
        True
    """

    def __init__(
        self,
        enable_incremental_checkpointing: bool | None = None,
        j_embedded_rocks_db_state_backend: Any = None,
    ) -> None:
        self._own_settings: dict[str, str] | None = None
        if j_embedded_rocks_db_state_backend is None:
            self._own_settings = {BACKEND: "rocksdb"}
            if enable_incremental_checkpointing is None:
                j_embedded_rocks_db_state_backend = java_class(_JAVA)()
            else:
                j_embedded_rocks_db_state_backend = java_class(_JAVA)(
                    bool(enable_incremental_checkpointing)
                )
                self._remember(_INCREMENTAL, str(bool(enable_incremental_checkpointing)).lower())
        super().__init__(j_embedded_rocks_db_state_backend)

    def is_incremental_checkpoints_enabled(self) -> bool:
        """Whether a checkpoint writes only what has changed since the one before."""
        return bool(self._j_state_backend.isIncrementalCheckpointsEnabled())

    def set_db_storage_paths(self, *paths: str) -> None:
        """Sets the local folders that RocksDB keeps its files in.

        Args:
            paths: absolute paths; several spread the load over disks. None of them leaves it to
                the TaskManager, which takes its temporary folder.

        Raises:
            JavaError: if a path is relative.
        """
        j_paths = to_jarray(java_class("java.lang.String"), paths) if paths else None
        self._j_state_backend.setDbStoragePaths(j_paths)
        self._remember(_PATHS, ",".join(paths) or None)

    def get_db_storage_paths(self) -> list[str]:
        """The local folders that RocksDB keeps its files in; empty if the TaskManager decides."""
        j_paths = self._j_state_backend.getDbStoragePaths()
        return [] if j_paths is None else list(j_paths)

    def set_predefined_options(self, options: PredefinedOptions) -> None:
        """Sets what RocksDB is tuned for.

        Args:
            options: the kind of hardware.
        """
        self._j_state_backend.setPredefinedOptions(options._to_j_predefined_options())
        self._remember(_PREDEFINED, options.name)

    def get_predefined_options(self) -> PredefinedOptions:
        """What RocksDB is tuned for."""
        return PredefinedOptions._from_j_predefined_options(
            self._j_state_backend.getPredefinedOptions()
        )

    def set_options(self, options_factory_class_name: str) -> None:
        """Sets who makes RocksDB's own options.

        Args:
            options_factory_class_name: the full name of a Java class that implements
                ``RocksDBOptionsFactory`` and has a constructor that takes nothing.

        Raises:
            JavaClassNotFoundError: if the class is on no class path.
            TypeError: if it is not such a class.
        """
        j_factory = new_instance(options_factory_class_name)
        if not is_instance_of(j_factory, _OPTIONS_FACTORY):
            raise TypeError(f"{options_factory_class_name} does not implement {_OPTIONS_FACTORY}")
        self._j_state_backend.setRocksDBOptions(j_factory)
        self._remember(_FACTORY, options_factory_class_name)

    def get_options(self) -> str | None:
        """The name of the Java class that makes RocksDB's own options; None if there is none."""
        j_factory = self._j_state_backend.getRocksDBOptions()
        return None if j_factory is None else str(j_factory.getClass().getName())

    def get_number_of_transfer_threads(self) -> int:
        """How many threads move files of one checkpoint or restore at a time."""
        return int(self._j_state_backend.getNumberOfTransferThreads())

    def set_number_of_transfer_threads(self, number_of_transfering_threads: int) -> None:
        """Sets how many threads move files of one checkpoint or restore at a time.

        Args:
            number_of_transfering_threads: at least 1; 4 by default.
        """
        self._j_state_backend.setNumberOfTransferThreads(number_of_transfering_threads)
        self._remember(_THREADS, str(number_of_transfering_threads))

    def _remember(self, key: str, value: str | None) -> None:
        if self._own_settings is None:
            return
        if value is None:
            self._own_settings.pop(key, None)
        else:
            self._own_settings[key] = value

    def _to_configuration(self) -> dict[str, str]:
        if self._own_settings is None:
            return super()._to_configuration()
        return dict(self._own_settings)

    def __str__(self) -> str:
        return str(self._j_state_backend.toString())
