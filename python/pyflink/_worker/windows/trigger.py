# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What says when a window fires."""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from pyflink._worker.state.api import State
    from pyflink._worker.state.descriptors import StateDescriptor
    from pyflink.metrics.metricbase import MetricGroup

T = TypeVar("T")
W = TypeVar("W")


class TriggerResult(Enum):
    """What a trigger wants to happen to a window.

    A window without records makes no results, whatever its trigger says.
    """

    CONTINUE = (False, False)
    """Nothing."""

    FIRE_AND_PURGE = (True, True)
    """The window makes its results, and its records are dropped."""

    FIRE = (True, False)
    """The window makes its results, and keeps its records."""

    PURGE = (False, True)
    """The records of the window are dropped."""

    def is_fire(self) -> bool:
        """Whether the window makes its results."""
        return self.value[0]

    def is_purge(self) -> bool:
        """Whether its records are dropped."""
        return self.value[1]


class Trigger(ABC, Generic[T, W]):
    """Says when a window makes its results.

    Derive from it for one of your own; :meth:`WindowedStream.trigger` takes it. One object serves
    all keys and windows, so what it has to remember belongs into the state and the timers that its
    context offers.

    Example:
        >>> class OnEveryRecord(Trigger):
        ...     def on_element(self, element, timestamp, window, ctx):
        ...         return TriggerResult.FIRE
        ...
        ...     def on_processing_time(self, time, window, ctx):
        ...         return TriggerResult.CONTINUE
        ...
        ...     def on_event_time(self, time, window, ctx):
        ...         return TriggerResult.CONTINUE
        ...
        ...     def on_merge(self, window, ctx):
        ...         pass
        ...
        ...     def clear(self, window, ctx):
        ...         pass
    """

    class TriggerContext(ABC):
        """The time, timers, and the state of a window, for its trigger.

        All times are milliseconds since 1970-01-01T00:00:00Z.
        """

        @abstractmethod
        def get_current_processing_time(self) -> int:
            """What the clock of the machine that runs the operator shows."""

        @abstractmethod
        def get_metric_group(self) -> MetricGroup:
            """Where the trigger registers its metrics; the operator's own group."""

        @abstractmethod
        def get_current_watermark(self) -> int:
            """The watermark that the operator's input has reached, ``-2**63`` before the first."""

        @abstractmethod
        def register_processing_time_timer(self, time: int) -> None:
            """Lets :meth:`Trigger.on_processing_time` be called for the window.

            Args:
                time: when.
            """

        @abstractmethod
        def register_event_time_timer(self, time: int) -> None:
            """Lets :meth:`Trigger.on_event_time` be called for the window.

            Args:
                time: when: as soon as the watermark reaches it.
            """

        @abstractmethod
        def delete_processing_time_timer(self, time: int) -> None:
            """Takes a timer of the window back; nothing happens if there is none.

            Args:
                time: the time it was set to.
            """

        @abstractmethod
        def delete_event_time_timer(self, time: int) -> None:
            """Takes a timer of the window back; nothing happens if there is none.

            Args:
                time: the time it was set to.
            """

        @abstractmethod
        def get_partitioned_state(self, state_descriptor: StateDescriptor) -> State:
            """State that belongs to the key and the window.

            Args:
                state_descriptor: its name and type; a ``ValueStateDescriptor`` gives a
                    ``ValueState``, and so on.
            """

    class OnMergeContext(TriggerContext):
        """The context of :meth:`Trigger.on_merge`."""

        @abstractmethod
        def merge_partitioned_state(self, state_descriptor: StateDescriptor) -> None:
            """Merges the state of the windows that have become one into that one's state.

            Args:
                state_descriptor: names state of lists, of a reduced or of an aggregated value.

            Raises:
                TypeError: if it is of another kind, which cannot be merged.
            """

    @abstractmethod
    def on_element(
        self, element: T, timestamp: int, window: W, ctx: Trigger.TriggerContext
    ) -> TriggerResult:
        """Called for each record that has been added to a window.

        Args:
            element: the record.
            timestamp: its timestamp in milliseconds; ``-2**63`` if it has none.
            window: the window.
            ctx: the time, timers and state.
        """

    @abstractmethod
    def on_processing_time(
        self, time: int, window: W, ctx: Trigger.TriggerContext
    ) -> TriggerResult:
        """Called when a timer fires that goes by the clock.

        Args:
            time: the time that it was set to.
            window: the window that it was set for.
            ctx: the time, timers and state.
        """

    @abstractmethod
    def on_event_time(self, time: int, window: W, ctx: Trigger.TriggerContext) -> TriggerResult:
        """Called when a timer fires that goes by the watermark.

        Args:
            time: the time that it was set to.
            window: the window that it was set for.
            ctx: the time, timers and state.
        """

    def can_merge(self) -> bool:
        """Whether the trigger can be used where windows merge: with session windows, for example.

        Then :meth:`on_merge` has to set the timers of the new window.
        """
        return False

    @abstractmethod
    def on_merge(self, window: W, ctx: Trigger.OnMergeContext) -> None:
        """Called when windows have become one, before :meth:`clear` for each of them.

        Args:
            window: what they have become.
            ctx: the time, and timers and state of the new window.
        """

    @abstractmethod
    def clear(self, window: W, ctx: Trigger.TriggerContext) -> None:
        """Takes back the window's timers and clears its state; called when it is removed.

        Args:
            window: the window.
            ctx: the time, timers and state.
        """


def checked(result: Any, trigger: Trigger[Any, Any], method: str) -> TriggerResult:
    """What a trigger has returned.

    Raises:
        TypeError: if it is no ``TriggerResult``.
    """
    if isinstance(result, TriggerResult):
        return result
    raise TypeError(
        f"{type(trigger).__name__}.{method}() returns a TriggerResult, for example "
        f"TriggerResult.CONTINUE; not {result!r:.100}."
    )
