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


#: A timer that fires, as it comes from the engine: the key, as it is held, when it was set to fire,
#: nothing, and what else it belongs to. Bare, as there are millions of them.
Due = tuple[Any, int, int, bytes]


class Timer(NamedTuple):
    """A timer as a user reads of it.

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
        # In the order in which they were given, which decides between timers of one time: the key,
        # the time, what to do, the namespace. A key that cannot stand for itself is named by its
        # cells, which stay as long as the order waits.
        self._orders: dict[tuple[Any, int, int, bytes], Cells] = {}
        self._deletes = False
        self._by_key = store.form.as_is
        self._encode = BatchEncoder(timer_type(store.form.type)).encode
        self._local: _LocalTimers | None = None
        self._unconfirmed = Unconfirmed()

    def processing_time(self) -> int:
        """What the clock of the machine shows, in milliseconds."""
        return time.time_ns() // 1_000_000

    def register_event(self, timestamp: int, namespace: bytes = b"") -> None:
        """Sets a timer that fires when the watermark passes a time."""
        if self._local is not None and timestamp <= self.watermark:
            self._local.add(self._store.cells, timestamp, namespace)
        elif self._heard and self._by_key and not self._deletes:
            # as _order() does: this is called for every record
            cells = self._store.cells
            self._orders[cells[KEY], timestamp, _REGISTER_EVENT, namespace] = cells
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
        key = cells[KEY]  # refuses if there is none
        if not self._heard:
            return
        if not self._by_key:
            key = id(cells)
        if self._deletes or order & 1:
            # the last word on a timer counts
            self._deletes = True
            self._orders.pop((key, timestamp, order ^ 1, namespace), None)
        # one that is there keeps its place among those that fire at the same time, as in Flink
        self._orders[key, timestamp, order, namespace] = cells

    def take_orders(self) -> bytes | None:
        """What the engine is to be told, as a batch; None for nothing.

        Raises:
            ValueMismatchError: if a time is no int of 64 bits.
        """
        if not self._orders:
            return None
        if self._by_key:
            orders = list(self._orders)
        else:
            orders = [(cells[KEY], *order) for (_, *order), cells in self._orders.items()]
        self._orders.clear()
        self._deletes = False
        self._unconfirmed.end_entry()
        return self._encode(orders)

    def end_bundle(self) -> None:
        """Notes that the engine has done all that it was told."""
        self._unconfirmed.confirm_all()

    # ---- timers that fire

    def fire_event(self, watermark: int, timers: list[Due], last: bool) -> Iterator[Due]:
        """The timers that fire for a watermark, in order, with those that are set meanwhile.

        Args:
            watermark: the watermark.
            timers: some of those that the engine says, of which there may be more.
            last: whether there are no more.
        """
        self.watermark = watermark
        local = self._local
        if local is None:
            local = self._local = _LocalTimers(self._store)
        for timer in timers:
            if local.touched:
                yield from local.due(timer[1])
                if not local.lets(timer):
                    continue
            yield timer
        if last:
            yield from local.due(LAST_WATERMARK + 1)
            self._local = None

    def fire_processing(
        self, orders: int, timers: list[Due], cells_of: Mapping[Any, Cells]
    ) -> Iterator[Due]:
        """The timers of processing time that fire.

        Args:
            orders: how many entries of orders the engine had done when they fired there.
            timers: those that the engine says.
            cells_of: the cells of their keys.
        """
        self._unconfirmed.confirm(orders)
        for timer in timers:
            key, time, _, namespace = timer
            was_set = self._unconfirmed.last_word((key, time, namespace))
            if was_set is False:
                continue
            if was_set:
                # it was there all the time, and fires once: not for what is yet to be heard
                self._store.cells = cells_of[key]
                self.delete_processing(time, namespace)
            yield timer

    def local_keys(self) -> Iterable[Any]:
        """The keys, as they are held, of timers that are to fire from here."""
        return () if self._local is None else self._local.keys()


class _LocalTimers:
    """Timers that are set or deleted while those of a watermark fire, for times before it.

    Args:
        store: knows the form of keys.

    Attributes:
        touched: whether there have been any.
    """

    def __init__(self, store: Store) -> None:
        self.touched = False
        self._store = store
        self._numbers = count()
        self._heap: list[tuple[int, int, Any, bytes]] = []
        self._there: set[tuple[Any, int, bytes]] = set()
        self._deleted: set[tuple[Any, int, bytes]] = set()

    def add(self, cells: Cells, timestamp: int, namespace: bytes) -> None:
        self.touched = True
        key = held_key(self._store, cells)
        mark = (key, timestamp, namespace)
        self._deleted.discard(mark)
        if mark not in self._there:
            self._there.add(mark)
            heapq.heappush(self._heap, (timestamp, next(self._numbers), key, namespace))

    def remove(self, cells: Cells, timestamp: int, namespace: bytes) -> None:
        self.touched = True
        mark = (held_key(self._store, cells), timestamp, namespace)
        self._there.discard(mark)
        # the engine may be about to say it
        self._deleted.add(mark)

    def keys(self) -> Iterable[Any]:
        return [key for _, _, key, _ in self._heap]

    def lets(self, timer: Due) -> bool:
        """Whether one that the engine says fires, of those for its time; it is gone then."""
        key, time, _, namespace = timer
        mark = (key, time, namespace)
        if mark in self._deleted:
            self._deleted.discard(mark)
            return False
        # set anew by one that fired, and there all the time
        self._there.discard(mark)
        return True

    def due(self, before: int) -> Iterator[Due]:
        """Those for times before one, in order, and those that are set meanwhile."""
        while self._heap and self._heap[0][0] < before:
            timestamp, _, key, namespace = heapq.heappop(self._heap)
            mark = (key, timestamp, namespace)
            if mark in self._there:
                self._there.discard(mark)
                yield key, timestamp, 0, namespace


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
        # as _checked() does: this is called for every record
        if timestamp.__class__ is not int or not _FIRST <= timestamp <= LAST_WATERMARK:
            timestamp = _checked(timestamp)
        self._timers.register_event(timestamp)

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


def timer_decoder(store: Store) -> Callable[[Any], list[Due]]:
    """A function from a batch of timers that fire to these.

    Args:
        store: knows the form of keys.
    """
    decode: Callable[[Any], list[Due]] = batch_decoder(timer_type(store.form.type))
    if store.form.as_is:
        return decode
    held = store.form.held
    return lambda batch: [(held(key), *rest) for key, *rest in decode(batch)]
