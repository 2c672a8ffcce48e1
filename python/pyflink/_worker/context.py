# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What a function can ask about the task it runs in."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from pyflink.metrics._group import GenericMetricGroup
from pyflink.metrics.metricbase import MetricGroup


class RuntimeContext:
    """The task that a function runs in; ``open`` receives it.

    Args:
        task_name: the name of the task.
        number_of_parallel_subtasks: how many instances of the function run.
        max_number_of_parallel_subtasks: how many could run after rescaling.
        index_of_this_subtask: which of them this is, from 0.
        attempt_number: how often it has been restarted.
        job_parameters: the job's global parameters.
    """

    def __init__(
        self,
        task_name: str,
        number_of_parallel_subtasks: int,
        max_number_of_parallel_subtasks: int,
        index_of_this_subtask: int,
        attempt_number: int,
        job_parameters: Mapping[str, str],
    ) -> None:
        self._task_name = task_name
        self._number_of_parallel_subtasks = number_of_parallel_subtasks
        self._max_number_of_parallel_subtasks = max_number_of_parallel_subtasks
        self._index_of_this_subtask = index_of_this_subtask
        self._attempt_number = attempt_number
        self._job_parameters = job_parameters
        # how many instances the next operator has, for a partitioner
        self._partitions = 0
        self._metrics_group: MetricGroup = GenericMetricGroup(None, None)

    def _with_metrics(self, group: MetricGroup) -> RuntimeContext:
        """The same for another function, whose metrics are in this group."""
        other = copy.copy(self)
        other._metrics_group = group
        return other

    def get_task_name(self) -> str:
        """The name of the task."""
        return self._task_name

    def get_number_of_parallel_subtasks(self) -> int:
        """How many instances of the function run in parallel."""
        return self._number_of_parallel_subtasks

    def get_max_number_of_parallel_subtasks(self) -> int:
        """How many instances could run after rescaling."""
        return self._max_number_of_parallel_subtasks

    def get_index_of_this_subtask(self) -> int:
        """Which of the parallel instances this is, from 0."""
        return self._index_of_this_subtask

    def get_attempt_number(self) -> int:
        """How often this instance has been restarted; 0 the first time."""
        return self._attempt_number

    def get_task_name_with_subtasks(self) -> str:
        """The name of the task with this instance's number, for example ``Map (2/4)#0``."""
        return (
            f"{self._task_name} ({self._index_of_this_subtask + 1}"
            f"/{self._number_of_parallel_subtasks})#{self._attempt_number}"
        )

    def get_job_parameter(self, key: str, default_value: str) -> str:
        """A global parameter of the job.

        Args:
            key: its name.
            default_value: what is returned if the job has no such parameter.
        """
        return self._job_parameters.get(key, default_value)

    def get_metrics_group(self) -> MetricGroup:
        """Where the function registers its metrics; see :mod:`pyflink.metrics`."""
        return self._metrics_group
