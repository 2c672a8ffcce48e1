# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Reading files."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

from pyflink._gateway import java_class
from pyflink.common._charsets import java_charset
from pyflink.common.time import Duration
from pyflink.datastream.connectors._arguments import instance_of, java_path
from pyflink.datastream.connectors.base import Source

_SOURCE = "org.apache.flink.connector.file.src"


class FileEnumeratorProvider:
    """How the files below the paths of a source are found and cut into pieces.

    Args:
        j_file_enumerator_provider: the Java ``FileEnumerator.Provider``.
    """

    def __init__(self, j_file_enumerator_provider: Any) -> None:
        self._j_file_enumerator_provider = j_file_enumerator_provider

    @staticmethod
    def default_splittable_file_enumerator() -> FileEnumeratorProvider:
        """Finds all files in all folders below, and cuts them at the blocks of the file system.

        Names that begin with ``.`` or ``_`` are left out.

        Examples:
            >>> enumerator = FileEnumeratorProvider.default_splittable_file_enumerator()
        """
        return FileEnumeratorProvider(
            java_class(f"{_SOURCE}.FileSource").DEFAULT_SPLITTABLE_FILE_ENUMERATOR
        )

    @staticmethod
    def default_non_splittable_file_enumerator() -> FileEnumeratorProvider:
        """Finds all files in all folders below; every file is read in one piece.

        Names that begin with ``.`` or ``_`` are left out.

        Examples:
            >>> enumerator = FileEnumeratorProvider.default_non_splittable_file_enumerator()
        """
        return FileEnumeratorProvider(
            java_class(f"{_SOURCE}.FileSource").DEFAULT_NON_SPLITTABLE_FILE_ENUMERATOR
        )


class FileSplitAssignerProvider:
    """Which of the parallel readers gets which piece.

    Args:
        j_file_split_assigner: the Java ``FileSplitAssigner.Provider``.
    """

    def __init__(self, j_file_split_assigner: Any) -> None:
        self._j_file_split_assigner = j_file_split_assigner

    @staticmethod
    def locality_aware_split_assigner() -> FileSplitAssignerProvider:
        """A reader gets the pieces on its own machine first.

        Examples:
            >>> assigner = FileSplitAssignerProvider.locality_aware_split_assigner()
        """
        return FileSplitAssignerProvider(java_class(f"{_SOURCE}.FileSource").DEFAULT_SPLIT_ASSIGNER)


class StreamFormat:
    """How the bytes of a file become records, one after the other.

    Args:
        j_stream_format: the Java ``StreamFormat``.
    """

    def __init__(self, j_stream_format: Any) -> None:
        self._j_stream_format = j_stream_format

    @staticmethod
    def text_line_format(charset_name: str = "UTF-8") -> StreamFormat:
        r"""A record is a line, without its end (``\n``, ``\r\n`` or ``\r``).

        Files whose names end in ``.gz``, ``.bz2``, ``.xz``, ``.deflate`` or ``.zst`` are
        decompressed, as far as the libraries for it are on the class path.

        Args:
            charset_name: the character set of the files.

        Raises:
            ValueError: if Java does not know the character set.

        Examples:
            >>> format = StreamFormat.text_line_format("ISO-8859-1")
        """
        java_charset(charset_name)
        return StreamFormat(java_class(f"{_SOURCE}.reader.TextLineInputFormat")(charset_name))


class BulkFormat:
    """How the bytes of a file become batches of records, such as in Parquet or ORC.

    Args:
        j_bulk_format: the Java ``BulkFormat``.
    """

    def __init__(self, j_bulk_format: Any) -> None:
        self._j_bulk_format = j_bulk_format


