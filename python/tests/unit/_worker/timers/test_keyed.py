# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The timers of keys: what the engine is told, and what fires when."""

from __future__ import annotations

import heapq
from types import SimpleNamespace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyflink._codec import batch_decoder, descriptor
from pyflink._worker.state.batch_store import BatchStore
from pyflink._worker.timers.batch import BatchTimers
from pyflink._worker.timers.keyed import (
    EVENT,
    LAST_WATERMARK,
    PROCESSING,
    KeyedTimers,
    KeyedTimerService,
    Timer,
    timer_type,
)
from pyflink.common import Types

KEY_TYPE = msgspec.msgpack.encode(["KEY", msgspec.msgpack.decode(descriptor(Types.LONG()))])
SET_EVENT, DELETE_EVENT, SET_PROCESSING, DELETE_PROCESSING = range(4)


class Worker:
    """Timers with the current key, and the cells of all keys."""

    def __init__(self, kind=KeyedTimers, heard=True) -> None:
        self.store = BatchStore(KEY_TYPE, {})
        self.timers = kind(self.store, heard)
        self.cells_of = {key: [key, 0] for key in range(10)}

    def at(self, key):
        self.store.cells = self.cells_of[key]
        return self.timers

    def orders(self) -> list[tuple[int, int, int, bytes]]:
        batch = self.timers.take_orders()
        return [] if batch is None else batch_decoder(timer_type(KEY_TYPE))(batch)

    def fire_event(self, watermark, timers, last=True, on_timer=lambda timer: None):
        return self._fire(self.timers.fire_event(watermark, timers, last), on_timer)

    def fire_processing(self, known, timers, on_timer=lambda timer: None):
        return self._fire(self.timers.fire_processing(known, timers, self.cells_of), on_timer)

    def _fire(self, due, on_timer):
        fired = []
        for timer in due:
            key, time, _, namespace = timer
            self.store.cells = self.cells_of[key]
            fired.append((key, time))
            on_timer(Timer(key, time, namespace))
        return fired


def timer(key, time, namespace=b""):
    return key, time, 0, namespace


# ---- what the engine is told


def test_orders_name_the_key_and_the_namespace() -> None:
    worker = Worker()
    worker.at(1).register_event(5)
    worker.at(2).register_processing(6, b"ns")
    worker.at(1).delete_event(7)
    worker.at(2).delete_processing(8)
    assert worker.orders() == [
        (1, 5, SET_EVENT, b""),
        (2, 6, SET_PROCESSING, b"ns"),
        (1, 7, DELETE_EVENT, b""),
        (2, 8, DELETE_PROCESSING, b""),
    ]
    assert worker.orders() == []


def test_the_last_word_on_a_timer_counts() -> None:
    worker = Worker()
    for _ in range(3):
        worker.at(1).register_event(5)
    worker.at(1).register_event(6)
    worker.at(1).delete_event(5)
    worker.at(2).register_event(5)
    worker.at(1).register_event(5, b"ns")
    worker.at(1).register_processing(5)
    assert worker.orders() == [
        (1, 6, SET_EVENT, b""),
        (1, 5, DELETE_EVENT, b""),
        (2, 5, SET_EVENT, b""),
        (1, 5, SET_EVENT, b"ns"),
        (1, 5, SET_PROCESSING, b""),
    ]


def test_a_function_that_hears_of_no_timers_sets_none() -> None:
    worker = Worker(heard=False)
    worker.at(1).register_event(5)
    worker.at(1).register_processing(5)
    assert worker.orders() == []
    assert len(worker.timers._unconfirmed) == 0


def test_without_a_key_there_are_no_timers() -> None:
    worker = Worker()
    for method in ("register_event", "delete_event", "register_processing", "delete_processing"):
        with pytest.raises(RuntimeError, match="belongs to the key of a record"):
            getattr(worker.timers, method)(5)


