# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Broadcast state."""

from __future__ import annotations

import pytest

from pyflink.common import Types
from pyflink.datastream import RuntimeExecutionMode
from pyflink.datastream.functions import BroadcastProcessFunction, KeyedBroadcastProcessFunction
from pyflink.datastream.state import (
    ListStateDescriptor,
    MapStateDescriptor,
    ValueStateDescriptor,
)

LONG, TEXT = Types.LONG(), Types.STRING()
PAIR = Types.TUPLE([TEXT, LONG])
RULES = MapStateDescriptor("rules", TEXT, LONG)
TOTAL = ValueStateDescriptor("total", LONG)


class Scale(BroadcastProcessFunction):
    """Multiplies by what was broadcast for the name."""

    def process_element(self, value, ctx):
        name, number = value
        factor = ctx.get_broadcast_state(RULES).get(name)
        yield (name, number * factor) if factor is not None else (name, -1)

    def process_broadcast_element(self, value, ctx):
        ctx.get_broadcast_state(RULES)[value[0]] = value[1]


class Audit(KeyedBroadcastProcessFunction):
    """Adds numbers up; a broadcast record shows and changes all sums, a timer what there is."""

    def open(self, runtime_context):
        self.total = runtime_context.get_state(TOTAL)

    def process_element(self, value, ctx):
        self.total.update((self.total.value() or 0) + value[1])
        ctx.timer_service().register_event_time_timer(1)
        yield ctx.get_current_key(), self.total.value()

    def process_broadcast_element(self, value, ctx):
        ctx.get_broadcast_state(RULES).put(*value)
        seen = []

        def add(key, state):
            seen.append((key, state.value()))
            state.update(state.value() + value[1])

        ctx.apply_to_keyed_state(TOTAL, add)
        yield value[0], sorted(seen)

    def on_timer(self, timestamp, ctx):
        rules = ctx.get_broadcast_state(RULES)
        yield ctx.get_current_key(), self.total.value(), sorted(rules)


@pytest.fixture
def batch(single):
    single.set_runtime_mode(RuntimeExecutionMode.BATCH)
    yield single
    single.set_runtime_mode(RuntimeExecutionMode.STREAMING)


def test_in_batch_mode_broadcast_records_come_first(batch) -> None:
    numbers = batch.from_collection([("a", 1), ("b", 2), ("c", 3)], PAIR)
    rules = batch.from_collection([("a", 10), ("b", 100)], PAIR).broadcast(RULES)
    scaled = numbers.connect(rules).process(Scale())
    assert sorted(scaled.execute_and_collect()) == [("a", 10), ("b", 200), ("c", -1)]


def test_every_instance_has_all_entries(single) -> None:
    single.set_parallelism(2)
    waits = single.from_collection([("a", 1)] * 50, PAIR).set_parallelism(1).rebalance()
    rules = single.from_collection([("a", 7)], PAIR).broadcast(RULES)

    class Last(Scale):
        """Shows the rule at the end: by then every instance has it."""

        def open(self, runtime_context):
            self.index = runtime_context.get_index_of_this_subtask()

        def process_element(self, value, ctx):
            return None

        def process_broadcast_element(self, value, ctx):
            super().process_broadcast_element(value, ctx)
            yield self.index, list(ctx.get_broadcast_state(RULES).items())

    found = sorted(waits.connect(rules).process(Last()).execute_and_collect())
    assert found == [(0, [("a", 7)]), (1, [("a", 7)])]


@pytest.mark.parametrize("key_type", [None, TEXT])
def test_broadcast_records_reach_the_state_of_all_keys(single, key_type) -> None:
    numbers = single.from_collection([("a", 1), ("b", 2), ("a", 3)], PAIR)
    rules = single.from_collection([("x", 100), ("y", 1000)], PAIR).broadcast(RULES)
    keyed = numbers.key_by(lambda pair: pair[0], key_type)
    results = list(keyed.connect(rules).process(Audit()).execute_and_collect())
    # which input comes when is not defined; what each sees of the other is
    sums = {"a": 0, "b": 0}
    given = {"a": iter([1, 3]), "b": iter([2])}
    seen_keys: set[str] = set()
    for result in results:
        if result[0] in ("x", "y"):
            assert result[1] == sorted((key, sums[key]) for key in seen_keys)
            for key in seen_keys:
                sums[key] += 100 if result[0] == "x" else 1000
        elif len(result) == 2:
            seen_keys.add(result[0])
            sums[result[0]] += next(given[result[0]])
            assert result[1] == sums[result[0]]
        else:
            assert result == (result[0], sums[result[0]], ["x", "y"])
    assert len(results) == 3 + 2 + 2


def test_of_many_keys_all_are_visited(single) -> None:
    class Visit(KeyedBroadcastProcessFunction):
        def open(self, runtime_context):
            self.seen = ListStateDescriptor("seen", LONG)
            self.state = runtime_context.get_list_state(self.seen)

        def process_element(self, value, ctx):
            self.state.add(value)

        def process_broadcast_element(self, value, ctx):
            visited = []
            ctx.apply_to_keyed_state(
                self.seen, lambda key, state: visited.append((key, list(state.get())))
            )
            yield visited

    numbers = single.from_collection(list(range(10_000)), LONG)
    # read after the numbers: it is made of them
    late = numbers.filter(lambda i: i == 9_999).broadcast(RULES)
    visited = list(
        numbers.key_by(lambda i: i, LONG).connect(late).process(Visit()).execute_and_collect()
    )
    (last,) = visited
    assert all(elements == [key] for key, elements in last)
    assert len({key for key, _ in last}) == len(last)


def test_what_does_not_fit_is_refused(single) -> None:
    numbers = single.from_collection([("a", 1)], PAIR)
    rules = numbers.broadcast(RULES)
    with pytest.raises(TypeError, match="KeyedBroadcastProcessFunction, for example"):
        numbers.key_by(lambda pair: pair[0]).connect(rules).process(Scale())
    with pytest.raises(TypeError, match="BroadcastProcessFunction, for example"):
        numbers.connect(rules).process(Audit())
    with pytest.raises(TypeError, match="a descriptor is a MapStateDescriptor"):
        numbers.broadcast(TOTAL)
    with pytest.raises(ValueError, match="two descriptors named 'rules'"):
        numbers.broadcast(RULES, RULES)


class Wrong(Scale):
    def __init__(self, how):
        self.how = how

    def process_broadcast_element(self, value, ctx):
        if self.how == "value":
            ctx.get_broadcast_state(RULES)["a"] = "one"
        else:
            ctx.get_broadcast_state(MapStateDescriptor("other", TEXT, LONG))


@pytest.mark.parametrize(
    ("how", "error", "message"),
    [
        (
            "value",
            TypeError,
            "the value of the broadcast state 'rules': expected LONG",
        ),
        ("other", ValueError, "no broadcast state 'other': the stream was broadcast with 'rules'"),
    ],
)
def test_mistakes_in_a_function_are_its_own_errors(single, how, error, message) -> None:
    numbers = single.from_collection([("a", 1)], PAIR)
    results = numbers.connect(numbers.broadcast(RULES)).process(Wrong(how))
    with pytest.raises(error, match=message):
        list(results.execute_and_collect())
