# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""When Flink 1 started the consumers of a batch job."""

from __future__ import annotations

from enum import Enum

__all__ = ["InputDependencyConstraint"]


class InputDependencyConstraint(Enum):
    """When Flink 1 started the consumers of a batch job.

    Deprecated: Flink 2 starts them by pipelined regions, and nothing reads this.
    """

    ANY = 0
    ALL = 1
