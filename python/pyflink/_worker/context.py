# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What a function can ask about the task it runs in."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from pyflink._worker.state.api import (
    AggregatingState,
    ListState,
    MapState,
    ReducingState,
    ValueState,
)
from pyflink._worker.state.broadcast import BroadcastStates
from pyflink._worker.state.descriptors import (
    AggregatingStateDescriptor,
    ListStateDescriptor,
    MapStateDescriptor,
    ReducingStateDescriptor,
    ValueStateDescriptor,
)
from pyflink._worker.state.stores import KeyedStateStore
from pyflink._worker.timers.keyed import KeyedTimers
from pyflink.metrics._group import GenericMetricGroup
from pyflink.metrics.metricbase import MetricGroup


class RuntimeContext(KeyedStateStore):
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
        # of functions that get the records of keys
        self._states: KeyedStateStore | None = None
        self._timers: KeyedTimers | None = None
        self._is_batch = False
        self._broadcast: BroadcastStates | None = None

    def _with_keys(
        self, states: KeyedStateStore, timers: KeyedTimers, is_batch: bool
    ) -> RuntimeContext:
        """The same for a function that gets the records of keys."""
        other = copy.copy(self)
        other._states = states
        other._timers = timers
        other._is_batch = is_batch
        return other

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

    def get_state(self, state_descriptor: ValueStateDescriptor) -> ValueState[Any]:
        """State of one value for each key.

        Args:
            state_descriptor: its name and type.

        Raises:
            RuntimeError: if the stream has no keys.
            ValueError: if the function has another state of that name.
        """
        return self._keyed("get_state").get_state(state_descriptor)

    def get_list_state(self, state_descriptor: ListStateDescriptor) -> ListState[Any]:
        """State of a list for each key.

        Args:
            state_descriptor: its name and type.

        Raises:
            RuntimeError: if the stream has no keys.
            ValueError: if the function has another state of that name.
        """
        return self._keyed("get_list_state").get_list_state(state_descriptor)

    def get_map_state(self, state_descriptor: MapStateDescriptor) -> MapState[Any, Any]:
        """State of a map for each key.

        Args:
            state_descriptor: its name and types.

        Raises:
            RuntimeError: if the stream has no keys.
            ValueError: if the function has another state of that name.
        """
        return self._keyed("get_map_state").get_map_state(state_descriptor)

    def get_reducing_state(self, state_descriptor: ReducingStateDescriptor) -> ReducingState[Any]:
        """State of one value for each key, into which others are reduced.

        Args:
            state_descriptor: its name, type and reduce function.

        Raises:
            RuntimeError: if the stream has no keys.
            ValueError: if the function has another state of that name.
        """
        return self._keyed("get_reducing_state").get_reducing_state(state_descriptor)

    def get_aggregating_state(
        self, state_descriptor: AggregatingStateDescriptor
    ) -> AggregatingState[Any, Any]:
        """State of one accumulator for each key, to which values are added.

        Args:
            state_descriptor: its name, type and aggregate function.

        Raises:
            RuntimeError: if the stream has no keys.
            ValueError: if the function has another state of that name.
        """
        return self._keyed("get_aggregating_state").get_aggregating_state(state_descriptor)

    def _keyed(self, method: str) -> KeyedStateStore:
        if self._states is None:
            raise RuntimeError(
                f"{method}(): state belongs to keys, and the records of this function have none: "
                "call key_by() before it, and give it as an object of a function class, not as a "
                "plain function"
            )
        return self._states
