# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The DataStream API: where a program starts, its streams, and their settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyflink._lazy import exporter

if TYPE_CHECKING:
    from pyflink.datastream.async_data_stream import AsyncDataStream
    from pyflink.datastream.checkpoint_config import (
        CheckpointConfig,
        ExternalizedCheckpointCleanup,
    )
    from pyflink.datastream.checkpoint_storage import (
        CheckpointStorage,
        CustomCheckpointStorage,
        FileSystemCheckpointStorage,
        JobManagerCheckpointStorage,
    )
    from pyflink.datastream.checkpointing_mode import CheckpointingMode
    from pyflink.datastream.data_stream import (
        ConnectedStreams,
        DataStream,
        DataStreamSink,
        KeyedStream,
    )
    from pyflink.datastream.execution_mode import RuntimeExecutionMode
    from pyflink.datastream.externalized_checkpoint_retention import (
        ExternalizedCheckpointRetention,
    )
    from pyflink.datastream.functions import (
        AsyncFunction,
        AsyncRetryPredicate,
        AsyncRetryStrategy,
        CoFlatMapFunction,
        CoMapFunction,
        CoProcessFunction,
        FilterFunction,
        FlatMapFunction,
        Function,
        KeySelector,
        MapFunction,
        Partitioner,
        ProcessFunction,
        RuntimeContext,
        SinkFunction,
        SourceFunction,
    )
    from pyflink.datastream.output_tag import OutputTag
    from pyflink.datastream.slot_sharing_group import MemorySize, SlotSharingGroup
    from pyflink.datastream.state_backend import (
        CustomStateBackend,
        EmbeddedRocksDBStateBackend,
        FsStateBackend,
        HashMapStateBackend,
        MemoryStateBackend,
        PredefinedOptions,
        RocksDBStateBackend,
        StateBackend,
    )
    from pyflink.datastream.stream_execution_environment import StreamExecutionEnvironment
    from pyflink.datastream.time_characteristic import TimeCharacteristic
    from pyflink.datastream.time_domain import TimeDomain
    from pyflink.datastream.timerservice import TimerService

__all__ = [
    "AsyncDataStream",
    "AsyncFunction",
    "AsyncRetryPredicate",
    "AsyncRetryStrategy",
    "CheckpointConfig",
    "CheckpointStorage",
    "CheckpointingMode",
    "CoFlatMapFunction",
    "CoMapFunction",
    "CoProcessFunction",
    "ConnectedStreams",
    "CustomCheckpointStorage",
    "CustomStateBackend",
    "DataStream",
    "DataStreamSink",
    "EmbeddedRocksDBStateBackend",
    "ExternalizedCheckpointCleanup",
    "ExternalizedCheckpointRetention",
    "FileSystemCheckpointStorage",
    "FilterFunction",
    "FlatMapFunction",
    "FsStateBackend",
    "Function",
    "HashMapStateBackend",
    "JobManagerCheckpointStorage",
    "KeySelector",
    "KeyedStream",
    "MapFunction",
    "MemorySize",
    "MemoryStateBackend",
    "OutputTag",
    "Partitioner",
    "PredefinedOptions",
    "ProcessFunction",
    "RocksDBStateBackend",
    "RuntimeContext",
    "RuntimeExecutionMode",
    "SinkFunction",
    "SlotSharingGroup",
    "SourceFunction",
    "StateBackend",
    "StreamExecutionEnvironment",
    "TimeCharacteristic",
    "TimeDomain",
    "TimerService",
]

# The homes of the names. They are imported when they are asked for, as workers import functions
# from here and must not import Py4J with them.
__getattr__ = exporter(
    __name__,
    {
        "AsyncDataStream": "async_data_stream",
        "AsyncFunction": "functions",
        "AsyncRetryPredicate": "functions",
        "AsyncRetryStrategy": "functions",
        "CheckpointConfig": "checkpoint_config",
        "CheckpointStorage": "checkpoint_storage",
        "CheckpointingMode": "checkpointing_mode",
        "CoFlatMapFunction": "functions",
        "CoMapFunction": "functions",
        "CoProcessFunction": "functions",
        "ConnectedStreams": "data_stream",
        "CustomCheckpointStorage": "checkpoint_storage",
        "CustomStateBackend": "state_backend",
        "DataStream": "data_stream",
        "DataStreamSink": "data_stream",
        "EmbeddedRocksDBStateBackend": "state_backend",
        "ExternalizedCheckpointCleanup": "checkpoint_config",
        "ExternalizedCheckpointRetention": "externalized_checkpoint_retention",
        "FileSystemCheckpointStorage": "checkpoint_storage",
        "FsStateBackend": "state_backend",
        "HashMapStateBackend": "state_backend",
        "JobManagerCheckpointStorage": "checkpoint_storage",
        "MemorySize": "slot_sharing_group",
        "MemoryStateBackend": "state_backend",
        "OutputTag": "output_tag",
        "PredefinedOptions": "state_backend",
        "RocksDBStateBackend": "state_backend",
        "RuntimeExecutionMode": "execution_mode",
        "FilterFunction": "functions",
        "FlatMapFunction": "functions",
        "Function": "functions",
        "KeySelector": "functions",
        "KeyedStream": "data_stream",
        "MapFunction": "functions",
        "Partitioner": "functions",
        "ProcessFunction": "functions",
        "RuntimeContext": "functions",
        "SinkFunction": "functions",
        "SlotSharingGroup": "slot_sharing_group",
        "SourceFunction": "functions",
        "StateBackend": "state_backend",
        "StreamExecutionEnvironment": "stream_execution_environment",
        "TimeCharacteristic": "time_characteristic",
        "TimeDomain": "time_domain",
        "TimerService": "timerservice",
    },
)