class FileSourceBuilder:
    """Collects the settings of a :class:`FileSource`.

    Args:
        j_file_source_builder: the Java builder.
    """

    def __init__(self, j_file_source_builder: Any) -> None:
        self._j_file_source_builder = j_file_source_builder

    def monitor_continuously(self, discovery_interval: Duration | timedelta) -> FileSourceBuilder:
        """Looks for new files again and again, so that the source has no end.

        A file that has been read is not read again, even if it has grown or changed.

        Args:
            discovery_interval: the time from one look to the next; above 0.

        Raises:
            TypeError: if the interval is neither a Duration nor a timedelta.
            ValueError: if the interval is not above 0.
        """
        if isinstance(discovery_interval, timedelta):
            millis = discovery_interval // timedelta(milliseconds=1)
            j_interval = java_class("java.time.Duration").ofMillis(millis)
        else:
            instance_of(discovery_interval, Duration, "The discovery interval")
            j_interval = discovery_interval._j_duration
        if j_interval.isZero() or j_interval.isNegative():
            raise ValueError(f"discovery_interval is more than 0, not {discovery_interval}.")
        self._j_file_source_builder.monitorContinuously(j_interval)
        return self

    def process_static_file_set(self) -> FileSourceBuilder:
        """Reads the files that are there at the start and ends, which is the default."""
        self._j_file_source_builder.processStaticFileSet()
        return self

    def set_file_enumerator(self, file_enumerator: FileEnumeratorProvider) -> FileSourceBuilder:
        """Sets how files are found and cut into pieces."""
        instance_of(file_enumerator, FileEnumeratorProvider, "The file enumerator")
        self._j_file_source_builder.setFileEnumerator(file_enumerator._j_file_enumerator_provider)
        return self

    def set_split_assigner(self, split_assigner: FileSplitAssignerProvider) -> FileSourceBuilder:
        """Sets which of the parallel readers gets which piece."""
        instance_of(split_assigner, FileSplitAssignerProvider, "The split assigner")
        self._j_file_source_builder.setSplitAssigner(split_assigner._j_file_split_assigner)
        return self

    def build(self) -> FileSource:
        """The source."""
        return FileSource(self._j_file_source_builder.build())


class FileSource(Source):
    r"""The records of files, read in parallel.

    Args:
        j_file_source: the Java ``FileSource``; see :meth:`for_record_stream_format`.

    Examples:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from pyflink.common import WatermarkStrategy
        >>> from pyflink.datastream import StreamExecutionEnvironment
        >>> path = Path(tempfile.mkdtemp(), "lines.txt")
        >>> _ = path.write_text("one\ntwo\n")
        >>> env = StreamExecutionEnvironment.get_execution_environment()
        >>> source = FileSource.for_record_stream_format(
        ...     StreamFormat.text_line_format(), str(path)
        ... ).build()
        >>> lines = env.from_source(source, WatermarkStrategy.no_watermarks(), "lines")
        >>> list(lines.execute_and_collect())
        ['one', 'two']
    """

    def __init__(self, j_file_source: Any) -> None:
        super().__init__(j_file_source)

    @staticmethod
    def for_record_stream_format(
        stream_format: StreamFormat, *paths: str | os.PathLike[str]
    ) -> FileSourceBuilder:
        """Reads files record by record.

        Args:
            stream_format: the format of the files.
            paths: files, and folders of which all files are read.

        Raises:
            TypeError: if a path is no path.
            ValueError: if there is no path, or one is empty or a pattern such as ``*.txt``.
        """
        instance_of(stream_format, StreamFormat, "The format")
        return FileSourceBuilder(
            java_class("io.flinker.gateway.Connectors").recordFiles(
                stream_format._j_stream_format, _java_paths(paths)
            )
        )

    @staticmethod
    def for_bulk_file_format(
        bulk_format: BulkFormat, *paths: str | os.PathLike[str]
    ) -> FileSourceBuilder:
        """Reads files batch by batch.

        Args:
            bulk_format: the format of the files.
            paths: files, and folders of which all files are read.

        Raises:
            TypeError: if a path is no path.
            ValueError: if there is no path, or one is empty or a pattern such as ``*.parquet``.
        """
        instance_of(bulk_format, BulkFormat, "The format")
        return FileSourceBuilder(
            java_class("io.flinker.gateway.Connectors").bulkFiles(
                bulk_format._j_bulk_format, _java_paths(paths)
            )
        )


def _java_paths(paths: tuple[str | os.PathLike[str], ...]) -> list[Any]:
    if not paths:
        raise ValueError("A FileSource reads at least one file or folder: give it a path.")
    for path in paths:
        _refuse_pattern(path)
    return [java_path(path, "The path of a FileSource") for path in paths]


def _refuse_pattern(path: str | os.PathLike[str]) -> None:
    """A pattern would only be found to be no file when the job runs."""
    text = os.fspath(path) if isinstance(path, os.PathLike) else path
    if not isinstance(text, str) or "://" in text or not {"*", "?"} & set(text):
        return
    if not os.path.exists(text.removeprefix("file:")):
        raise ValueError(
            f"A FileSource reads files and folders, not patterns such as {text!r}: give it the "
            "folder, or each file, for example with *glob.glob(pattern)."
        )