@pytest.mark.parametrize("time", [-(2**63), 0, 2**63 - 1, True])
def test_times_of_64_bits(time) -> None:
    worker = Worker()
    service = KeyedTimerService(worker.at(1))
    service.register_event_time_timer(time)
    assert worker.orders() == [(1, time, SET_EVENT, b"")]


@pytest.mark.parametrize(
    ("time", "error"), [(2**63, ValueError), (1.5, TypeError), ("5", TypeError), (None, TypeError)]
)
def test_other_times_are_refused(time, error) -> None:
    service = KeyedTimerService(Worker().at(1))
    for method in (
        service.register_event_time_timer,
        service.delete_event_time_timer,
        service.register_processing_time_timer,
        service.delete_processing_time_timer,
    ):
        with pytest.raises(error, match="a timer is set to milliseconds"):
            method(time)


# ---- event time


def test_timers_that_are_set_meanwhile_find_their_place() -> None:
    worker = Worker()

    def on_timer(fired) -> None:
        if fired.time == 10:
            worker.timers.register_event(15)
            worker.timers.register_event(40)
            worker.timers.register_event(5)

    fired = worker.fire_event(30, [timer(1, 10), timer(2, 10), timer(1, 20)], on_timer=on_timer)
    # those for times that have come fire, also if others have fired since
    assert fired == [(1, 10), (1, 5), (2, 10), (2, 5), (1, 15), (2, 15), (1, 20)]
    assert worker.orders() == [(1, 40, SET_EVENT, b""), (2, 40, SET_EVENT, b"")]


def test_timers_that_are_deleted_meanwhile_do_not_fire() -> None:
    worker = Worker()

    def on_timer(fired) -> None:
        if fired.time == 10:
            worker.timers.delete_event(20)
            worker.timers.register_event(15)
            worker.timers.delete_event(15)
            worker.timers.delete_event(99)

    assert worker.fire_event(30, [timer(1, 10), timer(1, 20), timer(2, 20)], on_timer=on_timer) == [
        (1, 10),
        (2, 20),
    ]
    assert worker.orders() == [(1, 99, DELETE_EVENT, b"")]


def test_timers_of_one_watermark_in_several_entries() -> None:
    worker = Worker()

    def on_timer(fired) -> None:
        if fired.time == 10:
            worker.timers.register_event(25)
            worker.timers.register_event(20)
            worker.timers.delete_event(22)

    assert worker.fire_event(30, [timer(1, 10)], last=False, on_timer=on_timer) == [(1, 10)]
    assert list(worker.timers.local_keys()) == [1, 1]
    assert worker.fire_event(30, [timer(1, 20), timer(1, 22)], last=False) == [(1, 20)]
    assert worker.fire_event(30, []) == [(1, 25)]
    assert list(worker.timers.local_keys()) == []
    # and none is left over
    assert worker.fire_event(50, [timer(1, 22)]) == [(1, 22)]


def test_a_timer_that_sets_itself_again_fires_again() -> None:
    worker = Worker()
    times = []

    def on_timer(fired) -> None:
        times.append(fired.time)
        if len(times) < 3:
            worker.timers.register_event(fired.time)

    assert worker.fire_event(30, [timer(1, 10)], on_timer=on_timer) == [(1, 10)] * 3


def test_between_watermarks_late_timers_wait_for_the_next_one() -> None:
    worker = Worker()
    worker.fire_event(30, [])
    worker.at(1).register_event(20)
    assert worker.orders() == [(1, 20, SET_EVENT, b"")]


class Model:
    """Timers as Flink keeps them in the operator itself."""

    def __init__(self) -> None:
        self.there: set[tuple[int, int]] = set()
        self.heap: list[tuple[int, int]] = []

    def set(self, key, time) -> None:
        if (key, time) not in self.there:
            self.there.add((key, time))
            heapq.heappush(self.heap, (time, key))

    def delete(self, key, time) -> None:
        self.there.discard((key, time))

    def fire(self, watermark, on_timer):
        fired = []
        while self.heap and self.heap[0][0] <= watermark:
            time, key = heapq.heappop(self.heap)
            if (key, time) in self.there:
                self.there.discard((key, time))
                fired.append((key, time))
                on_timer(SimpleNamespace(key=key, time=time))
        return fired


