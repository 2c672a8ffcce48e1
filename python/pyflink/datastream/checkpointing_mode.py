# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What checkpoints guarantee."""

from __future__ import annotations

from enum import Enum
from typing import Any

from pyflink._gateway import java_class

__all__ = ["CheckpointingMode"]


class CheckpointingMode(Enum):
    """What checkpoints guarantee after a failure."""

    EXACTLY_ONCE = 0
    """Every record changes the state once. Records are held back while a checkpoint's barriers
    arrive, unless checkpoints are unaligned."""

    AT_LEAST_ONCE = 1
    """Some records may change the state again. Nothing is ever held back."""

    @staticmethod
    def _from_j_checkpointing_mode(j_checkpointing_mode: Any) -> CheckpointingMode:
        return CheckpointingMode[j_checkpointing_mode.name()]

    def _to_j_checkpointing_mode(self) -> Any:
        return java_class("org.apache.flink.core.execution.CheckpointingMode").valueOf(self.name)
