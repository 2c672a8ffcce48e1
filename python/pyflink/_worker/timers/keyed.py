# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The timers of keys.

They are Flink's: what functions set goes to the engine with the results of the records, and comes
back when the time has come. Only those that are set while others fire, for a time that the
watermark has passed, fire from here: they have their place among the others.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from operator import index
from typing import Any, NamedTuple

import msgspec

from pyflink._codec import BatchEncoder, batch_decoder
from pyflink._worker.state.cells import KEY, Cells
from pyflink._worker.state.store import Store
from pyflink._worker.timers.orders import Unconfirmed
from pyflink._worker.timers.service import NO_WATERMARK, TimerService

_REGISTER_EVENT, _DELETE_EVENT, _REGISTER_PROCESSING, _DELETE_PROCESSING = range(4)
EVENT, PROCESSING = 0, 1

#: The watermark after the last record.
LAST_WATERMARK = (1 << 63) - 1
_FIRST = -(1 << 63)


class Timer(NamedTuple):
    """A timer that fires.

    Attributes:
        key: the key, as it is held.
        time: when it was set to fire.
        namespace: what else it belongs to.
    """

    key: Any
    time: int
    namespace: bytes


class KeyedTimers:
    """Sets timers for the current key.

    Args:
        store: knows the current key.
        heard: whether the function hears of timers; else none are set.

    Attributes:
        watermark: the current watermark, in milliseconds; ``-2**63`` before the first one.
    """

    def __init__(self, store: Store, heard: bool = True) -> None:
        self.watermark = NO_WATERMARK
        self._store = store
        self._heard = heard
        self._orders: dict[tuple[int, int, bytes, int], tuple[Cells, int, int, bytes]] = {}
        self._encode = BatchEncoder(timer_type(store.form.type)).encode
        self._local: _LocalTimers | None = None
        self._unconfirmed = Unconfirmed()

    def processing_time(self) -> int:
        """What the clock of the machine shows, in milliseconds."""
        return time.time_ns() // 1_000_000

    def register_event(self, timestamp: int, namespace: bytes = b"") -> None:
        """Sets a timer that fires when the watermark passes a time."""
        local = self._local
        if local is not None and timestamp <= self.watermark:
            local.add(self._store.cells, timestamp, namespace)
        else:
            self._order(_REGISTER_EVENT, timestamp, namespace)

    def delete_event(self, timestamp: int, namespace: bytes = b"") -> None:
        """Takes such a timer back."""
        local = self._local
        if local is not None and timestamp <= self.watermark:
            local.remove(self._store.cells, timestamp, namespace)
        else:
            self._order(_DELETE_EVENT, timestamp, namespace)

    def register_processing(self, timestamp: int, namespace: bytes = b"") -> None:
        """Sets a timer that fires when the clock shows a time."""
        self._order(_REGISTER_PROCESSING, timestamp, namespace)
        self._remember(self._store.cells, timestamp, namespace, True)

    def delete_processing(self, timestamp: int, namespace: bytes = b"") -> None:
        """Takes such a timer back."""
        self._order(_DELETE_PROCESSING, timestamp, namespace)
        self._remember(self._store.cells, timestamp, namespace, False)

    def _remember(self, cells: Cells, timestamp: int, namespace: bytes, is_set: bool) -> None:
        if self._heard:
            self._unconfirmed.say((held_key(self._store, cells), timestamp, namespace), is_set)

    def _order(self, order: int, timestamp: int, namespace: bytes) -> None:
        cells = self._store.cells
        cells[KEY]  # refuses if there is none
        if not self._heard:
            return
        # the last word on a timer counts; the cells of a key stay as long as orders wait
        mark = (id(cells), timestamp, namespace, order >> 1)
        before = self._orders.get(mark)
        if before is not None:
            if before[2] == order:
                # it keeps its place among those that fire at the same time, as in Flink
                return
            del self._orders[mark]
        self._orders[mark] = (cells, timestamp, order, namespace)

    def take_orders(self) -> bytes | None:
        """What the engine is to be told, as a batch; None for nothing.

        Raises:
            ValueMismatchError: if a time is no int of 64 bits.
        """
        if not self._orders:
            return None
        orders = [
            (cells[KEY], timestamp, order, namespace)
            for cells, timestamp, order, namespace in self._orders.values()
        ]
        self._orders.clear()
        self._unconfirmed.end_entry()
        return self._encode(orders)

    def end_bundle(self) -> None:
        """Notes that the engine has done all that it was told."""
        self._unconfirmed.confirm_all()

    # ---- timers that fire

    def fire_event(self, watermark: int, timers: list[Timer], last: bool) -> Iterator[Timer]:
        """The timers that fire for a watermark, in order, with those that are set meanwhile.

        Args:
            watermark: the watermark.
            timers: some of those that the engine says, of which there may be more.
            last: whether there are no more.
        """
        self.watermark = watermark
        if self._local is None:
            self._local = _LocalTimers(self._store)
        yield from self._local.merge(timers, last)
        if last:
            self._local = None

    def fire_processing(
        self, orders: int, timers: list[Timer], cells_of: Mapping[Any, Cells]
    ) -> Iterator[Timer]:
        """The timers of processing time that fire.

        Args:
            orders: how many entries of orders the engine had done when they fired there.
            timers: those that the engine says.
            cells_of: the cells of their keys.
        """
        self._unconfirmed.confirm(orders)
        for timer in timers:
            was_set = self._unconfirmed.last_word((timer.key, timer.time, timer.namespace))
            if was_set is None:
                yield timer
            elif was_set:
                # it was there all the time, and fires once: not for what is yet to be heard
                self._store.cells = cells_of[timer.key]
                self.delete_processing(timer.time, timer.namespace)
                yield timer

    def local_keys(self) -> Iterable[Any]:
        """The keys, as they are held, of timers that are to fire from here."""
        return () if self._local is None else self._local.keys()