actions = st.lists(
    st.tuples(st.sampled_from(["set", "delete"]), st.integers(0, 30)), min_size=1, max_size=4
)


@given(
    st.sets(st.tuples(st.integers(0, 3), st.integers(0, 30)), max_size=12),
    st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 30)), actions, max_size=12),
    st.lists(st.integers(0, 40), min_size=1, max_size=4, unique=True).map(sorted),
    st.integers(1, 4),
)
def test_random_timers_fire_as_in_flink(first, what_they_do, watermarks, part) -> None:
    """The engine's part of it is the model's: what it is told, and what it says."""
    expected, engine = Model(), Model()
    worker = Worker()
    for key, time in sorted(first):
        expected.set(key, time)
        engine.set(key, time)

    def acting(set_timer, delete_timer):
        left = {mark: list(todo) for mark, todo in what_they_do.items()}

        def on_timer(fired) -> None:
            # each does what it does once, so that there is an end
            for action, time in left.pop((fired.key, fired.time), ()):
                (set_timer if action == "set" else delete_timer)(fired.key, time)

        return on_timer

    in_flink = acting(expected.set, expected.delete)
    in_worker = acting(
        lambda key, time: worker.timers.register_event(time),
        lambda key, time: worker.timers.delete_event(time),
    )
    for watermark in watermarks:
        due = [timer(key, time) for key, time in engine.fire(watermark, lambda fired: None)]
        fired = []
        for start in range(0, len(due), part):
            fired += worker.fire_event(watermark, due[start : start + part], False, in_worker)
        fired += worker.fire_event(watermark, [], True, in_worker)
        # of those of one time the order is nobody's
        by_time = expected.fire(watermark, in_flink)
        assert sorted(fired) == sorted(by_time)
        for key, time, order, _ in worker.orders():
            (engine.set if order == SET_EVENT else engine.delete)(key, time)
        assert engine.there == expected.there


# ---- processing time


def test_timers_that_fire_have_been_set() -> None:
    worker = Worker()
    worker.at(1).register_processing(10)
    worker.orders()
    assert worker.fire_processing(1, [timer(1, 10), timer(2, 5)]) == [(1, 10), (2, 5)]
    assert worker.orders() == []


def test_a_timer_that_was_deleted_on_its_way_does_not_fire() -> None:
    worker = Worker()
    worker.at(1).delete_processing(10)
    worker.at(2).delete_processing(10)
    worker.orders()
    worker.at(2).register_processing(10)
    worker.orders()
    # the engine had heard of neither when they fired
    assert worker.fire_processing(0, [timer(1, 10), timer(2, 10)]) == [(2, 10)]
    # and what it hears later is taken back
    assert worker.orders() == [(2, 10, DELETE_PROCESSING, b"")]
    assert worker.fire_processing(1, [timer(1, 10), timer(2, 10)]) == [(1, 10)]


def test_a_timer_that_was_set_again_on_its_way_fires_once() -> None:
    worker = Worker()
    worker.at(1).register_processing(10)
    worker.orders()

    def again(fired) -> None:
        worker.timers.register_processing(20)

    assert worker.fire_processing(0, [timer(1, 10)], again) == [(1, 10)]
    assert worker.orders() == [(1, 10, DELETE_PROCESSING, b""), (1, 20, SET_PROCESSING, b"")]
    # it had fired once more before it heard of that
    assert worker.fire_processing(1, [timer(1, 10)]) == []
    assert worker.fire_processing(2, [timer(1, 20)]) == [(1, 20)]


