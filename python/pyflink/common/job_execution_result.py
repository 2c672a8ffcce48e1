# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What is left of a job that has finished."""

from __future__ import annotations

from typing import Any

from pyflink.common.job_id import JobID

__all__ = ["JobExecutionResult"]


class JobExecutionResult:
    """What is left of a job that has finished: its identifier, run time and accumulators.

    Args:
        j_job_execution_result: the Java ``JobExecutionResult``.
    """

    def __init__(self, j_job_execution_result: Any) -> None:
        self._j_job_execution_result = j_job_execution_result

    def get_job_id(self) -> JobID:
        """The identifier of the job."""
        return JobID(self._j_job_execution_result.getJobID())

    def get_net_runtime(self) -> int:
        """How long the job ran, in milliseconds, without the time before it was scheduled."""
        return int(self._j_job_execution_result.getNetRuntime())

    def get_accumulator_result(self, accumulator_name: str) -> Any:
        """The value of an accumulator.

        Args:
            accumulator_name: its name.

        Returns:
            The value; None if the job has no accumulator of this name.
        """
        return self._j_job_execution_result.getAccumulatorResult(accumulator_name)

    def get_all_accumulator_results(self) -> dict[str, Any]:
        """The values of all accumulators by their names."""
        return dict(self._j_job_execution_result.getAllAccumulatorResults())

    def __str__(self) -> str:
        return str(self._j_job_execution_result.toString())
