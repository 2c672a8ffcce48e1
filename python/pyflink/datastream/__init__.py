# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The DataStream API: where a program starts, its streams, and their settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyflink._lazy import exporter

if TYPE_CHECKING:
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
        BroadcastConnectedStream,
        BroadcastStream,
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
        AggregateFunction,
        BroadcastProcessFunction,
        CoFlatMapFunction,
        CoMapFunction,
        CoProcessFunction,
        FilterFunction,
        FlatMapFunction,
        Function,
        KeyedBroadcastProcessFunction,
        KeyedCoProcessFunction,
        KeyedProcessFunction,
        KeySelector,
        MapFunction,
        Partitioner,
        ProcessFunction,
        ProcessWindowFunction,
        ReduceFunction,
        RuntimeContext,
        SinkFunction,
        SourceFunction,
        WindowFunction,
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
    "AggregateFunction",
    "BroadcastConnectedStream",
    "BroadcastProcessFunction",
    "BroadcastStream",
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
    "KeyedBroadcastProcessFunction",
    "KeyedCoProcessFunction",
    "KeyedProcessFunction",
    "KeyedStream",
    "MapFunction",
    "MemorySize",
    "MemoryStateBackend",
    "OutputTag",
    "Partitioner",
    "PredefinedOptions",
    "ProcessFunction",
    "ProcessWindowFunction",
    "ReduceFunction",
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
    "WindowFunction",
]

# The homes of the names. They are imported when they are asked for, as workers import functions
# from here and must not import Py4J with them.
__getattr__ = exporter(
    __name__,
    {
        "AggregateFunction": "functions",
        "BroadcastProcessFunction": "functions",
        "CheckpointConfig": "checkpoint_config",
        "CheckpointStorage": "checkpoint_storage",
        "CheckpointingMode": "checkpointing_mode",
        "CoFlatMapFunction": "functions",
        "CoMapFunction": "functions",
        "CoProcessFunction": "functions",
        "BroadcastConnectedStream": "data_stream",
        "BroadcastStream": "data_stream",
        "ConnectedStreams": "data_stream",
        "CustomCheckpointStorage": "checkpoint_storage",
        "CustomStateBackend": "state_backend",
        "DataStream": "data_stream",
        "DataStreamSink": "data_stream",
        "EmbeddedRocksDBStateBackend": "state_backend",
        "ExternalizedCheckpointCleanup": "checkpoint_config",
        "ExternalizedCheckpointRetention": "externalized_checkpoint_retention",
        "FileSystemCheckpointStorage": "checkpoint_storage",
        "FilterFunction": "functions",
        "FlatMapFunction": "functions",
        "FsStateBackend": "state_backend",
        "Function": "functions",
        "HashMapStateBackend": "state_backend",
        "JobManagerCheckpointStorage": "checkpoint_storage",
        "KeySelector": "functions",
        "KeyedBroadcastProcessFunction": "functions",
        "KeyedCoProcessFunction": "functions",
        "KeyedProcessFunction": "functions",
        "KeyedStream": "data_stream",
        "MapFunction": "functions",
        "MemorySize": "slot_sharing_group",
        "MemoryStateBackend": "state_backend",
        "OutputTag": "output_tag",
        "Partitioner": "functions",
        "PredefinedOptions": "state_backend",
        "ProcessFunction": "functions",
        "ProcessWindowFunction": "functions",
        "ReduceFunction": "functions",
        "RocksDBStateBackend": "state_backend",
        "RuntimeContext": "functions",
        "RuntimeExecutionMode": "execution_mode",
        "SinkFunction": "functions",
        "SlotSharingGroup": "slot_sharing_group",
        "SourceFunction": "functions",
        "StateBackend": "state_backend",
        "StreamExecutionEnvironment": "stream_execution_environment",
        "TimeCharacteristic": "time_characteristic",
        "TimeDomain": "time_domain",
        "TimerService": "timerservice",
        "WindowFunction": "functions",
    },
)
