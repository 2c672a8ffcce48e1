# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The operator of windows: any assigner that does not merge, and any trigger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pyflink._worker.labels import Labelled, label_of
from pyflink._worker.state.descriptors import (
    AggregatingStateDescriptor,
    ReducingStateDescriptor,
    StateDescriptor,
)
from pyflink._worker.timers.domain import TimeDomain
from pyflink._worker.windows.assigner import MergingWindowAssigner, WindowAssigner
from pyflink._worker.windows.contents import Contents, contents_of
from pyflink._worker.windows.contexts import AssignerContext, TriggerContext, WindowContext
from pyflink._worker.windows.function import InternalFunction
from pyflink._worker.windows.keys import WindowKeys, window_keys
from pyflink._worker.windows.states import WindowStates
from pyflink._worker.windows.trigger import Trigger, TriggerResult, checked
from pyflink.common.constants import MAX_LONG_VALUE, MIN_LONG_VALUE

if TYPE_CHECKING:
    from pyflink._worker.context import RuntimeContext
    from pyflink._worker.outputs import SideOutputTag
    from pyflink._worker.process_context import KeyedContext
    from pyflink._worker.timers.keyed import KeyedTimers
    from pyflink.common.serializer import TypeSerializer
    from pyflink.metrics.metricbase import Counter


