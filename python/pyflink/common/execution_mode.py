# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""How batch programs exchanged data in Flink 1."""

from __future__ import annotations

from enum import Enum

__all__ = ["ExecutionMode"]


class ExecutionMode(Enum):
    """How batch programs exchanged data in Flink 1.

    Deprecated: Flink 2 has no such setting. ``StreamExecutionEnvironment.set_runtime_mode`` chooses
    between batch and streaming, and ``execution.batch-shuffle-mode`` how batches are exchanged.
    """

    PIPELINED = 0
    PIPELINED_FORCED = 1
    BATCH = 2
    BATCH_FORCED = 3
