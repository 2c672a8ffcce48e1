# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A chain whose first function has state and timers of keys, over the entries of a bundle."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from pyflink._codec import ValueMismatchError
from pyflink._worker.arrivals import Arrived
from pyflink._worker.batches import Processor, Records
from pyflink._worker.chain import Feed
from pyflink._worker.entries import DueTimers, read_timers
from pyflink._worker.failures import FunctionError
from pyflink._worker.outputs import Emit
from pyflink._worker.process_context import KeyedContext, RecordContext
from pyflink._worker.state.cached_store import CachedStore
from pyflink._worker.state.channel import StateError
from pyflink._worker.state.store import Store
from pyflink._worker.timers.domain import TimeDomain
from pyflink._worker.timers.keyed import (
    Due,
    KeyedTimers,
    KeyedTimerService,
    Timer,
    timer_decoder,
)

#: The name of timers among the outputs and inputs of the protocol.
TIMERS = "timers"

#: In place of a key, for a record that has none: None is a key like others.
NO_KEY: Any = object()

_KEY_OF = itemgetter(0)


class KeyedProcessor(Processor):
    """What keyed processors have in common.

    Args:
        arguments: those of :class:`Processor`.
        store: holds the state.
        timers: sets the timers.
        mixed: whether records of the second input have no keys.
        more_arguments: those of :class:`Processor`.
    """

    def __init__(
        self, *arguments: Any, store: Store, timers: KeyedTimers, mixed: bool, **more_arguments: Any
    ) -> None:
        super().__init__(*arguments, form=store.form, **more_arguments)
        self._store = store
        self._keyed_timers = timers
        self._service = KeyedTimerService(timers)
        self._feed = Feed.MIXED if mixed else Feed.KEYED

    def _tell_watermark(self, watermark: int) -> None:
        super()._tell_watermark(watermark)
        self._keyed_timers.watermark = watermark

    def _context(self, index: int) -> RecordContext:
        if index:
            return super()._context(index)
        return KeyedContext(self._service, self._store)

    @contextlib.contextmanager
    def _failing(self) -> Iterator[None]:
        """What goes wrong with state while no function runs is a failure of the function.

        Raises:
            FunctionError: if something does.
        """
        try:
            yield
        except (ValueMismatchError, StateError) as e:
            # where we found it says nothing
            error = e.with_traceback(None)
            raise FunctionError("STAGE_PROCESS", self._functions[0].name, error) from None

    def _keys_of(self, arrived: Arrived) -> list[Any]:
        """What is held for the key of each record, :data:`NO_KEY` for one that has none."""
        keys, inputs = arrived.keys, arrived.inputs
        assert keys is not None
        if self._feed is not Feed.MIXED or inputs is None:
            return keys
        return [NO_KEY if second else key for key, second in zip(keys, inputs, strict=True)]

    def _fire(self, timers: Iterator[Due], domain: TimeDomain, cells_of: Any) -> None:
        """Calls the function for timers that fire.

        Raises:
            FunctionError: if it fails.
        """
        timed = domain is TimeDomain.EVENT_TIME
        loop = self._loop(timed, Feed.TIMERS, self._store)
        context = loop.context
        assert isinstance(context, KeyedContext)
        context.domain = domain
        more = [iter(()), self._outputs.main.times] if loop.timed else []
        self._run_all(loop, _Timers(timers), [*more, cells_of])
        context.namespace = b""


class CachedProcessor(KeyedProcessor):
    """Keeps state and timers with the engine, in streaming mode.

    Args:
        arguments: those of :class:`KeyedProcessor`.
        store: holds the state.
        more_arguments: those of :class:`KeyedProcessor`.
    """

    _store: CachedStore

    def __init__(self, *arguments: Any, store: CachedStore, **more_arguments: Any) -> None:
        super().__init__(*arguments, store=store, **more_arguments)
        self._decode_timers = timer_decoder(store)
        self.at_end += store.write, self._keyed_timers.end_bundle

    def _run_arrived(self, arrived: Arrived) -> None:
        loop = self._loop(arrived.times is not None, self._feed, self._store)
        cells_of = self._store.bring(lambda: self._keys_to_bring(arrived))
        self._run(loop, arrived, cells_of)
        self._store.leave()

    def _keys_to_bring(self, arrived: Arrived) -> set[Any]:
        keys = set(self._keys_of(arrived))
        keys.discard(NO_KEY)
        return keys

    def process_timers(self, entry: bytes, emit: Emit) -> None:
        self._emit = emit
        due = read_timers(entry)
        if due.watermark is not None:
            self._tell_watermark(due.watermark)
        self._answer(lambda: self._fire_due(due))

    def _fire_due(self, due: DueTimers) -> None:
        own = self._keyed_timers
        timers = self._decode_timers(due.batch)
        if due.watermark is None:
            cells_of = self._store.bring(lambda: set(map(_KEY_OF, timers)))
            firing = own.fire_processing(due.orders, timers, cells_of)
            self._fire(firing, TimeDomain.PROCESSING_TIME, cells_of)
        else:
            local = own.local_keys()
            cells_of = self._store.bring(lambda: {*map(_KEY_OF, timers), *local})
            firing = own.fire_event(due.watermark, timers, due.last)
            self._fire(firing, TimeDomain.EVENT_TIME, cells_of)
        self._store.leave()

    def _before_completion(self) -> None:
        with self._failing():
            orders = self._keyed_timers.take_orders()
        if orders is not None:
            self._emit(TIMERS, b"\0" + orders)


class _Timers(Records):
    """Timers that fire, on their way through the loop."""

    def __init__(self, timers: Iterator[Due]) -> None:
        super().__init__([], None)
        self._timers = timers
        self._now: Due | None = None

    def one_by_one(self) -> Iterator[Due]:
        for timer in self._timers:
            self._now = timer
            yield timer

    def current(self) -> list[Any]:
        if self._now is None:
            return []
        key, time, _, namespace = self._now
        return [Timer(key, time, namespace)]
