# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What becomes of checkpoints after the job."""

from __future__ import annotations

from enum import Enum
from typing import Any

from pyflink._gateway import java_class

__all__ = ["ExternalizedCheckpointRetention"]

_JAVA = "org.apache.flink.configuration.ExternalizedCheckpointRetention"


class ExternalizedCheckpointRetention(Enum):
    """What becomes of the last checkpoint when the job ends."""

    DELETE_ON_CANCELLATION = 0
    """It is deleted when the job is cancelled and kept when the job fails."""

    RETAIN_ON_CANCELLATION = 1
    """It is kept, also when the job is cancelled, and somebody has to delete it some day."""

    NO_EXTERNALIZED_CHECKPOINTS = 2
    """It is deleted in any case."""

    @staticmethod
    def _from_j_externalized_checkpoint_retention(
        j_retention_mode: Any,
    ) -> ExternalizedCheckpointRetention:
        return ExternalizedCheckpointRetention[j_retention_mode.name()]

    def _to_j_externalized_checkpoint_retention(self) -> Any:
        return java_class(_JAVA).valueOf(self.name)
