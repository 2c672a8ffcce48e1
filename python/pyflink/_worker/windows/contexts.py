# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What assigners, triggers and functions of windows can ask."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, NoReturn

from pyflink._worker.state.stores import KeyedStateStore
from pyflink._worker.windows.assigner import WindowAssigner
from pyflink._worker.windows.keys import WindowKeys
from pyflink._worker.windows.states import WindowStates
from pyflink._worker.windows.trigger import Trigger

if TYPE_CHECKING:
    from pyflink._worker.context import RuntimeContext
    from pyflink._worker.state.api import State
    from pyflink._worker.state.descriptors import StateDescriptor
    from pyflink._worker.timers.keyed import KeyedTimers
    from pyflink.metrics.metricbase import MetricGroup


class AssignerContext(WindowAssigner.WindowAssignerContext):
    """The context of an assigner."""

    def __init__(self, runtime_context: RuntimeContext, timers: KeyedTimers) -> None:
        self._runtime_context = runtime_context
        self._timers = timers

    def get_current_processing_time(self) -> int:
        return self._timers.processing_time()

    def get_runtime_context(self) -> RuntimeContext:
        return self._runtime_context


class TriggerContext(Trigger.OnMergeContext):
    """The context of a trigger, for one window after the other.

    Attributes:
        merged: the names of the windows that have become the window at hand.
    """

    def __init__(
        self,
        runtime_context: RuntimeContext,
        timers: KeyedTimers,
        keys: WindowKeys,
        states: WindowStates,
    ) -> None:
        self._runtime_context = runtime_context
        self._timers = timers
        self._keys = keys
        self._states = states
        self._key: Any = None
        self.merged: Collection[Any] = ()

    def enter(self, key: Any) -> None:
        """Another window is at hand.

        Args:
            key: its name.
        """
        self._key = key
        self._states.window = key

    def get_current_processing_time(self) -> int:
        return self._timers.processing_time()

    def get_metric_group(self) -> MetricGroup:
        return self._runtime_context.get_metrics_group()

    def get_current_watermark(self) -> int:
        return self._timers.watermark

    def register_processing_time_timer(self, time: int) -> None:
        self._timers.register_processing(time, self._keys.namespace(self._key))

    def register_event_time_timer(self, time: int) -> None:
        self._timers.register_event(time, self._keys.namespace(self._key))

    def delete_processing_time_timer(self, time: int) -> None:
        self._timers.delete_processing(time, self._keys.namespace(self._key))

    def delete_event_time_timer(self, time: int) -> None:
        self._timers.delete_event(time, self._keys.namespace(self._key))

    def get_partitioned_state(self, state_descriptor: StateDescriptor) -> State:
        return self._states.of(state_descriptor)

    def merge_partitioned_state(self, state_descriptor: StateDescriptor) -> None:
        self._states.merge(state_descriptor, self.merged)


class WindowContext:
    """The time and state for a function of windows.

    Args:
        runtime_context: the task, with the state of keys.
        timers: the time.
        states: the state of windows.
        merging: whether windows merge.
    """

    def __init__(
        self,
        runtime_context: RuntimeContext,
        timers: KeyedTimers,
        states: WindowStates,
        merging: bool,
    ) -> None:
        self._runtime_context = runtime_context
        self._timers = timers
        self._of_windows = states
        self._states: KeyedStateStore = _NoWindowStates() if merging else states

    def enter(self, key: Any) -> None:
        """Another window is at hand.

        Args:
            key: its name.
        """
        self._of_windows.window = key

    def current_processing_time(self) -> int:
        return self._timers.processing_time()

    def current_watermark(self) -> int:
        return self._timers.watermark

    def window_state(self) -> KeyedStateStore:
        return self._states

    def global_state(self) -> RuntimeContext:
        return self._runtime_context


class _NoWindowStates(KeyedStateStore):
    """What a function has of the state of windows that merge."""

    def get_state(self, state_descriptor: Any) -> NoReturn:
        _refuse(state_descriptor)

    def get_list_state(self, state_descriptor: Any) -> NoReturn:
        _refuse(state_descriptor)

    def get_map_state(self, state_descriptor: Any) -> NoReturn:
        _refuse(state_descriptor)

    def get_reducing_state(self, state_descriptor: Any) -> NoReturn:
        _refuse(state_descriptor)

    def get_aggregating_state(self, state_descriptor: Any) -> NoReturn:
        _refuse(state_descriptor)


def _refuse(descriptor: Any) -> NoReturn:
    raise RuntimeError(
        f"window_state(): state '{getattr(descriptor, 'name', descriptor)}' cannot belong to a "
        "window here, as sessions and other windows that merge have no state of their own. "
        "Take it from global_state(), which belongs to the key."
    )
