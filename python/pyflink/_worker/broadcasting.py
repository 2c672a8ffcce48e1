# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What a broadcast process function becomes in the worker: a function of two inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pyflink._worker.context import RuntimeContext
from pyflink._worker.process_context import RecordContext
from pyflink._worker.state.api import BroadcastState, ReadOnlyBroadcastState
from pyflink._worker.state.broadcast import BroadcastStates, KeptBroadcast
from pyflink._worker.state.descriptors import MapStateDescriptor, StateDescriptor
from pyflink._worker.state.keyed_states import KeyedStates


class Broadcasting:
    """Calls a broadcast process function, with contexts that have broadcast state.

    Args:
        function: the user's.
        descriptors: those that the stream was broadcast with.
    """

    def __init__(self, function: Any, descriptors: Iterable[MapStateDescriptor]) -> None:
        self._function = function
        self._descriptors = list(descriptors)
        # for error messages, which name the function
        self.__qualname__ = type(function).__qualname__
        self._states: dict[str, KeptBroadcast] = {}
        self._keyed: KeyedStates | None = None
        self._contexts: dict[int, tuple[RecordContext, _Shared]] = {}
        self._writing: dict[int, tuple[RecordContext, _Shared]] = {}

    def __getstate__(self) -> dict[str, Any]:
        return {"function": self._function, "descriptors": self._descriptors}

    def __setstate__(self, state: dict[str, Any]) -> None:
        Broadcasting.__init__(self, state["function"], state["descriptors"])

    def open(self, runtime_context: RuntimeContext) -> None:
        states = runtime_context._broadcast
        assert isinstance(states, BroadcastStates)
        self._states = {state.name: states.get(state) for state in self._descriptors}
        if isinstance(runtime_context._states, KeyedStates):
            self._keyed = runtime_context._states
        self._function.open(runtime_context)

    def close(self) -> None:
        self._function.close()

    def process_element1(self, value: Any, ctx: RecordContext) -> Any:
        return self._function.process_element(value, self._reader(ctx))

    def process_element2(self, value: Any, ctx: RecordContext) -> Any:
        return self._function.process_broadcast_element(value, self._writer(ctx))

    def on_timer(self, timestamp: int, ctx: RecordContext) -> Any:
        return self._function.on_timer(timestamp, self._reader(ctx))

    # a loop has one context for all its records, so here there is one for each loop

    def _reader(self, ctx: RecordContext) -> _Shared:
        known = self._contexts.get(id(ctx))
        if known is None:
            known = self._contexts[id(ctx)] = (ctx, _Reader(ctx, self._states, self._keyed))
        return known[1]

    def _writer(self, ctx: RecordContext) -> _Shared:
        known = self._writing.get(id(ctx))
        if known is None:
            known = self._writing[id(ctx)] = (ctx, _Writer(ctx, self._states, self._keyed))
        return known[1]


class _Shared:
    """What both functions can ask."""

    def __init__(
        self, ctx: RecordContext, states: dict[str, KeptBroadcast], keyed: KeyedStates | None
    ) -> None:
        self._ctx = ctx
        self._states = states
        self._keyed = keyed
        self.timestamp = ctx.timestamp

    def current_processing_time(self) -> int:
        return self._ctx.timer_service().current_processing_time()

    def current_watermark(self) -> int:
        return self._ctx.timer_service().current_watermark()

    def _state(self, state_descriptor: MapStateDescriptor) -> KeptBroadcast:
        name: Any = getattr(state_descriptor, "name", state_descriptor)
        state = self._states.get(name)
        if state is None:
            known = ", ".join(f"'{name}'" for name in self._states)
            raise ValueError(
                f"there is no broadcast state '{name}': the stream was broadcast with {known}; "
                "give broadcast() the descriptor, too"
            )
        return state


class _Reader(_Shared):
    """What the function for records of the other stream, and for timers, can ask."""

    def __init__(
        self, ctx: RecordContext, states: dict[str, KeptBroadcast], keyed: KeyedStates | None
    ) -> None:
        super().__init__(ctx, states, keyed)
        self.timer_service = ctx.timer_service
        if keyed is not None:
            self.get_current_key = ctx.get_current_key  # type: ignore[attr-defined]
            self.time_domain = ctx.time_domain  # type: ignore[attr-defined]

    def get_broadcast_state(
        self, state_descriptor: MapStateDescriptor
    ) -> ReadOnlyBroadcastState[Any, Any]:
        return self._state(state_descriptor).read_only


class _Writer(_Shared):
    """What the function for broadcast records can ask."""

    def get_broadcast_state(self, state_descriptor: MapStateDescriptor) -> BroadcastState[Any, Any]:
        return self._state(state_descriptor)

    def apply_to_keyed_state(
        self, state_descriptor: StateDescriptor, function: Callable[[Any, Any], object]
    ) -> None:
        if self._keyed is None:
            raise RuntimeError("apply_to_keyed_state() is for keyed streams; this one has no keys")
        for key, state in self._keyed.visit(state_descriptor):
            function(key, state)
