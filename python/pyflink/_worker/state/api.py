# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The kinds of state, as functions see them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")
IN = TypeVar("IN")
OUT = TypeVar("OUT")


class State(ABC):
    """What a function keeps for the current key, the key of the record or timer at hand.

    Flink keeps it in the state backend: it is in each checkpoint and savepoint, and moves with its
    key when the job is rescaled. An object of this class stands for the state of all keys, and can
    be used wherever a record or a timer is at hand, not in ``open``.
    """

    __slots__ = ()

    @abstractmethod
    def clear(self) -> None:
        """Removes what is kept for the current key.

        Raises:
            RuntimeError: if there is no current key.
        """


class ValueState(State, Generic[T]):
    """One value for each key; made by :meth:`RuntimeContext.get_state`.

    Example:
        >>> from pyflink.common import Types
        >>> from pyflink.datastream import KeyedProcessFunction
        >>> from pyflink.datastream.state import ValueStateDescriptor
        >>> class Count(KeyedProcessFunction):
        ...     def open(self, runtime_context):
        ...         self.seen = runtime_context.get_state(
        ...             ValueStateDescriptor("seen", Types.LONG())
        ...         )
        ...
        ...     def process_element(self, value, ctx):
        ...         count = (self.seen.value() or 0) + 1
        ...         self.seen.update(count)
        ...         yield ctx.get_current_key(), count
    """

    __slots__ = ()

    @abstractmethod
    def value(self) -> T | None:
        """The value of the current key; None if it has none.

        A change inside of the value itself counts only once it is given to :meth:`update`.

        Raises:
            RuntimeError: if there is no current key.
        """

    @abstractmethod
    def update(self, value: T) -> None:
        """Sets the value of the current key.

        Args:
            value: the value, of the type that the descriptor gives; None is the same as
                :meth:`clear`.

        Raises:
            RuntimeError: if there is no current key.
        """


class AppendingState(State, Generic[IN, OUT]):
    """State that values are added to, and that gives what has become of them."""

    __slots__ = ()

    @abstractmethod
    def get(self) -> OUT | None:
        """What the values have become that were added for the current key.

        Raises:
            RuntimeError: if there is no current key.
        """

    @abstractmethod
    def add(self, value: IN) -> None:
        """Adds a value for the current key.

        Args:
            value: the value.

        Raises:
            RuntimeError: if there is no current key.
        """


class MergingState(AppendingState[IN, OUT]):
    """State of which two can become one, as when two windows become one."""

    __slots__ = ()


class ReducingState(MergingState[T, T]):
    """One value for each key, into which each value that is added is reduced.

    Made by :meth:`RuntimeContext.get_reducing_state`. ``get`` gives the value, None if there is
    none.
    """

    __slots__ = ()


class AggregatingState(MergingState[IN, OUT]):
    """One accumulator for each key, to which values are added.

    Made by :meth:`RuntimeContext.get_aggregating_state`. ``get`` gives the aggregate function's
    result for the accumulator, None if there is none.
    """

    __slots__ = ()


class ListState(MergingState[T, Iterable[T]]):
    """A list of values for each key; made by :meth:`RuntimeContext.get_list_state`.

    Example:
        >>> from pyflink.common import Types
        >>> from pyflink.datastream import KeyedProcessFunction
        >>> from pyflink.datastream.state import ListStateDescriptor
        >>> class LastThree(KeyedProcessFunction):
        ...     def open(self, runtime_context):
        ...         self.last = runtime_context.get_list_state(
        ...             ListStateDescriptor("last", Types.LONG())
        ...         )
        ...
        ...     def process_element(self, value, ctx):
        ...         last = [*self.last, value][-3:]
        ...         self.last.update(last)
        ...         yield last
    """

    __slots__ = ()

    @abstractmethod
    def get(self) -> Iterable[T]:
        """The values of the current key, in the order in which they came; empty if there are none.

        Raises:
            RuntimeError: if there is no current key.
        """

    @abstractmethod
    def update(self, values: list[T]) -> None:
        """Sets the list of the current key.

        Args:
            values: the new list; an empty one is the same as :meth:`clear`.

        Raises:
            RuntimeError: if there is no current key.
        """

    @abstractmethod
    def add_all(self, values: list[T]) -> None:
        """Adds values to the list of the current key.

        Args:
            values: the values.

        Raises:
            RuntimeError: if there is no current key.
        """

    def __iter__(self) -> Iterator[T]:
        return iter(self.get())


