# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""From the descriptors of a function's states to the states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pyflink._codec import descriptor
from pyflink._worker.state.api import (
    AggregatingState,
    ListState,
    MapState,
    ReducingState,
    ValueState,
)
from pyflink._worker.state.descriptors import (
    AggregatingStateDescriptor,
    ListStateDescriptor,
    MapStateDescriptor,
    ReducingStateDescriptor,
    StateDescriptor,
    ValueStateDescriptor,
)
from pyflink._worker.state.fit import Fit
from pyflink._worker.state.lists import KeptList
from pyflink._worker.state.maps import KeptMap
from pyflink._worker.state.store import Store
from pyflink._worker.state.stores import KeyedStateStore
from pyflink._worker.state.ttl import ExpiringList, ExpiringMap, ExpiringValue, Life, stamped
from pyflink._worker.state.value import KeptAggregating, KeptReducing, KeptValue


class KeyedStates(KeyedStateStore):
    """The states of a function, each made when it is asked for first.

    Args:
        store: holds what they hold.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._made: dict[str, tuple[tuple[Any, ...], Any]] = {}

    def visit(self, state_descriptor: StateDescriptor) -> Iterator[tuple[Any, Any]]:
        """Each key that has something of a state, with the state, as long as it is the current one.

        Args:
            state_descriptor: the state's.
        """
        getters: tuple[tuple[type, Callable[[Any], Any]], ...] = (
            (ValueStateDescriptor, self.get_state),
            (ListStateDescriptor, self.get_list_state),
            (MapStateDescriptor, self.get_map_state),
            (ReducingStateDescriptor, self.get_reducing_state),
            (AggregatingStateDescriptor, self.get_aggregating_state),
        )
        for kind, get in getters:
            if isinstance(state_descriptor, kind):
                state = get(state_descriptor)
                return ((key, state) for key in self._store.visit(state_descriptor.name))
        raise TypeError(
            "apply_to_keyed_state() takes the descriptor of a state, for example "
            f"ValueStateDescriptor('name', ...); not {state_descriptor!r:.100}"
        )

    def get_state(self, state_descriptor: ValueStateDescriptor) -> ValueState[Any]:
        _expect(state_descriptor, ValueStateDescriptor, "get_state")
        return self._value(state_descriptor, "value")

    def get_reducing_state(self, state_descriptor: ReducingStateDescriptor) -> ReducingState[Any]:
        _expect(state_descriptor, ReducingStateDescriptor, "get_reducing_state")
        value = self._value(state_descriptor, "reducing")
        return KeptReducing(value, state_descriptor.get_reduce_function())

    def get_aggregating_state(
        self, state_descriptor: AggregatingStateDescriptor
    ) -> AggregatingState[Any, Any]:
        _expect(state_descriptor, AggregatingStateDescriptor, "get_aggregating_state")
        value = self._value(state_descriptor, "aggregating")
        return KeptAggregating(value, state_descriptor.get_agg_function())

    def get_list_state(self, state_descriptor: ListStateDescriptor) -> ListState[Any]:
        _expect(state_descriptor, ListStateDescriptor, "get_list_state")
        element = descriptor(state_descriptor.type_info.elem_type)
        ttl = _ttl(state_descriptor)
        known = self._known(state_descriptor, "list", element)
        if known is not None:
            return known  # type: ignore[no-any-return]
        kept = KeptList(
            self._store, *self._place(state_descriptor), stamped(element) if ttl else element
        )
        self._store.add(kept, ttl)
        state: ListState[Any] = (
            ExpiringList(kept, Life(ttl), Fit(kept.wrong_value, element)) if ttl else kept
        )
        self._keep(state_descriptor, state)
        return state

    def get_map_state(self, state_descriptor: MapStateDescriptor) -> MapState[Any, Any]:
        _expect(state_descriptor, MapStateDescriptor, "get_map_state")
        key = descriptor(state_descriptor.type_info._key_type_info)
        value = descriptor(state_descriptor.type_info._value_type_info)
        ttl = _ttl(state_descriptor)
        known = self._known(state_descriptor, "map", key, value)
        if known is not None:
            return known  # type: ignore[no-any-return]
        kept = KeptMap(
            self._store, *self._place(state_descriptor), key, stamped(value) if ttl else value
        )
        self._store.add(kept, ttl)
        state: MapState[Any, Any] = (
            ExpiringMap(kept, Life(ttl), Fit(kept.wrong_value, value)) if ttl else kept
        )
        self._keep(state_descriptor, state)
        return state

    def _value(self, state: StateDescriptor, kind: str) -> ValueState[Any]:
        value = descriptor(state.type_info)
        ttl = _ttl(state)
        known = self._known(state, kind, value)
        if known is not None:
            return known  # type: ignore[no-any-return]
        kept = KeptValue(self._store, *self._place(state), stamped(value) if ttl else value)
        self._store.add(kept, ttl)
        made: ValueState[Any] = (
            ExpiringValue(kept, Life(ttl), Fit(kept.wrong_value, value)) if ttl else kept
        )
        self._keep(state, made)
        return made

    def _place(self, state: StateDescriptor) -> tuple[str, int]:
        return state.name, self._store.next_index()

    def _known(self, state: StateDescriptor, *signature: Any) -> Any:
        """The state that was made already; None if there is none.

        Raises:
            RuntimeError: if it is too late for a new one.
            ValueError: if there is one of the name that is another.
        """
        signature = (*signature, _ttl(state))
        known = self._made.get(state.name)
        if known is None:
            if self._store.closed:
                raise RuntimeError(
                    f"the state '{state.name}' is asked for in close(): ask for state in open()"
                )
            self._made[state.name] = (signature, None)
            return None
        if known[0] != signature:
            raise ValueError(
                f"there are two different states named '{state.name}': {state!r} is not what was "
                "asked for before under this name. Give each state of a function its own name."
            )
        return known[1]

    def _keep(self, state: StateDescriptor, made: Any) -> None:
        self._made[state.name] = (self._made[state.name][0], made)


def _ttl(state: StateDescriptor) -> Any:
    return None if state._ttl_config is None else state._ttl_config._options


def _expect(state: Any, kind: type, method: str) -> None:
    if not isinstance(state, kind):
        raise TypeError(
            f"{method}() takes a {kind.__name__}, for example "
            f"{kind.__name__}('name', ...); not {state!r:.100}"
        )
