# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What each window of a key holds, kept in maps of the key with one entry or some for a window."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from pyflink._worker.state.api import MapState
from pyflink._worker.state.descriptors import (
    AggregatingStateDescriptor,
    ListStateDescriptor,
    MapStateDescriptor,
    ReducingStateDescriptor,
    StateDescriptor,
)
from pyflink._worker.state.stores import KeyedStateStore
from pyflink.common.typeinfo import PickledBytesTypeInfo, TypeInformation, Types

#: How many elements of a list are written together. What is added to a list is written with those
#: that came shortly before, and not with all of them.
PIECE = 128


class Contents(ABC):
    """What windows hold. Windows are named as in :class:`WindowKeys`."""

    @abstractmethod
    def add(self, window: Any, value: Any) -> bool:
        """Adds a value; returns whether the window held nothing before."""

    @abstractmethod
    def get(self, window: Any) -> Any:
        """What has become of the values; None if there are none."""

    @abstractmethod
    def clear(self, window: Any) -> None:
        """Forgets what a window holds."""

    @abstractmethod
    def merge(self, target: Any, sources: Iterable[Any]) -> None:
        """Adds what other windows hold to what one holds, and forgets the others."""


class Elements(Contents):
    """Lists of elements.

    A list is kept in pieces: the last one together with how many there are before it, the others,
    which do not change any more, in a map of their own.

    Args:
        store: gives the maps.
        name: the name of the state.
        window_type: the type of the windows' names.
        element_type: the type of the elements.
        like: says how long the state lives.
    """

    def __init__(
        self,
        store: KeyedStateStore,
        name: str,
        window_type: TypeInformation,
        element_type: TypeInformation,
        like: StateDescriptor,
    ) -> None:
        elements: TypeInformation = Types.LIST(element_type)
        last: TypeInformation = Types.TUPLE([Types.LONG(), elements])
        if isinstance(element_type, PickledBytesTypeInfo):
            # one pickle for all
            elements = last = element_type
        # each element has a life of its own
        self._piece = 1 if like._ttl_config else PIECE
        self._last: MapState[Any, tuple[int, list[Any]]] = window_map(
            store, name, window_type, last, like
        )
        numbered = Types.TUPLE([window_type, Types.LONG()])
        self._pieces: MapState[tuple[Any, int], list[Any]] = window_map(
            store, f"{name}:pieces", numbered, elements, like
        )

    def add(self, window: Any, value: Any) -> bool:
        last = self._last.get(window)
        if last is None:
            self._last.put(window, self._settled(window, 0, [value]))
            return True
        last[1].append(value)
        self._last.put(window, self._settled(window, *last))
        return False

    def extend(self, window: Any, values: Iterable[Any]) -> None:
        """Adds values; none at all change nothing."""
        number, last = self._last.get(window) or (0, [])
        last.extend(values)
        if number or last:
            self._last.put(window, self._settled(window, number, last))

    def get(self, window: Any) -> list[Any] | None:
        last = self._last.get(window)
        if last is None:
            return None
        elements: list[Any] = []
        for i in range(last[0]):
            # None: its life is over
            elements += self._pieces.get((window, i)) or ()
        return elements + last[1]

    def clear(self, window: Any) -> None:
        last = self._last.get(window)
        if last is not None:
            self._last.remove(window)
            for i in range(last[0]):
                self._pieces.remove((window, i))

    def merge(self, target: Any, sources: Iterable[Any]) -> None:
        for source in sources:
            elements = self.get(source)
            if elements is not None:
                self.clear(source)
                self.extend(target, elements)

    def _settled(self, window: Any, number: int, last: list[Any]) -> tuple[int, list[Any]]:
        """The last piece with the number of those before it, once it is small enough."""
        while len(last) >= self._piece:
            self._pieces.put((window, number), last[: self._piece])
            last = last[self._piece :]
            number += 1
        return number, last


class Reduced(Contents):
    """Values that each value that is added is reduced into.

    Args:
        values: the value of each window.
        reduce: makes one value of two.
    """

    def __init__(self, values: MapState[Any, Any], reduce: Any) -> None:
        self._values = values
        self._reduce = reduce

    def add(self, window: Any, value: Any) -> bool:
        before = self._values.get(window)
        if before is None:
            self._values.put(window, value)
            return True
        self._values.put(window, self._reduce(before, value))
        return False

    def get(self, window: Any) -> Any:
        return self._values.get(window)

    def clear(self, window: Any) -> None:
        self._values.remove(window)

    def merge(self, target: Any, sources: Iterable[Any]) -> None:
        _merge(self._values, self._reduce, target, sources)


class Aggregated(Contents):
    """Accumulators, and results made of them.

    Args:
        accumulators: the accumulator of each window.
        function: an ``AggregateFunction``.
    """

    def __init__(self, accumulators: MapState[Any, Any], function: Any) -> None:
        self._accumulators = accumulators
        self._create = function.create_accumulator
        self._add = function.add
        self._get_result = function.get_result
        self._merge = function.merge

    def add(self, window: Any, value: Any) -> bool:
        accumulator = self._accumulators.get(window)
        if accumulator is None:
            self._accumulators.put(window, self._add(value, self._create()))
            return True
        self._accumulators.put(window, self._add(value, accumulator))
        return False

    def get(self, window: Any) -> Any:
        accumulator = self._accumulators.get(window)
        return None if accumulator is None else self._get_result(accumulator)

    def clear(self, window: Any) -> None:
        self._accumulators.remove(window)

    def merge(self, target: Any, sources: Iterable[Any]) -> None:
        _merge(self._accumulators, self._merge, target, sources)


def _merge(values: MapState[Any, Any], merge: Any, target: Any, sources: Iterable[Any]) -> None:
    """As Flink does: the sources become one, and that becomes one with the target."""
    merged = None
    for source in sources:
        value = values.get(source)
        if value is not None:
            values.remove(source)
            merged = value if merged is None else merge(merged, value)
    if merged is not None:
        before = values.get(target)
        values.put(target, merged if before is None else merge(before, merged))


def contents_of(
    store: KeyedStateStore, name: str, window_type: TypeInformation, descriptor: StateDescriptor
) -> Contents:
    """What windows hold that is described as state of a key.

    Args:
        store: gives the maps that it is kept in.
        name: the name of the state.
        window_type: the type of the windows' names.
        descriptor: describes a list, or a reduced or an aggregated value.
    """
    if isinstance(descriptor, ListStateDescriptor):
        elements = descriptor.type_info.elem_type
        return Elements(store, name, window_type, elements, descriptor)
    values = window_map(store, name, window_type, descriptor.type_info, descriptor)
    if isinstance(descriptor, ReducingStateDescriptor):
        return Reduced(values, descriptor.get_reduce_function().reduce)
    assert isinstance(descriptor, AggregatingStateDescriptor)
    return Aggregated(values, descriptor.get_agg_function())


def window_map(
    store: KeyedStateStore,
    name: str,
    key_type: TypeInformation,
    value_type: TypeInformation,
    like: StateDescriptor,
) -> MapState[Any, Any]:
    """A map of a key.

    Args:
        store: gives it.
        name: its name.
        key_type: the type of its keys.
        value_type: the type of its values.
        like: says how long its entries live.
    """
    descriptor = MapStateDescriptor(name, key_type, value_type)
    if like._ttl_config is not None:
        descriptor.enable_time_to_live(like._ttl_config)
    return store.get_map_state(descriptor)
