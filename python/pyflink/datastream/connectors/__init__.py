# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Sources and sinks: where records come from and where they go.

The connectors are loaded when they are first named, as a program uses one or two of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyflink._lazy import exporter
from pyflink.datastream.connectors.base import DeliveryGuarantee, Sink, Source

if TYPE_CHECKING:
    from pyflink.datastream.connectors.file_system import (
        BucketAssigner,
        DefaultRollingPolicy,
        FileEnumeratorProvider,
        FileSink,
        FileSource,
        FileSourceBuilder,
        FileSplitAssignerProvider,
        OutputFileConfig,
        RollingPolicy,
        StreamFormat,
        StreamingFileSink,
    )
    from pyflink.datastream.connectors.number_seq import NumberSequenceSource

_HOMES = {
    "BucketAssigner": "file_system",
    "DefaultRollingPolicy": "file_system",
    "FileEnumeratorProvider": "file_system",
    "FileSink": "file_system",
    "FileSource": "file_system",
    "FileSourceBuilder": "file_system",
    "FileSplitAssignerProvider": "file_system",
    "NumberSequenceSource": "number_seq",
    "OutputFileConfig": "file_system",
    "RollingPolicy": "file_system",
    "StreamFormat": "file_system",
    "StreamingFileSink": "file_system",
}

__all__ = [
    "BucketAssigner",
    "DefaultRollingPolicy",
    "DeliveryGuarantee",
    "FileEnumeratorProvider",
    "FileSink",
    "FileSource",
    "FileSourceBuilder",
    "FileSplitAssignerProvider",
    "NumberSequenceSource",
    "OutputFileConfig",
    "RollingPolicy",
    "Sink",
    "Source",
    "StreamFormat",
    "StreamingFileSink",
]

__getattr__ = exporter(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
