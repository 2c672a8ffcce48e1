# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Files as sources and as sinks."""

from pyflink.datastream.connectors._compaction import FileCompactor, FileCompactStrategy
from pyflink.datastream.connectors._file_sink import FileSink
from pyflink.datastream.connectors._file_source import (
    BulkFormat,
    FileEnumeratorProvider,
    FileSource,
    FileSourceBuilder,
    FileSplitAssignerProvider,
    StreamFormat,
)
from pyflink.datastream.connectors._part_files import (
    BucketAssigner,
    DefaultRollingPolicy,
    OnCheckpointRollingPolicy,
    OutputFileConfig,
    RollingPolicy,
)
from pyflink.datastream.connectors._streaming_file_sink import StreamingFileSink

__all__ = [
    "BucketAssigner",
    "BulkFormat",
    "DefaultRollingPolicy",
    "FileCompactStrategy",
    "FileCompactor",
    "FileEnumeratorProvider",
    "FileSink",
    "FileSource",
    "FileSourceBuilder",
    "FileSplitAssignerProvider",
    "OnCheckpointRollingPolicy",
    "OutputFileConfig",
    "RollingPolicy",
    "StreamFormat",
    "StreamingFileSink",
]