class MapState(State, Generic[K, V]):
    """A map for each key; made by :meth:`RuntimeContext.get_map_state`.

    Parts of it work as in a dict: ``state[k]``, ``state[k] = v``, ``del state[k]``, ``k in state``
    and ``for k in state``. As :meth:`get`, ``state[k]`` is None where there is no such key.

    The map of a key may be larger than memory: iterating reads it bit by bit.

    Example:
        >>> from pyflink.common import Types
        >>> from pyflink.datastream import KeyedProcessFunction
        >>> from pyflink.datastream.state import MapStateDescriptor
        >>> class CountWords(KeyedProcessFunction):
        ...     def open(self, runtime_context):
        ...         self.counts = runtime_context.get_map_state(
        ...             MapStateDescriptor("counts", Types.STRING(), Types.LONG())
        ...         )
        ...
        ...     def process_element(self, value, ctx):
        ...         word = value["word"]
        ...         self.counts[word] = (self.counts[word] or 0) + 1
        ...         yield ctx.get_current_key(), word, self.counts[word]
    """

    __slots__ = ()

    @abstractmethod
    def get(self, key: K) -> V | None:
        """The value of a key of the map; None if it has none.

        Args:
            key: the key in the map.

        Raises:
            RuntimeError: if there is no current key.
        """

    @abstractmethod
    def put(self, key: K, value: V) -> None:
        """Sets the value of a key of the map.

        Args:
            key: the key in the map.
            value: its value.

        Raises:
            RuntimeError: if there is no current key.
        """

    @abstractmethod
    def put_all(self, dict_value: Mapping[K, V]) -> None:
        """Sets the values of several keys of the map.

        Args:
            dict_value: the keys with their values.

        Raises:
            RuntimeError: if there is no current key.
        """

    @abstractmethod
    def remove(self, key: K) -> None:
        """Removes a key of the map; nothing happens if it is not there.

        Args:
            key: the key in the map.

        Raises:
            RuntimeError: if there is no current key.
        """

    @abstractmethod
    def contains(self, key: K) -> bool:
        """Whether the map has a key.

        Args:
            key: the key in the map.

        Raises:
            RuntimeError: if there is no current key.
        """

    @abstractmethod
    def items(self) -> Iterable[tuple[K, V]]:
        """The keys with their values, in no order to rely on.

        Raises:
            RuntimeError: if there is no current key.
        """

    @abstractmethod
    def keys(self) -> Iterable[K]:
        """The keys, in no order to rely on.

        Raises:
            RuntimeError: if there is no current key.
        """

    @abstractmethod
    def values(self) -> Iterable[V]:
        """The values, in no order to rely on.

        Raises:
            RuntimeError: if there is no current key.
        """

    @abstractmethod
    def is_empty(self) -> bool:
        """Whether the map has no keys.

        Raises:
            RuntimeError: if there is no current key.
        """

    def __getitem__(self, key: K) -> V | None:
        return self.get(key)

    def __setitem__(self, key: K, value: V) -> None:
        self.put(key, value)

    def __delitem__(self, key: K) -> None:
        self.remove(key)

    def __contains__(self, key: K) -> bool:
        return self.contains(key)

    def __iter__(self) -> Iterator[K]:
        return iter(self.keys())


class ReadOnlyBroadcastState(State, Generic[K, V]):
    """A map that is the same in all instances of an operator, and that cannot be changed.

    It is what the function for the records that are not broadcast gets. As in a dict there are
    ``state[k]``, ``k in state`` and ``for k in state``; as :meth:`get`, ``state[k]`` is None where
    there is no such key.
    """

    __slots__ = ()

    @abstractmethod
    def get(self, key: K) -> V | None:
        """The value of a key; None if it has none.

        Args:
            key: the key.
        """

    @abstractmethod
    def contains(self, key: K) -> bool:
        """Whether the map has a key.

        Args:
            key: the key.
        """

    @abstractmethod
    def items(self) -> Iterable[tuple[K, V]]:
        """The keys with their values."""

    @abstractmethod
    def keys(self) -> Iterable[K]:
        """The keys."""

    @abstractmethod
    def values(self) -> Iterable[V]:
        """The values."""

    @abstractmethod
    def is_empty(self) -> bool:
        """Whether the map has no keys."""

    def __getitem__(self, key: K) -> V | None:
        return self.get(key)

    def __contains__(self, key: K) -> bool:
        return self.contains(key)

    def __iter__(self) -> Iterator[K]:
        return iter(self.keys())


class BroadcastState(ReadOnlyBroadcastState[K, V]):
    """A map that is the same in all instances of an operator, as each gets the same records.

    It is what the function for the broadcast records gets. As in a dict there are also
    ``state[k] = v`` and ``del state[k]``.

    Every instance must change it in the same way: by the broadcast records alone.
    """

    __slots__ = ()

    @abstractmethod
    def put(self, key: K, value: V) -> None:
        """Sets the value of a key.

        Args:
            key: the key.
            value: its value.
        """

    @abstractmethod
    def put_all(self, dict_value: Mapping[K, V]) -> None:
        """Sets the values of several keys.

        Args:
            dict_value: the keys with their values.
        """

    @abstractmethod
    def remove(self, key: K) -> None:
        """Removes a key; nothing happens if it is not there.

        Args:
            key: the key.
        """

    def __setitem__(self, key: K, value: V) -> None:
        self.put(key, value)

    def __delitem__(self, key: K) -> None:
        self.remove(key)
