# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""State that belongs to a key and a window, as triggers and functions of windows see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pyflink._worker.state.api import (
    AggregatingState,
    ListState,
    MapState,
    ReducingState,
    State,
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
from pyflink._worker.state.stores import KeyedStateStore
from pyflink._worker.windows.contents import Contents, Elements, contents_of, window_map
from pyflink.common.typeinfo import TypeInformation, Types


class WindowStates(KeyedStateStore):
    """Gives the state of the window at hand.

    State of one kind and name is the same for the trigger and for the function, as in Flink. What
    is given for one window stands for another one as soon as it is asked for that one.

    Args:
        store: gives the state of keys that it is kept in.
        window_type: the type of the windows' names.

    Attributes:
        window: the name of the window at hand.
    """

    def __init__(self, store: KeyedStateStore, window_type: TypeInformation) -> None:
        self.window: Any = None
        self._store = store
        self._window_type = window_type
        self._states: dict[str, Any] = {}

    def get_state(self, state_descriptor: ValueStateDescriptor) -> ValueState[Any]:
        return self._given(state_descriptor, _Value)  # type: ignore[no-any-return]

    def get_list_state(self, state_descriptor: ListStateDescriptor) -> ListState[Any]:
        return self._given(state_descriptor, _List)  # type: ignore[no-any-return]

    def get_map_state(self, state_descriptor: MapStateDescriptor) -> MapState[Any, Any]:
        return self._given(state_descriptor, _Map)  # type: ignore[no-any-return]

    def get_reducing_state(self, state_descriptor: ReducingStateDescriptor) -> ReducingState[Any]:
        return self._given(state_descriptor, _Reducing)  # type: ignore[no-any-return]

    def get_aggregating_state(
        self, state_descriptor: AggregatingStateDescriptor
    ) -> AggregatingState[Any, Any]:
        return self._given(state_descriptor, _Aggregating)  # type: ignore[no-any-return]

    def of(self, descriptor: StateDescriptor) -> State:
        """The state of the kind that a descriptor is for.

        Raises:
            TypeError: if it is no descriptor.
        """
        return self._given(descriptor, _kind(descriptor))  # type: ignore[no-any-return]

    def merge(self, descriptor: StateDescriptor, sources: Iterable[Any]) -> None:
        """Adds the state of other windows to that of the one at hand, and clears it there.

        Args:
            descriptor: names the state.
            sources: the names of the other windows.

        Raises:
            TypeError: if there is no sense in merging such state.
        """
        state = self.of(descriptor)
        if not isinstance(state, _Merging):
            raise TypeError(
                f"merge_partitioned_state(): state '{descriptor.name}' is a "
                f"{type(descriptor).__name__.removesuffix('Descriptor')}, which cannot be merged; "
                "a ListState, a ReducingState and an AggregatingState can."
            )
        state.contents.merge(self.window, sources)

    def _given(self, descriptor: StateDescriptor, kind: Any) -> Any:
        # the kind too: a trigger that counts has state of a name that a function may use as well
        name = f"window-{kind.__name__.strip('_').lower()}:{descriptor.name}"
        state = self._states.get(name)
        if state is None:
            state = kind(self._store, name, self._window_type, descriptor)
            self._states[name] = state
        state.window = self.window
        return state


class _Value(ValueState[Any]):
    window: Any = None

    def __init__(
        self,
        store: KeyedStateStore,
        name: str,
        window_type: TypeInformation,
        descriptor: ValueStateDescriptor,
    ) -> None:
        self._values = window_map(store, name, window_type, descriptor.type_info, descriptor)

    def value(self) -> Any:
        return self._values.get(self.window)

    def update(self, value: Any) -> None:
        if value is None:
            self.clear()
        else:
            self._values.put(self.window, value)

    def clear(self) -> None:
        self._values.remove(self.window)


class _Merging(State):
    """State that is kept as what windows hold is."""

    window: Any = None

    def __init__(
        self,
        store: KeyedStateStore,
        name: str,
        window_type: TypeInformation,
        descriptor: StateDescriptor,
    ) -> None:
        self.contents: Contents = contents_of(store, name, window_type, descriptor)

    def get(self) -> Any:
        return self.contents.get(self.window)

    def add(self, value: Any) -> None:
        self.contents.add(self.window, value)

    def clear(self) -> None:
        self.contents.clear(self.window)


class _Reducing(_Merging, ReducingState[Any]):
    pass


class _Aggregating(_Merging, AggregatingState[Any, Any]):
    pass


class _List(_Merging, ListState[Any]):
    contents: Elements

    def get(self) -> Iterable[Any]:
        return self.contents.get(self.window) or []

    def update(self, values: list[Any]) -> None:
        self.clear()
        self.add_all(values)

    def add_all(self, values: list[Any]) -> None:
        self.contents.extend(self.window, values)


class _Map(MapState[Any, Any]):
    """The entries of all windows of a key are in one map; to go through one's goes through all."""

    window: Any = None

    def __init__(
        self,
        store: KeyedStateStore,
        name: str,
        window_type: TypeInformation,
        descriptor: MapStateDescriptor,
    ) -> None:
        types = descriptor.type_info
        key_type = Types.TUPLE([window_type, types._key_type_info])
        self._entries = window_map(store, name, key_type, types._value_type_info, descriptor)

    def get(self, key: Any) -> Any:
        return self._entries.get((self.window, key))

    def put(self, key: Any, value: Any) -> None:
        self._entries.put((self.window, key), value)

    def put_all(self, dict_value: Mapping[Any, Any]) -> None:
        for key, value in dict_value.items():
            self.put(key, value)

    def remove(self, key: Any) -> None:
        self._entries.remove((self.window, key))

    def contains(self, key: Any) -> bool:
        return self._entries.contains((self.window, key))

    def items(self) -> Iterable[tuple[Any, Any]]:
        window = self.window
        return ((key, value) for (owner, key), value in self._entries.items() if owner == window)

    def keys(self) -> Iterable[Any]:
        window = self.window
        return (key for owner, key in self._entries if owner == window)

    def values(self) -> Iterable[Any]:
        return (value for _, value in self.items())

    def is_empty(self) -> bool:
        return next(iter(self.keys()), None) is None

    def clear(self) -> None:
        for key in list(self.keys()):
            self.remove(key)


_KINDS = {
    ValueStateDescriptor: _Value,
    ListStateDescriptor: _List,
    MapStateDescriptor: _Map,
    ReducingStateDescriptor: _Reducing,
    AggregatingStateDescriptor: _Aggregating,
}


def _kind(descriptor: StateDescriptor) -> Any:
    for described, kind in _KINDS.items():
        if isinstance(descriptor, described):
            return kind
    raise TypeError(
        "State is named by a descriptor, for example ValueStateDescriptor('count', Types.LONG()); "
        f"not by {descriptor!r:.100}."
    )
