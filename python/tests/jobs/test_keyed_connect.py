# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Connected streams with keys: one function with state of the keys of both."""

from __future__ import annotations

import pytest

from pyflink.common import Types
from pyflink.datastream import (
    CoFlatMapFunction,
    CoMapFunction,
    CoProcessFunction,
    KeyedCoProcessFunction,
    KeySelector,
    OutputTag,
)
from pyflink.datastream.state import ListStateDescriptor, ValueStateDescriptor

INT, LONG, TEXT = Types.INT(), Types.LONG(), Types.STRING()
ORDER = Types.TUPLE([INT, TEXT])
ORDERS = [(1, "tea"), (2, "cake"), (1, "milk")]
PAID = [(2, 7), (1, 5), (3, 1)]
UNPAID = OutputTag("unpaid", TEXT)


class Join(KeyedCoProcessFunction):
    """Pairs of an order and a payment with the same key, each as soon as both are there."""

    def open(self, runtime_context) -> None:
        self.orders = runtime_context.get_list_state(ListStateDescriptor("orders", TEXT))
        self.paid = runtime_context.get_list_state(ListStateDescriptor("paid", INT))

    def process_element1(self, value, ctx: KeyedCoProcessFunction.Context):
        self.orders.add(value[1])
        for paid in self.paid:
            yield ctx.get_current_key(), value[1], paid

    def process_element2(self, value, ctx: KeyedCoProcessFunction.Context):
        self.paid.add(value[1])
        for order in self.orders:
            yield ctx.get_current_key(), order, value[1]


class Waits(KeyedCoProcessFunction):
    """Tells by a timer which orders were not paid."""

    def open(self, runtime_context) -> None:
        self.order = runtime_context.get_state(ValueStateDescriptor("order", TEXT))
        self.paid = runtime_context.get_state(ValueStateDescriptor("paid", Types.BOOLEAN()))

    def process_element1(self, value, ctx):
        self.order.update(value[1])
        ctx.timer_service().register_event_time_timer(100)

    def process_element2(self, value, ctx):
        self.paid.update(True)
        ctx.timer_service().register_event_time_timer(200)

    def on_timer(self, timestamp, ctx: KeyedCoProcessFunction.OnTimerContext):
        if timestamp == 100 and not self.paid.value():
            yield UNPAID, self.order.value()
        yield ctx.get_current_key(), timestamp


class Sums(CoMapFunction):
    def open(self, runtime_context) -> None:
        self.sum = runtime_context.get_state(ValueStateDescriptor("sum", LONG))

    def map1(self, value) -> int:
        self.sum.update((self.sum.value() or 0) + value)
        return self.sum.value()

    def map2(self, value) -> int:
        return self.map1(-value)


class Pairs(CoFlatMapFunction):
    def open(self, runtime_context) -> None:
        self.last = runtime_context.get_state(ValueStateDescriptor("last", TEXT))

    def flat_map1(self, value):
        self.last.update(value[1])

    def flat_map2(self, value):
        if self.last.value() is not None:
            yield self.last.value(), value[1]


def first(record):
    return record[0]


class First(KeySelector):
    def get_key(self, value):
        return value[0]


def streams(env):
    return env.from_collection(ORDERS, ORDER), env.from_collection(PAID, Types.TUPLE([INT, INT]))


JOINED = [(1, "milk", 5), (1, "tea", 5), (2, "cake", 7)]


@pytest.mark.parametrize("key_type", [None, INT])
def test_process(single, key_type) -> None:
    orders, paid = streams(single)
    connected = orders.key_by(first, key_type).connect(paid.key_by(first, key_type))
    joined = connected.process(Join(), Types.TUPLE([INT, TEXT, INT]))
    assert joined.get_name() == "Keyed Co-Process"
    assert sorted(joined.execute_and_collect()) == JOINED


@pytest.mark.parametrize("key_type", [None, INT])
def test_keys_of_connected_streams(single, key_type) -> None:
    single.set_parallelism(2)
    orders, paid = streams(single)
    connected = orders.connect(paid).key_by(first, First(), key_type)
    assert sorted(connected.process(Join()).execute_and_collect()) == JOINED


