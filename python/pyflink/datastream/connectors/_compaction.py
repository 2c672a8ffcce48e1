# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""How a file sink turns many small part files into fewer large ones."""

from __future__ import annotations

from typing import Any

from pyflink._gateway import java_class
from pyflink.common.utils import JavaObjectWrapper
from pyflink.datastream.connectors._arguments import positive

_COMPACTOR = "org.apache.flink.connector.file.sink.compactor"


class FileCompactStrategy(JavaObjectWrapper):
    """When finished part files are compacted.

    Args:
        j_file_compact_strategy: the Java ``FileCompactStrategy``; see :meth:`builder`.

    Examples:
        >>> strategy = (
        ...     FileCompactStrategy.builder()
        ...     .set_size_threshold(64 * 1024**2)
        ...     .enable_compaction_on_checkpoint(5)
        ...     .build()
        ... )
    """

    class Builder:
        """Collects the settings; at least one of threshold and checkpoints is needed."""

        def __init__(self) -> None:
            self._j_builder = java_class(f"{_COMPACTOR}.FileCompactStrategy$Builder")()
            self._triggered = False

        def build(self) -> FileCompactStrategy:
            """The strategy.

            Raises:
                ValueError: if nothing says when to compact.
            """
            if not self._triggered:
                raise ValueError(
                    "Nothing says when to compact: call set_size_threshold(bytes), "
                    "enable_compaction_on_checkpoint(checkpoints) or both before build()."
                )
            return FileCompactStrategy(self._j_builder.build())

        def set_size_threshold(self, size_threshold: int) -> FileCompactStrategy.Builder:
            """Compacts when the files of a bucket have this many bytes together; above 0."""
            self._j_builder.setSizeThreshold(positive(size_threshold, "size_threshold"))
            self._triggered = True
            return self

        def enable_compaction_on_checkpoint(
            self, num_checkpoints_before_compaction: int
        ) -> FileCompactStrategy.Builder:
            """Compacts after so many checkpoints, however small the files are; above 0."""
            self._j_builder.enableCompactionOnCheckpoint(
                positive(num_checkpoints_before_compaction, "num_checkpoints_before_compaction")
            )
            self._triggered = True
            return self

        def set_num_compact_threads(self, num_compact_threads: int) -> FileCompactStrategy.Builder:
            """Sets how many threads compact in every parallel operator; 1 without."""
            self._j_builder.setNumCompactThreads(
                positive(num_compact_threads, "num_compact_threads")
            )
            return self

    def __init__(self, j_file_compact_strategy: Any) -> None:
        super().__init__(j_file_compact_strategy)

    @staticmethod
    def builder() -> FileCompactStrategy.Builder:
        """Collects the settings."""
        return FileCompactStrategy.Builder()


class FileCompactor(JavaObjectWrapper):
    """How several files become one.

    Args:
        j_file_compactor: the Java ``FileCompactor``.
    """

    def __init__(self, j_file_compactor: Any) -> None:
        super().__init__(j_file_compactor)

    @staticmethod
    def concat_file_compactor(file_delimiter: bytes | None = None) -> FileCompactor:
        """Puts the files one after the other.

        Args:
            file_delimiter: bytes between two files; nothing without.

        Raises:
            TypeError: if the delimiter is not bytes.

        Examples:
            >>> compactor = FileCompactor.concat_file_compactor(b"---")
        """
        concat = java_class(f"{_COMPACTOR}.ConcatFileCompactor")
        if file_delimiter is None:
            return FileCompactor(concat())
        if not isinstance(file_delimiter, (bytes, bytearray)):
            raise TypeError(f"file_delimiter is bytes such as b'---', not {file_delimiter!r}.")
        return FileCompactor(concat(bytes(file_delimiter)))

    @staticmethod
    def identical_file_compactor() -> FileCompactor:
        """Leaves a file as it is, under its name of a compacted one.

        It takes one file at a time, so use it with ``set_size_threshold(1)`` alone: a job fails
        where a checkpoint or a threshold brings several files together.

        Examples:
            >>> compactor = FileCompactor.identical_file_compactor()
        """
        return FileCompactor(java_class(f"{_COMPACTOR}.IdenticalFileCompactor")())
