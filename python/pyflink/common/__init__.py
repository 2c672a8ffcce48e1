# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Types, values and settings that every part of the API shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyflink._lazy import exporter

if TYPE_CHECKING:
    from pyflink.common.completable_future import CompletableFuture
    from pyflink.common.config_options import ConfigOption, ConfigOptions
    from pyflink.common.configuration import Configuration
    from pyflink.common.execution_config import ExecutionConfig
    from pyflink.common.execution_mode import ExecutionMode
    from pyflink.common.input_dependency_constraint import InputDependencyConstraint
    from pyflink.common.job_client import JobClient
    from pyflink.common.job_execution_result import JobExecutionResult
    from pyflink.common.job_id import JobID
    from pyflink.common.job_status import JobStatus
    from pyflink.common.restart_strategy import RestartStrategies, RestartStrategyConfiguration
    from pyflink.common.serialization import (
        ByteArraySchema,
        DeserializationSchema,
        Encoder,
        SerializationSchema,
        SimpleStringSchema,
    )
    from pyflink.common.serializer import TypeSerializer
    from pyflink.common.time import Duration, Instant, Time
    from pyflink.common.typeinfo import TypeInformation, Types
    from pyflink.common.types import Row, RowKind
    from pyflink.common.watermark_strategy import (
        AssignerWithPeriodicWatermarksWrapper,
        WatermarkStrategy,
    )

__all__ = [
    "AssignerWithPeriodicWatermarksWrapper",
    "ByteArraySchema",
    "CompletableFuture",
    "ConfigOption",
    "ConfigOptions",
    "Configuration",
    "DeserializationSchema",
    "Duration",
    "Encoder",
    "ExecutionConfig",
    "ExecutionMode",
    "InputDependencyConstraint",
    "Instant",
    "JobClient",
    "JobExecutionResult",
    "JobID",
    "JobStatus",
    "RestartStrategies",
    "RestartStrategyConfiguration",
    "Row",
    "RowKind",
    "SerializationSchema",
    "SimpleStringSchema",
    "Time",
    "TypeInformation",
    "TypeSerializer",
    "Types",
    "WatermarkStrategy",
]

__getattr__ = exporter(
    __name__,
    {
        "AssignerWithPeriodicWatermarksWrapper": "watermark_strategy",
        "ByteArraySchema": "serialization",
        "CompletableFuture": "completable_future",
        "ConfigOption": "config_options",
        "ConfigOptions": "config_options",
        "Configuration": "configuration",
        "DeserializationSchema": "serialization",
        "Duration": "time",
        "Encoder": "serialization",
        "ExecutionConfig": "execution_config",
        "ExecutionMode": "execution_mode",
        "InputDependencyConstraint": "input_dependency_constraint",
        "Instant": "time",
        "JobClient": "job_client",
        "JobExecutionResult": "job_execution_result",
        "JobID": "job_id",
        "JobStatus": "job_status",
        "RestartStrategies": "restart_strategy",
        "RestartStrategyConfiguration": "restart_strategy",
        "Row": "types",
        "RowKind": "types",
        "SerializationSchema": "serialization",
        "SimpleStringSchema": "serialization",
        "Time": "time",
        "TypeInformation": "typeinfo",
        "TypeSerializer": "serializer",
        "Types": "typeinfo",
        "WatermarkStrategy": "watermark_strategy",
    },
)
