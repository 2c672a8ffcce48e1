# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The states of a job."""

from __future__ import annotations

from enum import Enum
from typing import Any

from pyflink._gateway import java_class

__all__ = ["JobStatus"]


class JobStatus(Enum):
    """The states of a job.

    Example:
        >>> from pyflink.common import JobStatus
        >>> JobStatus.RESTARTING.is_terminal_state(), JobStatus.FAILED.is_terminal_state()
        (False, True)
    """

    CREATED = 0
    """No task has started yet."""

    RUNNING = 1
    """Some tasks are scheduled or running, some may be finished."""

    FAILING = 2
    """It has failed and waits until all is cleaned up."""

    FAILED = 3
    """It has failed for good."""

    CANCELLING = 4
    """It is being cancelled."""

    CANCELED = 5
    """Somebody has cancelled it."""

    FINISHED = 6
    """All of it has finished successfully."""

    RESTARTING = 7
    """It is restarted after a failure."""

    SUSPENDED = 8
    """It is stopped here, but another cluster may take it up again."""

    RECONCILING = 9
    """Its JobManager is looking for the tasks that run already."""

    INITIALIZING = 10
    """The cluster has it and is about to create it."""

    def is_globally_terminal_state(self) -> bool:
        """Whether this is its end, whatever else happens: finished, cancelled or failed."""
        return self in (JobStatus.FAILED, JobStatus.CANCELED, JobStatus.FINISHED)

    def is_terminal_state(self) -> bool:
        """Whether this cluster is done with it: as before, or suspended."""
        return self is JobStatus.SUSPENDED or self.is_globally_terminal_state()

    @staticmethod
    def _from_j_job_status(j_job_status: Any) -> JobStatus:
        return JobStatus[j_job_status.name()]

    def _to_j_job_status(self) -> Any:
        return java_class("org.apache.flink.api.common.JobStatus").valueOf(self.name)