def test_a_timer_that_sets_itself_again_is_another_one() -> None:
    worker = Worker()

    def again(fired) -> None:
        worker.timers.register_processing(fired.time)

    assert worker.fire_processing(0, [timer(1, 10)], again) == [(1, 10)]
    assert worker.orders() == [(1, 10, SET_PROCESSING, b"")]
    assert worker.fire_processing(1, [timer(1, 10)]) == [(1, 10)]


def test_what_is_known_to_be_done_is_forgotten() -> None:
    worker = Worker()
    for entry in range(100):
        worker.at(1).register_processing(entry)
        worker.at(2).delete_processing(entry)
        worker.orders()
    assert len(worker.timers._unconfirmed) == 200
    assert worker.fire_processing(60, []) == []
    assert len(worker.timers._unconfirmed) == 80
    worker.timers.end_bundle()
    assert len(worker.timers._unconfirmed) == 0


times = st.integers(0, 3)


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("set"), times),
            st.tuples(st.just("delete"), times),
            st.just(("fire", 0)),
            st.just(("hear", 0)),
            st.just(("arrive", 0)),
        ),
        max_size=40,
    )
)
def test_random_timers_of_processing_time(steps) -> None:
    """An engine that fires at any time what it knows, and hears of orders at any time."""
    worker = Worker()
    there: set[int] = set()  # as the function sees it
    engine: set[int] = set()
    orders: list[list] = []  # on their way to the engine
    entries: list[tuple[int, list[tuple]]] = []  # on their way to the worker
    heard = 0

    def arrive() -> None:
        known, due = entries.pop(0)
        fired = [time for _, time in worker.fire_processing(known, due)]
        # every one that there is, once, and no other
        assert len(set(fired)) == len(fired)
        assert there.issuperset(fired)
        there.difference_update(fired)
        if batch := worker.orders():
            orders.append(batch)

    def hear() -> None:
        nonlocal heard
        for _, time, order, _ in orders.pop(0):
            (engine.add if order == SET_PROCESSING else engine.discard)(time)
        heard += 1

    def fire() -> None:
        entries.append((heard, [timer(1, time) for time in sorted(engine)]))
        engine.clear()

    for step, time in steps:
        if step in ("set", "delete"):
            timers = worker.at(1)
            if step == "set":
                there.add(time)
                timers.register_processing(time)
            else:
                there.discard(time)
                timers.delete_processing(time)
            orders.append(worker.orders())
        elif step == "fire":
            fire()
        elif step == "hear" and orders:
            hear()
        elif step == "arrive" and entries:
            arrive()
    # in the end all that there are fire
    while orders or entries or engine:
        while orders:
            hear()
        fire()
        while entries:
            arrive()
    assert there == set()


# ---- batch mode


def test_in_batch_mode_timers_fire_in_the_order_of_their_times() -> None:
    worker = Worker(BatchTimers)
    timers = worker.at(1)
    for time in (30, 10, 20, 10):
        timers.register_event(time)
    timers.delete_event(20)
    timers.register_processing(5)
    assert timers.watermark == -(2**63)
    assert [time for _, time, _, _ in timers.fire(EVENT, 1)] == [10, 30]
    assert timers.watermark == LAST_WATERMARK
    assert not timers.has(EVENT)
    assert timers.has(PROCESSING)
    assert worker.orders() == []


def test_in_batch_mode_the_end_of_time_is_the_end() -> None:
    worker = Worker(BatchTimers)
    timers = worker.at(1)
    timers.register_event(10)
    timers.register_event(20)
    timers.register_event(30)
    fired = []
    for due in timers.fire(EVENT, 1):
        fired.append(due[1])
        timers.register_event(15)
        timers.register_processing(15)
        timers.delete_event(30)
    assert fired == [10, 20]
    assert not timers.has(PROCESSING)
    timers.begin()
    timers.register_event(15)
    assert timers.has(EVENT)
