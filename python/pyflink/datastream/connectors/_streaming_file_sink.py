# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Writing files, in the way of Flink before 1.15."""

from __future__ import annotations

import os
from typing import Any, TypeVar

from pyflink._gateway import java_class
from pyflink.common.serialization import BulkWriterFactory, Encoder
from pyflink.datastream.connectors._arguments import instance_of, java_path, positive
from pyflink.datastream.connectors._output import as_texts, check_output
from pyflink.datastream.connectors._part_files import (
    BucketAssigner,
    OutputFileConfig,
    RollingPolicy,
    java_bucket_assigner,
    java_rolling_policy,
)
from pyflink.datastream.functions import SinkFunction

_SINKS = "io.flinker.connectors.StreamingFileSinks"

_Builder = TypeVar("_Builder", bound="StreamingFileSink.BaseBuilder")


class StreamingFileSink(SinkFunction):
    r"""Writes records into files, for ``add_sink``; ``FileSink`` is its successor.

    Below its path the sink keeps one folder to a bucket, by default one for every hour. A part file
    is hidden (``.part-...inprogress...``) while it is written, and gets its name when it is
    finished and the checkpoint after that is complete. At the end of a bounded stream all files are
    finished, with or without checkpoints; Flink itself leaves the last ones hidden there.

    Args:
        j_obj: the Java ``StreamingFileSink``; see :meth:`for_row_format`.

    Examples:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from pyflink.common import Encoder, Types
        >>> from pyflink.datastream import StreamExecutionEnvironment
        >>> output = tempfile.mkdtemp()
        >>> sink = StreamingFileSink.for_row_format(output, Encoder.simple_string_encoder()).build()
        >>> env = StreamExecutionEnvironment.get_execution_environment()
        >>> _ = env.set_parallelism(1)
        >>> _ = env.from_collection(["apple", "pear"], Types.STRING()).add_sink(sink)
        >>> _ = env.execute()
        >>> [path.read_text() for path in Path(output).glob("*/part-0-0")]
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

        def with_bucket_check_interval(self: _Builder, interval: int) -> _Builder:
            """Sets how often files are looked at for the times of the rolling policy.

            Args:
                interval: in milliseconds, above 0; 60,000 without.
            """
            self._j_builder.withBucketCheckInterval(positive(interval, "interval"))
            return self

        def with_bucket_assigner(self: _Builder, bucket_assigner: BucketAssigner | str) -> _Builder:
            """Sets into which folder a record goes; by default one for every hour.

            Args:
                bucket_assigner: the assigner, or the full name of a Java class of one.
            """
            self._j_builder.withBucketAssigner(java_bucket_assigner(bucket_assigner))
            return self

        def with_rolling_policy(self: _Builder, policy: RollingPolicy) -> _Builder:
            """Sets when a part file is finished."""
            self._j_builder.withRollingPolicy(java_rolling_policy(policy))
            return self

        def with_output_file_config(
            self: _Builder, output_file_config: OutputFileConfig
        ) -> _Builder:
            """Sets the beginning and the end of the files' names."""
            instance_of(output_file_config, OutputFileConfig, "The output file config")
            self._j_builder.withOutputFileConfig(output_file_config.get_java_object())
            return self

        def build(self) -> StreamingFileSink:
            """The sink."""
            sink = StreamingFileSink(self._j_builder.build())
            sink._j_path = self._j_path
            sink._writes_texts = self._writes_texts
            return sink

    class DefaultRowFormatBuilder(BaseBuilder):
        """Collects the settings of a sink that writes record by record.

        Args:
            j_default_row_format_builder: the Java builder.
        """

        def __init__(self, j_default_row_format_builder: Any) -> None:
            super().__init__(j_default_row_format_builder)

        @property
        def j_default_row_format_builder(self) -> Any:
            """The Java builder, under its name before 1.16."""
            return self._j_builder

        def with_bucket_assigner(
            self: _Builder,
            bucket_assigner: BucketAssigner | str | None = None,
            *,
            assigner_class_name: str | None = None,
        ) -> _Builder:
            """Sets into which folder a record goes; by default one for every hour.

            Args:
                bucket_assigner: the assigner, or the full name of a Java class of one.
                assigner_class_name: what 1.12 called it.
            """
            j_assigner = java_bucket_assigner(bucket_assigner or assigner_class_name)
            self._j_builder.withBucketAssigner(j_assigner)
            return self

    class DefaultBulkFormatBuilder(BaseBuilder):
        """Collects the settings of a sink that writes files as a whole, such as Parquet.

        Args:
            j_default_bulk_format_builder: the Java builder.
        """

        def __init__(self, j_default_bulk_format_builder: Any) -> None:
            super().__init__(j_default_bulk_format_builder)

        def with_rolling_policy(self: _Builder, policy: RollingPolicy) -> _Builder:
            """Sets when a part file is finished: at every checkpoint, at the latest.

            Raises:
                TypeError: if the policy does not roll at every checkpoint.
            """
            self._j_builder.withRollingPolicy(java_rolling_policy(policy, bulk=True))
            return self

    def __init__(self, j_obj: Any) -> None:
        super().__init__(j_obj)
        self._j_path: Any = None
        self._writes_texts = False

    def _add_to(self, j_data_stream: Any) -> Any:
        if self._j_path is not None:
            check_output(j_data_stream, self._j_path)
        if self._writes_texts:
            j_data_stream = as_texts(j_data_stream)
        return super()._add_to(j_data_stream)

    @staticmethod
    def for_row_format(
        base_path: str | os.PathLike[str], encoder: Encoder
    ) -> StreamingFileSink.DefaultRowFormatBuilder:
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
        builder = StreamingFileSink.DefaultRowFormatBuilder(
            java_class(_SINKS).forRowFormat(j_path, encoder._j_encoder)
        )
        builder._j_path = j_path
        builder._writes_texts = encoder._writes_texts
        return builder

    @staticmethod
    def for_bulk_format(
        base_path: str | os.PathLike[str], writer_factory: BulkWriterFactory
    ) -> StreamingFileSink.DefaultBulkFormatBuilder:
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
        builder = StreamingFileSink.DefaultBulkFormatBuilder(
            java_class(_SINKS).forBulkFormat(j_path, writer_factory.get_java_object())
        )
        builder._j_path = j_path
        return builder
