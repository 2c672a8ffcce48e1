# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A job that has been submitted."""

from __future__ import annotations

from typing import Any

from pyflink._gateway import java_class
from pyflink.common.completable_future import CompletableFuture
from pyflink.common.job_execution_result import JobExecutionResult
from pyflink.common.job_id import JobID
from pyflink.common.job_status import JobStatus

__all__ = ["JobClient"]

_SAVEPOINT_FORMAT = "org.apache.flink.core.execution.SavepointFormatType"


class JobClient:
    """A job that has been submitted: asks for its state, cancels it, takes savepoints of it.

    ``StreamExecutionEnvironment.execute_async`` returns one.

    Args:
        j_job_client: the Java ``JobClient``.

    Example:
        >>> from pyflink.common import Types
        >>> from pyflink.datastream import StreamExecutionEnvironment
        >>> env = StreamExecutionEnvironment.get_execution_environment()
        >>> sink = env.from_collection([], Types.INT()).print()
        >>> client = env.execute_async("no numbers")
        >>> client.get_job_execution_result().result().get_job_id() == client.get_job_id()
        True
        >>> client.get_job_status().result()
        <JobStatus.FINISHED: 6>
    """

    def __init__(self, j_job_client: Any) -> None:
        self._j_job_client = j_job_client

    def get_job_id(self) -> JobID:
        """The identifier of the job."""
        return JobID(self._j_job_client.getJobID())

    def get_job_status(self) -> CompletableFuture[JobStatus]:
        """The state the job is in."""
        return CompletableFuture(self._j_job_client.getJobStatus(), JobStatus._from_j_job_status)

    def cancel(self) -> CompletableFuture[None]:
        """Cancels the job; the future is done when the cluster has taken note."""
        return CompletableFuture(self._j_job_client.cancel())

    def stop_with_savepoint(
        self, advance_to_end_of_event_time: bool, savepoint_directory: str | None = None
    ) -> CompletableFuture[str]:
        """Stops the job and keeps its state in a savepoint.

        Args:
            advance_to_end_of_event_time: whether all timers fire and all windows close before, as
                if the input had ended. Do not if the job is to go on later.
            savepoint_directory: where to; the configured directory if None.

        Returns:
            The path of the savepoint, when all is written.
        """
        return CompletableFuture(
            self._j_job_client.stopWithSavepoint(
                advance_to_end_of_event_time, savepoint_directory, _savepoint_format()
            ),
            str,
        )

    def trigger_savepoint(self, savepoint_directory: str | None = None) -> CompletableFuture[str]:
        """Takes a savepoint while the job goes on.

        Args:
            savepoint_directory: where to; the configured directory if None.

        Returns:
            The path of the savepoint, when all is written.
        """
        return CompletableFuture(
            self._j_job_client.triggerSavepoint(savepoint_directory, _savepoint_format()), str
        )

    def get_accumulators(self) -> CompletableFuture[dict[str, Any]]:
        """The values that the job's accumulators have now, by their names."""
        return CompletableFuture(self._j_job_client.getAccumulators(), dict)

    def get_job_execution_result(self) -> CompletableFuture[JobExecutionResult]:
        """The result of the job, when it has finished."""
        return CompletableFuture(self._j_job_client.getJobExecutionResult(), JobExecutionResult)


def _savepoint_format() -> Any:
    return java_class(_SAVEPOINT_FORMAT).CANONICAL
