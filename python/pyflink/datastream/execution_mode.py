# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Stream or batch."""

from __future__ import annotations

from enum import Enum
from typing import Any

from pyflink._gateway import java_class

__all__ = ["RuntimeExecutionMode"]


class RuntimeExecutionMode(Enum):
    """Whether a job runs as a stream or as a batch."""

    STREAMING = 0
    """All tasks run at once and records flow, as a stream without an end needs it."""

    BATCH = 1
    """Stage by stage, for sources that end. Only final results leave the job."""

    AUTOMATIC = 2
    """BATCH if all sources end, STREAMING otherwise."""

    @staticmethod
    def _from_j_execution_mode(j_execution_mode: Any) -> RuntimeExecutionMode:
        return RuntimeExecutionMode[j_execution_mode.name()]

    def _to_j_execution_mode(self) -> Any:
        return java_class("org.apache.flink.api.common.RuntimeExecutionMode").valueOf(self.name)