class WindowOperator(Labelled):
    """Puts records into windows and lets windows fire, event for event as Flink does.

    A record goes through these steps, for each window that it is in, unless the window is late::

        contents.add -> trigger.on_element -> if it fires: function.process
                                           -> if it purges: contents.clear
                                           -> a timer for the end of the window

    A timer goes to the trigger, and then as above. The one for the end of the window, when the
    allowed lateness is over, removes it: contents, the trigger's state, the function's state.

    Args:
        assigner: says which windows a record is in.
        trigger: says when they fire.
        allowed_lateness: how long after the watermark has passed it a window is kept, in
            milliseconds.
        late_tag: the side output for records that are late for all their windows; None drops them.
        serializer: makes the names of windows.
        descriptor: describes what a window holds: a list, or a reduced or an aggregated value.
        function: makes the results of what a window holds; None if that is the result.
    """

    def __init__(
        self,
        assigner: WindowAssigner[Any, Any],
        trigger: Trigger[Any, Any],
        allowed_lateness: int,
        late_tag: SideOutputTag | None,
        serializer: TypeSerializer[Any],
        descriptor: StateDescriptor,
        function: InternalFunction | None,
    ) -> None:
        self._assigner = assigner
        self._trigger = trigger
        self._lateness = allowed_lateness
        self._late_tag = late_tag
        self._serializer = serializer
        self._descriptor = descriptor
        self._function = function

    _timers: KeyedTimers
    _contents: Contents
    _keys: WindowKeys
    _context: WindowContext
    _trigger_context: TriggerContext
    _late_records: Counter

    @property
    def label(self) -> str:
        maker: Any = self._function
        if maker is not None:
            # a form that all functions have, with the program's function in it
            maker = getattr(maker, "_wrapped", maker)
            return label_of(maker, "process" if hasattr(maker, "process") else "apply")
        maker = _function(self._descriptor)
        if hasattr(maker, "get_result"):
            return label_of(maker, "get_result")
        # of a callable there is an object with that callable in the place of the method
        is_method = hasattr(type(maker), "reduce")
        return label_of(maker, "reduce") if is_method else label_of(maker.reduce)

    def open(self, runtime_context: RuntimeContext) -> None:
        """Makes the state known and opens the user's functions."""
        timers = runtime_context._timers
        assert timers is not None, "a keyed operator has timers"
        self._timers = timers
        self._event_time = self._assigner.is_event_time()
        keys = self._keys = window_keys(self._serializer)
        first = _function(self._descriptor)
        if hasattr(first, "open"):
            first.open(runtime_context)
        self._contents = contents_of(
            runtime_context, self._descriptor.name, keys.type, self._descriptor
        )
        merging = isinstance(self._assigner, MergingWindowAssigner)
        states = WindowStates(runtime_context, keys.type)
        self._assigner_context = AssignerContext(runtime_context, timers)
        self._trigger_context = TriggerContext(runtime_context, timers, keys, states)
        self._context = WindowContext(runtime_context, timers, states, merging)
        self._late_records = runtime_context.get_metrics_group().counter("numLateRecordsDropped")
        if self._function is not None:
            self._function.open(runtime_context)

    def close(self) -> None:
        """Closes the user's functions."""
        first = _function(self._descriptor)
        if hasattr(first, "close"):
            first.close()
        if self._function is not None:
            self._function.close()

    def process_element(self, value: Any, ctx: KeyedContext) -> Iterator[Any]:
        """Puts a record into its windows; gives the results of those that fire."""
        timestamp = ctx.timestamp()
        if timestamp is None:
            timestamp = MIN_LONG_VALUE
        windows = self._assigner.assign_windows(value, timestamp, self._assigner_context)
        late = True
        for window in windows:
            if self._is_late(window):
                continue
            late = False
            key = self._keys.key(window)
            self._contents.add(key, value)
            yield from self._on_element(value, timestamp, window, key, key, ctx)
        if late:
            yield from self._late(value, timestamp, ctx)

    def on_timer(self, timestamp: int, ctx: KeyedContext) -> Iterator[Any]:
        """Lets the trigger look at a window, and removes it if it is time."""
        key = self._keys.of_namespace(ctx.namespace)
        window = self._keys.window(key)
        yield from self._on_time(timestamp, window, key, key, ctx)
        if self._is_end(timestamp, window, ctx):
            self._remove(window, key, key)

    # ---- a window, which has two names: its own one, and the one that its contents have

    def _on_element(
        self,
        value: Any,
        timestamp: int,
        window: Any,
        key: Any,
        state_key: Any,
        ctx: KeyedContext,
    ) -> Iterator[Any]:
        """Tells the trigger of a record that has been added."""
        self._trigger_context.enter(key)
        result = self._trigger.on_element(value, timestamp, window, self._trigger_context)
        if result is not TriggerResult.CONTINUE:
            result = checked(result, self._trigger, "on_element")
            yield from self._act(result, window, key, state_key, ctx)
        end = self._end(window)
        if end == MAX_LONG_VALUE:
            return
        if self._event_time:
            self._trigger_context.register_event_time_timer(end)
        else:
            self._trigger_context.register_processing_time_timer(end)

    def _on_time(
        self, timestamp: int, window: Any, key: Any, state_key: Any, ctx: KeyedContext
    ) -> Iterator[Any]:
        """Tells the trigger of a timer."""
        self._trigger_context.enter(key)
        method = "on_event_time" if _is_event_time(ctx) else "on_processing_time"
        result = getattr(self._trigger, method)(timestamp, window, self._trigger_context)
        if result is not TriggerResult.CONTINUE:
            result = checked(result, self._trigger, method)
            yield from self._act(result, window, key, state_key, ctx)

    def _act(
        self, result: TriggerResult, window: Any, key: Any, state_key: Any, ctx: KeyedContext
    ) -> Iterator[Any]:
        if result.is_fire():
            contents = self._contents.get(state_key)
            if contents is not None:
                ctx.result_time = window.max_timestamp()
                yield from self._results(window, key, contents, ctx)
        if result.is_purge():
            self._contents.clear(state_key)

    def _results(self, window: Any, key: Any, contents: Any, ctx: KeyedContext) -> Iterable[Any]:
        """What a window makes of what it holds."""
        if self._function is None:
            return (contents,)
        self._context.enter(key)
        user_key = ctx.get_current_key()
        return self._function.process(user_key, window, self._context, contents) or ()

    def _remove(self, window: Any, key: Any, state_key: Any) -> None:
        self._contents.clear(state_key)
        self._trigger_context.enter(key)
        self._trigger.clear(window, self._trigger_context)
        if self._function is not None:
            self._context.enter(key)
            self._function.clear(window, self._context)

    # ---- time

    def _end(self, window: Any) -> int:
        """When a window is removed."""
        last: int = window.max_timestamp()
        return min(last + self._lateness, MAX_LONG_VALUE) if self._event_time else last

    def _is_end(self, timestamp: int, window: Any, ctx: KeyedContext) -> bool:
        """Whether a timer is the one that removes the window."""
        return self._event_time is _is_event_time(ctx) and timestamp == self._end(window)

    def _is_late(self, window: Any) -> bool:
        return self._event_time and self._end(window) <= self._timers.watermark

    def _late(self, value: Any, timestamp: int, ctx: KeyedContext) -> Iterator[Any]:
        """A record that no window took: to the side output if time is the reason."""
        if not self._event_time or timestamp + self._lateness > self._timers.watermark:
            return
        if self._late_tag is None:
            self._late_records.inc()
        else:
            ctx.result_time = timestamp
            yield self._late_tag, value


def _function(descriptor: StateDescriptor) -> Any:
    """The user's function in what a window holds, if there is one."""
    if isinstance(descriptor, ReducingStateDescriptor):
        return descriptor.get_reduce_function()
    if isinstance(descriptor, AggregatingStateDescriptor):
        return descriptor.get_agg_function()
    return None


def _is_event_time(ctx: KeyedContext) -> bool:
    """Whether the timer that fires goes by the watermark."""
    return ctx.domain is TimeDomain.EVENT_TIME
