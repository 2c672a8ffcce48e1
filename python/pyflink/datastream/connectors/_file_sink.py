# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Writing files."""

from __future__ import annotations

import os
from typing import Any, TypeVar

from pyflink._gateway import java_class
from pyflink.common.serialization import BulkWriterFactory, Encoder
from pyflink.datastream.connectors._arguments import instance_of, java_path, positive
from pyflink.datastream.connectors._compaction import FileCompactor, FileCompactStrategy
from pyflink.datastream.connectors._output import as_texts, check_output
from pyflink.datastream.connectors._part_files import (
    BucketAssigner,
    OutputFileConfig,
    RollingPolicy,
    java_bucket_assigner,
    java_rolling_policy,
)
from pyflink.datastream.connectors.base import Sink, StreamTransformer, SupportsPreprocessing

_SINK = "org.apache.flink.connector.file.sink.FileSink"

_Builder = TypeVar("_Builder", bound="FileSink.BaseBuilder")


class FileSink(Sink, SupportsPreprocessing):
    r"""Writes records into files, each exactly once if the job takes checkpoints.

    Below its path the sink keeps one folder to a bucket, by default one for every hour. A part file
    is hidden (``.part-...inprogress...``) while it is written, and gets its name when it is
    finished and the checkpoint after that is complete. At the end of a bounded stream all files are
    finished, with or without checkpoints.

    Args:
        j_file_sink: the Java ``FileSink``; see :meth:`for_row_format`.
        transformer: what prepares the stream, or None.

    Examples:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from pyflink.common import Encoder, Types
        >>> from pyflink.datastream import StreamExecutionEnvironment
        >>> output = tempfile.mkdtemp()
        >>> sink = (
        ...     FileSink.for_row_format(output, Encoder.simple_string_encoder())
        ...     .with_output_file_config(OutputFileConfig("fruit", ".txt"))
        ...     .with_bucket_assigner(BucketAssigner.base_path_bucket_assigner())
        ...     .build()
        ... )
        >>> env = StreamExecutionEnvironment.get_execution_environment()
        >>> _ = env.set_parallelism(1)
        >>> _ = env.from_collection(["apple", "pear"], Types.STRING()).sink_to(sink)
        >>> _ = env.execute()
        >>> [path.read_text() for path in Path(output).glob("fruit-*.txt")]
        ['apple\npear\n']
    """

    class BaseBuilder:
        """The settings that files of every format have.

        Args:
            j_builder: the Java builder.
        """

        def __init__(self, j_builder: Any) -> None:
            self._j_builder = j_builder
            self._j_path: Any = None
            self._writes_texts = False
            self._compacts = False

        def with_bucket_check_interval(self: _Builder, interval: int) -> _Builder:
            """Sets how often files are looked at for the times of the rolling policy.

            Args:
                interval: in milliseconds, above 0; 60,000 without.
            """
            self._j_builder.withBucketCheckInterval(positive(interval, "interval"))
            return self

        def with_bucket_assigner(self: _Builder, bucket_assigner: BucketAssigner) -> _Builder:
            """Sets into which folder a record goes; by default one for every hour."""
            self._j_builder.withBucketAssigner(java_bucket_assigner(bucket_assigner))
            return self

        def with_rolling_policy(self: _Builder, rolling_policy: RollingPolicy) -> _Builder:
            """Sets when a part file is finished."""
            self._j_builder.withRollingPolicy(java_rolling_policy(rolling_policy))
            return self

        def with_output_file_config(
            self: _Builder, output_file_config: OutputFileConfig
        ) -> _Builder:
            """Sets the beginning and the end of the files' names."""
            instance_of(output_file_config, OutputFileConfig, "The output file config")
            self._j_builder.withOutputFileConfig(output_file_config.get_java_object())
            return self

        def enable_compact(
            self: _Builder, strategy: FileCompactStrategy, compactor: FileCompactor
        ) -> _Builder:
            """Makes fewer, larger files of the finished ones before they get their names.

            Args:
                strategy: when files are compacted.
                compactor: how.
            """
            instance_of(strategy, FileCompactStrategy, "The strategy")
            instance_of(compactor, FileCompactor, "The compactor")
            self._j_builder.enableCompact(strategy.get_java_object(), compactor.get_java_object())
            self._compacts = True
            return self

        def disable_compact(self: _Builder) -> _Builder:
            """Does without compaction, in a job whose savepoint had it."""
            self._j_builder.disableCompact()
            self._compacts = False
            return self

        def build(self) -> FileSink:
            """The sink."""
            sink = FileSink(self._j_builder.build())
            sink._j_path = self._j_path
            sink._writes_texts = self._writes_texts
            sink._compacts = self._compacts
            return sink

    class RowFormatBuilder(BaseBuilder):
        """Collects the settings of a sink that writes record by record.

        Args:
            j_row_format_builder: the Java builder.
        """

        def __init__(self, j_row_format_builder: Any) -> None:
            super().__init__(j_row_format_builder)

    class BulkFormatBuilder(BaseBuilder):
        """Collects the settings of a sink that writes files as a whole, such as Parquet.

        Args:
            j_bulk_format_builder: the Java builder.
        """

        def __init__(self, j_bulk_format_builder: Any) -> None:
            super().__init__(j_bulk_format_builder)

        def with_rolling_policy(self: _Builder, rolling_policy: RollingPolicy) -> _Builder:
            """Sets when a part file is finished: at every checkpoint, at the latest.

            Raises:
                TypeError: if the policy does not roll at every checkpoint.
            """
            self._j_builder.withRollingPolicy(java_rolling_policy(rolling_policy, bulk=True))
            return self

    def __init__(self, j_file_sink: Any, transformer: StreamTransformer | None = None) -> None:
        super().__init__(j_file_sink)
        self._transformer = transformer
        self._j_path: Any = None
        self._writes_texts = False
        self._compacts = False

    def _add_to(self, j_data_stream: Any) -> Any:
        if self._j_path is not None:
            check_output(j_data_stream, self._j_path)
        if self._writes_texts:
            j_data_stream = as_texts(j_data_stream)
        j_data_stream_sink = super()._add_to(j_data_stream)
        if self._compacts:
            # Flink demands one, as it sets some inside; the program may set its own after this
            j_data_stream_sink.uid(f"file sink {self._j_path}")
        return j_data_stream_sink

    def get_transformer(self) -> StreamTransformer | None:
        """What prepares the stream, or None if nothing has to."""
        return self._transformer

    @staticmethod
    def for_row_format(
        base_path: str | os.PathLike[str], encoder: Encoder
    ) -> FileSink.RowFormatBuilder:
        """Writes record by record, for example line by line.

        Args:
            base_path: the folder; it is made if it is not there.
            encoder: writes a record.

        Raises:
            TypeError: if one of them is of the wrong type.
            ValueError: if the path is empty.
        """
        instance_of(encoder, Encoder, "The encoder")
        j_path = java_path(base_path, "The path of a file sink")
        builder = FileSink.RowFormatBuilder(
            java_class(_SINK).forRowFormat(j_path, encoder._j_encoder)
        )
        builder._j_path = j_path
        builder._writes_texts = encoder._writes_texts
        return builder

    @staticmethod
    def for_bulk_format(
        base_path: str | os.PathLike[str], writer_factory: BulkWriterFactory
    ) -> FileSink.BulkFormatBuilder:
        """Writes files as a whole, such as Parquet; they roll at every checkpoint.

        Args:
            base_path: the folder; it is made if it is not there.
            writer_factory: makes the writers of the files.

        Raises:
            TypeError: if one of them is of the wrong type.
            ValueError: if the path is empty.
        """
        instance_of(writer_factory, BulkWriterFactory, "The writer factory")
        j_path = java_path(base_path, "The path of a file sink")
        builder = FileSink.BulkFormatBuilder(
            java_class(_SINK).forBulkFormat(j_path, writer_factory.get_java_object())
        )
        builder._j_path = j_path
        return builder
