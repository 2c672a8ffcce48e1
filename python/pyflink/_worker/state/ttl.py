# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""State that expires: what is kept goes in a pair with the time of its last use.

So the time is exact however long the worker holds the state before it is written. Flink's own time
to live, which sees the time of writing, removes what nobody reads any more.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from pyflink._worker.state.api import ListState, MapState, ValueState
from pyflink._worker.state.fit import Fit
from pyflink._worker.state.ttl_config import TtlOptions

_Pair = tuple[int, Any]


def stamped(type_bytes: bytes) -> bytes:
    """The descriptor of the type of what expires.

    Args:
        type_bytes: the descriptor of what is kept.
    """
    return msgspec.msgpack.encode(
        ["TUPLE", [["LONG"], ["KEY", msgspec.msgpack.decode(type_bytes)]]]
    )


def _now() -> int:
    return time.time_ns() // 1_000_000


class Life:
    """What the options mean for a value.

    Args:
        options: the options.
        now: the time in milliseconds.
    """

    def __init__(self, options: TtlOptions, now: Callable[[], int] = _now) -> None:
        self._ttl = options.ttl
        self.now = now
        self.renewed_by_reading = options.update_type == "OnReadAndWrite"
        self.shows_expired = options.state_visibility == "ReturnExpiredIfNotCleanedUp"

    def has_expired(self, pair: _Pair) -> bool:
        return pair[0] + self._ttl <= self.now()


class ExpiringValue(ValueState[Any]):
    """A value that expires.

    Args:
        pairs: holds the pair.
        life: when that is.
        fit: gives a value its form.
    """

    def __init__(self, pairs: ValueState[Any], life: Life, fit: Fit) -> None:
        self._pairs = pairs
        self._life = life
        self._fit = fit

    def value(self) -> Any:
        pair = self._pairs.value()
        if pair is None:
            return None
        if self._life.has_expired(pair):
            self._pairs.clear()
            return pair[1] if self._life.shows_expired else None
        if self._life.renewed_by_reading:
            self._pairs.update((self._life.now(), pair[1]))
        return pair[1]

    def update(self, value: Any) -> None:
        if value is None:
            self._pairs.clear()
        else:
            self._pairs.update((self._life.now(), self._fit(value)))

    def clear(self) -> None:
        self._pairs.clear()


class ExpiringList(ListState[Any]):
    """A list of elements, each of which expires.

    Args:
        pairs: holds the pairs.
        life: when that is.
        fit: gives an element its form.
    """

    def __init__(self, pairs: ListState[Any], life: Life, fit: Fit) -> None:
        self._pairs = pairs
        self._life = life
        self._fit = fit

    def get(self) -> list[Any]:
        pairs = list(self._pairs.get())
        alive = [pair for pair in pairs if not self._life.has_expired(pair)]
        if self._life.renewed_by_reading and pairs:
            now = self._life.now()
            self._pairs.update([(now, element) for _, element in alive])
        elif len(alive) < len(pairs):
            self._pairs.update(alive)
        shown = pairs if self._life.shows_expired else alive
        return [element for _, element in shown]

    def add(self, value: Any) -> None:
        self._pairs.add((self._life.now(), self._fit(value)))

    def add_all(self, values: list[Any]) -> None:
        self._pairs.add_all(self._stamped(values))

    def update(self, values: list[Any]) -> None:
        self._pairs.update(self._stamped(values or []))

    def _stamped(self, values: list[Any]) -> list[_Pair]:
        now = self._life.now()
        return [(now, self._fit(value)) for value in values]

    def clear(self) -> None:
        self._pairs.clear()


class ExpiringMap(MapState[Any, Any]):
    """A map of entries, each of which expires.

    Args:
        pairs: holds the pairs.
        life: when that is.
        fit: gives a value its form.
    """

    def __init__(self, pairs: MapState[Any, Any], life: Life, fit: Fit) -> None:
        self._pairs = pairs
        self._life = life
        self._fit = fit

    def get(self, key: Any) -> Any:
        found = self._find(key, self._pairs.get(key))
        return None if found is None else found[1]

    def contains(self, key: Any) -> bool:
        return self._find(key, self._pairs.get(key)) is not None

    def _find(self, key: Any, pair: _Pair | None) -> _Pair | None:
        if pair is None:
            return None
        if self._life.has_expired(pair):
            self._pairs.remove(key)
            return pair if self._life.shows_expired else None
        if self._life.renewed_by_reading:
            self._pairs.put(key, (self._life.now(), pair[1]))
        return pair

    def put(self, key: Any, value: Any) -> None:
        self._pairs.put(key, (self._life.now(), self._fit(value)))

    def put_all(self, dict_value: Mapping[Any, Any]) -> None:
        for key, value in dict_value.items():
            self.put(key, value)

    def remove(self, key: Any) -> None:
        self._pairs.remove(key)

    def clear(self) -> None:
        self._pairs.clear()

    def items(self) -> Iterable[tuple[Any, Any]]:
        return ((key, pair[1]) for key, pair in self._found())

    def keys(self) -> Iterable[Any]:
        return (key for key, _ in self._found())

    def values(self) -> Iterable[Any]:
        return (pair[1] for _, pair in self._found())

    def is_empty(self) -> bool:
        return next(self._found(), None) is None

    def _found(self) -> Iterator[tuple[Any, _Pair]]:
        for key, pair in self._pairs.items():
            found = self._find(key, pair)
            if found is not None:
                yield key, found