class _LocalTimers:
    """Timers that are set or deleted while those of a watermark fire, for times before it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._numbers = count()
        self._heap: list[tuple[int, int, Any, bytes]] = []
        self._there: set[tuple[Any, int, bytes]] = set()
        self._deleted: set[tuple[Any, int, bytes]] = set()

    def add(self, cells: Cells, timestamp: int, namespace: bytes) -> None:
        key = held_key(self._store, cells)
        mark = (key, timestamp, namespace)
        self._deleted.discard(mark)
        if mark not in self._there:
            self._there.add(mark)
            heapq.heappush(self._heap, (timestamp, next(self._numbers), key, namespace))

    def remove(self, cells: Cells, timestamp: int, namespace: bytes) -> None:
        mark = (held_key(self._store, cells), timestamp, namespace)
        self._there.discard(mark)
        # the engine may be about to say it
        self._deleted.add(mark)

    def keys(self) -> Iterable[Any]:
        return [key for _, _, key, _ in self._heap]

    def merge(self, timers: list[Timer], last: bool) -> Iterator[Timer]:
        for timer in timers:
            yield from self._due(timer.time)
            mark = (timer.key, timer.time, timer.namespace)
            if mark in self._deleted:
                self._deleted.discard(mark)
                continue
            # set anew by one that fired, and there all the time
            self._there.discard(mark)
            yield timer
        if last:
            yield from self._due(LAST_WATERMARK + 1)

    def _due(self, before: int) -> Iterator[Timer]:
        while self._heap and self._heap[0][0] < before:
            timestamp, _, key, namespace = heapq.heappop(self._heap)
            mark = (key, timestamp, namespace)
            if mark in self._there:
                self._there.discard(mark)
                yield Timer(key, timestamp, namespace)


def held_key(store: Store, cells: Cells) -> Any:
    """The key of cells as it is held."""
    key = cells[KEY]
    return key if store.form.as_is else store.form.held(key)


class KeyedTimerService(TimerService):
    """The timers of a program, for the current key.

    Args:
        timers: where they are set.
    """

    def __init__(self, timers: KeyedTimers) -> None:
        self._timers = timers

    def current_processing_time(self) -> int:
        return self._timers.processing_time()

    def current_watermark(self) -> int:
        return self._timers.watermark

    def register_processing_time_timer(self, timestamp: int) -> None:
        self._timers.register_processing(_checked(timestamp))

    def register_event_time_timer(self, timestamp: int) -> None:
        self._timers.register_event(_checked(timestamp))

    def delete_processing_time_timer(self, timestamp: int) -> None:
        self._timers.delete_processing(_checked(timestamp))

    def delete_event_time_timer(self, timestamp: int) -> None:
        self._timers.delete_event(_checked(timestamp))


def _checked(timestamp: Any) -> int:
    if timestamp.__class__ is int and _FIRST <= timestamp <= LAST_WATERMARK:
        return timestamp
    try:
        number = index(timestamp)
    except TypeError:
        raise TypeError(
            "a timer is set to milliseconds since 1970-01-01 00:00 UTC, as an int; not to "
            f"{timestamp!r:.100}, of type {type(timestamp).__qualname__}"
        ) from None
    if not _FIRST <= number <= LAST_WATERMARK:
        raise ValueError(
            "a timer is set to milliseconds since 1970-01-01 00:00 UTC, as an int of 64 bits; "
            f"{number:.3g} is none"
        )
    return number


def timer_type(key_type: bytes) -> bytes:
    """The descriptor of the type of timers on their way, which ``TimerType`` in Java fixes.

    Args:
        key_type: the descriptor of the type of the keys.
    """
    fields = [
        msgspec.msgpack.decode(key_type),
        ["LONG"],
        ["BYTE"],
        ["PRIMITIVE_ARRAY", ["BYTE"]],
    ]
    return msgspec.msgpack.encode(["TUPLE", fields])


def timer_decoder(store: Store) -> Callable[[Any], list[Timer]]:
    """A function from a batch of timers that fire to these.

    Args:
        store: knows the form of keys.
    """
    decode = batch_decoder(timer_type(store.form.type))
    held = None if store.form.as_is else store.form.held

    def decode_timers(batch: Any) -> list[Timer]:
        timers = decode(batch)
        if held is None:
            return [Timer(key, time, namespace) for key, time, _, namespace in timers]
        return [Timer(held(key), time, namespace) for key, time, _, namespace in timers]

    return decode_timers