def test_streams_that_have_keys_get_others(single) -> None:
    orders, paid = streams(single)
    connected = orders.key_by(lambda order: order[1]).connect(paid).key_by(first, first)
    assert sorted(connected.process(Join()).execute_and_collect()) == JOINED


def test_timers_of_both(single) -> None:
    orders, paid = streams(single)
    told = orders.connect(paid).key_by(first, first, INT).process(Waits())
    assert sorted(told.execute_and_collect()) == [
        (1, 100),
        (1, 200),
        (2, 100),
        (2, 200),
        (3, 200),
    ]
    orders = single.from_collection([*ORDERS, (4, "salt")], ORDER)
    told = orders.connect(paid).key_by(first, first, INT).process(Waits())
    assert list(told.get_side_output(UNPAID).execute_and_collect()) == ["salt"]


def test_map(single) -> None:
    numbers = single.from_collection([1, 2, 3], LONG)
    connected = numbers.connect(numbers).key_by(lambda i: 0, lambda i: 0, INT)
    sums = connected.map(Sums(), LONG)
    assert sums.get_name() == "Co-Map"
    *_, last = sums.execute_and_collect()
    assert last == 0


def test_flat_map(single) -> None:
    orders = single.from_collection(ORDERS, ORDER)
    none = single.from_collection([(9, "x")], ORDER)
    connected = orders.connect(none).key_by(first, first, INT)
    assert list(connected.flat_map(Pairs(), Types.TUPLE([TEXT, TEXT])).execute_and_collect()) == []
    same = orders.connect(orders).key_by(lambda order: 0, lambda order: 0, INT)
    results = list(same.flat_map(Pairs()).execute_and_collect())
    assert {other for _, other in results} <= {"tea", "cake", "milk"}


def test_a_function_without_timers(single) -> None:
    class Keeps(CoProcessFunction):
        def open(self, runtime_context):
            self.seen = runtime_context.get_state(ValueStateDescriptor("seen", LONG))

        def process_element1(self, value, ctx):
            self.seen.update((self.seen.value() or 0) + 1)
            yield value[0], self.seen.value()

        process_element2 = process_element1

    orders, paid = streams(single)
    counted = orders.connect(paid).key_by(first, first, INT).process(Keeps())
    assert sorted(counted.execute_and_collect()) == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (3, 1)]


def test_union_of_keyed_streams(single) -> None:
    orders, _ = streams(single)
    keyed = orders.key_by(first, INT)
    both = keyed.union(orders.filter(lambda order: order[0] == 2).key_by(first))
    assert sorted(both.execute_and_collect()) == sorted([*ORDERS, (2, "cake")])


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ((True, False), "the second one has none"),
        ((False, True), "the first one has none"),
        ((False, False), "they have none"),
    ],
)
def test_a_keyed_function_needs_keys_on_both(single, keys, message) -> None:
    one, other = (
        stream.key_by(first) if keyed else stream
        for stream, keyed in zip(streams(single), keys, strict=True)
    )
    with pytest.raises(TypeError, match=rf"Join is a KeyedCoProcessFunction.*{message}.*key_by"):
        one.connect(other).process(Join())


@pytest.mark.parametrize("method", ["map", "flat_map", "process"])
def test_keys_are_of_one_type(single, method) -> None:
    function = {"map": Sums(), "flat_map": Pairs(), "process": Join()}[method]
    orders, paid = streams(single)
    connected = orders.key_by(first, INT).connect(paid.key_by(first, LONG))
    with pytest.raises(TypeError, match=r"of different types, Integer and Long, .*same key_type"):
        getattr(connected, method)(function)


def test_only_one_of_the_streams_has_keys(single) -> None:
    numbers = single.from_collection([1], LONG)
    connected = numbers.key_by(lambda i: 0).connect(numbers)
    with pytest.raises(RuntimeError, match=r"get_state\(\): state belongs to keys"):
        list(connected.map(Sums()).execute_and_collect())


@pytest.mark.parametrize("func", [len, None, Join, Sums()])
def test_what_is_no_function_for_process(single, func) -> None:
    orders, paid = streams(single)
    with pytest.raises(TypeError, match=r"process\(\) of connected streams: .* CoProcessFunction"):
        orders.key_by(first).connect(paid.key_by(first)).process(func)
