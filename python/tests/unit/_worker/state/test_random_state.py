# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Random operations on state of every kind, against plain dicts.

The caches are tiny, maps count as large when they have a few entries, and now and then everything
is written, or lost back to where it was written last.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from itertools import islice
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from pyflink._worker.state import lists, maps
from pyflink.common import Duration, Types
from pyflink.datastream.functions import AggregateFunction
from pyflink.datastream.state import (
    AggregatingStateDescriptor,
    ListStateDescriptor,
    MapStateDescriptor,
    ReducingStateDescriptor,
    StateTtlConfig,
    ValueStateDescriptor,
)

LONG, TEXT = Types.LONG(), Types.STRING()
TTL = 100

numbers = st.integers(-(2**63), 2**63 - 1) | st.integers(-3, 3)
few = st.lists(numbers, max_size=6)
map_keys = st.integers(0, 9).map(lambda i: f"k{i}")
several = st.dictionaries(map_keys, numbers, max_size=8)
keys = st.integers(0, 2)


class Mean(AggregateFunction):
    def create_accumulator(self):
        return 0, 0

    def add(self, value, accumulator):
        return accumulator[0] + value, accumulator[1] + 1

    def get_result(self, accumulator):
        return accumulator[0] / accumulator[1]

    def merge(self, a, b):
        return a[0] + b[0], a[1] + b[1]


class Machine(RuleBasedStateMachine):
    """What happens to state of any kind.

    Args:
        engine: keeps the state.
        keys_of: makes a worker's part of it.
        clock: the time.
        most_bytes: how large the cache is.
    """

    def __init__(self, engine, keys_of, clock, most_bytes) -> None:
        super().__init__()
        self.engine = engine
        self.keys_of = keys_of
        self.clock = clock
        self.most_bytes = most_bytes
        self.model: dict[str, dict[int, Any]] = defaultdict(dict)
        self.written = engine.snapshot(), copy.deepcopy(self.model)
        self.start()

    def start(self) -> None:
        self.worker = self.keys_of(self.engine, LONG, self.most_bytes)
        self.batch: set[int] = set()
        self.open(self.worker.states)

    def open(self, states) -> None:
        raise NotImplementedError

    def select(self, key: int) -> None:
        """Comes to a record of a key, in a new batch unless it is one of the current one."""
        if key not in self.batch:
            self.next_batch({key, 0})
        self.worker.select(key)

    def next_batch(self, some: set[int]) -> None:
        self.batch = some
        self.worker.bring(*some)

    @rule(some=st.sets(keys | st.integers(3, 20), min_size=1, max_size=8))
    def a_batch(self, some) -> None:
        self.next_batch(some)

    @rule()
    def checkpoint(self) -> None:
        self.worker.store.write()
        self.written = self.engine.snapshot(), copy.deepcopy(self.model)

    @rule()
    def failure(self) -> None:
        snapshot, model = self.written
        self.engine.restart(snapshot)
        self.model = copy.deepcopy(model)
        self.start()

    def teardown(self) -> None:
        """What is written in the end is what the model has, and nothing is left of what is not."""
        self.worker.store.write()
        model = {
            name: {key: there for key, there in data.items() if there not in ([], {})}
            for name, data in self.model.items()
        }
        for name, (_, data) in self.engine.states.items():
            assert len(data) == len(model.get(name, {}))
        self.engine.restart(self.engine.snapshot())
        self.start()
        for key in range(3):
            self.select(key)
            self.look(key)

    def look(self, key: int) -> None:
        """Compares what there is of the current key with the model."""
        raise NotImplementedError


class Values(Machine):
    def open(self, states) -> None:
        self.value = states.get_state(ValueStateDescriptor("value", TEXT))
        self.sum = states.get_reducing_state(
            ReducingStateDescriptor("sum", lambda a, b: a + b, Types.BIG_INT())
        )
        self.mean = states.get_aggregating_state(AggregatingStateDescriptor("mean", Mean(), None))

    def look(self, key) -> None:
        assert self.value.value() == self.model["value"].get(key)
        assert self.sum.get() == self.model["sum"].get(key)
        total, count = self.model["mean"].get(key, (0, 0))
        assert self.mean.get() == (total / count if count else None)

    @rule(key=keys)
    def read_value(self, key) -> None:
        self.select(key)
        assert self.value.value() == self.model["value"].get(key)

    @rule(key=keys, value=st.text(max_size=40))
    def update_value(self, key, value) -> None:
        self.select(key)
        self.value.update(value)
        self.model["value"][key] = value

    @rule(key=keys)
    def clear_value(self, key) -> None:
        self.select(key)
        self.value.clear()
        self.model["value"].pop(key, None)

    @rule(key=keys, value=numbers)
    def add_to_sum(self, key, value) -> None:
        self.select(key)
        self.sum.add(value)
        self.model["sum"][key] = self.model["sum"].get(key, 0) + value
        assert self.sum.get() == self.model["sum"][key]

    @rule(key=keys)
    def clear_sum(self, key) -> None:
        self.select(key)
        self.sum.clear()
        self.model["sum"].pop(key, None)
        assert self.sum.get() is None

    @rule(key=keys, value=st.integers(0, 1000))
    def add_to_mean(self, key, value) -> None:
        self.select(key)
        self.mean.add(value)
        total, count = self.model["mean"].get(key, (0, 0))
        self.model["mean"][key] = total + value, count + 1
        assert self.mean.get() == (total + value) / (count + 1)

    @rule(key=keys)
    def clear_mean(self, key) -> None:
        self.select(key)
        self.mean.clear()
        self.model["mean"].pop(key, None)
        assert self.mean.get() is None


class Lists(Machine):
    def open(self, states) -> None:
        self.objects = states.get_list_state(ListStateDescriptor("list", None))

    def look(self, key) -> None:
        assert list(self.objects) == self.model["list"].get(key, [])

    @rule(key=keys)
    def read_list(self, key) -> None:
        self.select(key)
        assert list(self.objects.get()) == self.model["list"].get(key, [])

    @rule(key=keys, value=numbers)
    def add_to_list(self, key, value) -> None:
        self.select(key)
        self.objects.add(value)
        self.model["list"][key] = [*self.model["list"].get(key, []), value]

    @rule(key=keys, values=few)
    def add_all_to_list(self, key, values) -> None:
        self.select(key)
        self.objects.add_all(values)
        self.model["list"][key] = self.model["list"].get(key, []) + values

    @rule(key=keys, values=few)
    def update_list(self, key, values) -> None:
        self.select(key)
        self.objects.update(values)
        self.model["list"][key] = list(values)

    @rule(key=keys)
    def clear_list(self, key) -> None:
        self.select(key)
        self.objects.clear()
        self.model["list"].pop(key, None)

    @rule(key=keys, value=numbers)
    def add_while_iterating(self, key, value) -> None:
        self.select(key)
        found = []
        for element in self.objects:
            found.append(element)
            self.objects.add(value)
        before = self.model["list"].get(key, [])
        assert found == before
        self.model["list"][key] = before + [value] * len(before)


class Maps(Machine):
    def open(self, states) -> None:
        self.map = states.get_map_state(MapStateDescriptor("map", TEXT, LONG))

    def look(self, key) -> None:
        assert sorted(self.map.items()) == sorted(self.entries(key).items())

    def entries(self, key) -> dict[str, int]:
        return self.model["map"].setdefault(key, {})

    @rule(key=keys, map_key=map_keys)
    def read_map(self, key, map_key) -> None:
        self.select(key)
        assert self.map.get(map_key) == self.entries(key).get(map_key)
        assert self.map.contains(map_key) == (map_key in self.entries(key))

    @rule(key=keys, map_key=map_keys, value=numbers)
    def put(self, key, map_key, value) -> None:
        self.select(key)
        self.map.put(map_key, value)
        self.entries(key)[map_key] = value

    @rule(key=keys, map_key=map_keys, value=numbers)
    def put_what_was_read(self, key, map_key, value) -> None:
        self.read_map(key, map_key)
        self.put(key, map_key, value)
        self.look(key)

    @rule(key=keys, values=several)
    def put_all(self, key, values) -> None:
        self.select(key)
        self.map.put_all(values)
        self.entries(key).update(values)

    @rule(key=keys, map_key=map_keys)
    def remove(self, key, map_key) -> None:
        self.select(key)
        self.map.remove(map_key)
        self.entries(key).pop(map_key, None)
        self.read_map(key, map_key)

    @rule(key=keys)
    def clear_map(self, key) -> None:
        self.select(key)
        self.map.clear()
        self.model["map"].pop(key, None)

    @rule(key=keys)
    def iterate(self, key) -> None:
        self.select(key)
        expected = self.entries(key)
        assert sorted(self.map.items()) == sorted(expected.items())
        assert sorted(self.map.keys()) == sorted(expected)
        assert sorted(self.map.values()) == sorted(expected.values())
        assert self.map.is_empty() == (not expected)

    @rule(key=keys, count=st.integers(0, 4))
    def iterate_in_part(self, key, count) -> None:
        self.select(key)
        found = list(islice(self.map.items(), count))
        assert len(dict(found)) == min(count, len(self.entries(key)))
        assert set(found) <= set(self.entries(key).items())

    @rule(key=keys, remove=st.sets(map_keys), change=st.sets(map_keys))
    def change_while_iterating(self, key, remove, change) -> None:
        self.select(key)
        expected = dict(self.entries(key))
        found = []
        for map_key, value in self.map.items():
            found.append((map_key, value))
            if map_key in remove:
                self.map.remove(map_key)
                del self.entries(key)[map_key]
            elif map_key in change:
                self.map.put(map_key, 7)
                self.entries(key)[map_key] = 7
        assert sorted(found) == sorted(expected.items())

    @rule(key=keys, remove=st.sets(map_keys), values=several)
    def change_others_while_iterating(self, key, remove, values) -> None:
        """Entries that come and go meanwhile may be found or not; the others are, once each."""
        self.select(key)
        before = dict(self.entries(key))
        found = []
        for map_key in self.map:
            if not found:
                self.map.put_all(values)
                for other in remove:
                    self.map.remove(other)
                self.entries(key).update(values)
                for other in remove:
                    self.entries(key).pop(other, None)
                # and this writes, if there is something to be written
                assert sorted(self.map.items()) == sorted(self.entries(key).items())
            found.append(map_key)
        assert len(set(found)) == len(found)
        assert set(found) <= before.keys() | values.keys()
        assert set(found) >= before.keys() & self.entries(key).keys()


class Expiring(Machine):
    """State of which one half is renewed by changes alone, and the other one by reading, too."""

    def open(self, states) -> None:
        written = StateTtlConfig.new_builder(Duration.of_millis(TTL)).build()
        read = (
            StateTtlConfig.new_builder(Duration.of_millis(TTL))
            .update_ttl_on_read_and_write()
            .return_expired_if_not_cleaned_up()
            .build()
        )
        self.expiring = {}
        for name, config in (("written", written), ("read", read)):
            kinds = (
                (states.get_state, ValueStateDescriptor(f"value {name}", LONG)),
                (states.get_list_state, ListStateDescriptor(f"list {name}", LONG)),
                (states.get_map_state, MapStateDescriptor(f"map {name}", TEXT, LONG)),
            )
            for get, state in kinds:
                state.enable_time_to_live(config)
                self.expiring[state.name] = get(state)

    def look(self, key) -> None:
        for kind in ("written", "read"):
            self.read_expiring_value(key, kind)
            self.read_expiring_list(key, kind)
            self.read_expiring_map(key, kind)

    @rule(millis=st.sampled_from([1, TTL // 2, TTL - 1, TTL]))
    def time_passes(self, millis) -> None:
        self.clock.now += millis

    def alive(self, name: str, key: int) -> list[tuple[Any, int, Any]]:
        """The places, times and values that there are; looking at them cleans up."""
        now, on_reading = self.clock.now, name.endswith("read")
        there = self.model[name].get(key, [])
        kept = [(place, at, value) for place, at, value in there if at + TTL > now]
        if on_reading:
            kept = [(place, now, value) for place, _, value in kept]
        self.model[name][key] = kept
        return there if on_reading else kept

    kinds = st.sampled_from(["written", "read"])

    @rule(key=keys, kind=kinds, value=numbers)
    def update_expiring_value(self, key, kind, value) -> None:
        self.select(key)
        self.expiring[f"value {kind}"].update(value)
        self.model[f"value {kind}"][key] = [(None, self.clock.now, value)]

    @rule(key=keys, kind=kinds)
    def read_expiring_value(self, key, kind) -> None:
        self.select(key)
        values = [value for _, _, value in self.alive(f"value {kind}", key)]
        assert self.expiring[f"value {kind}"].value() == (values[0] if values else None)

    @rule(key=keys, kind=kinds, values=few)
    def add_to_expiring_list(self, key, kind, values) -> None:
        self.select(key)
        self.expiring[f"list {kind}"].add_all(values)
        added = [(None, self.clock.now, value) for value in values]
        self.model[f"list {kind}"][key] = self.model[f"list {kind}"].get(key, []) + added

    @rule(key=keys, kind=kinds)
    def read_expiring_list(self, key, kind) -> None:
        self.select(key)
        values = [value for _, _, value in self.alive(f"list {kind}", key)]
        assert list(self.expiring[f"list {kind}"].get()) == values

    @rule(key=keys, kind=kinds, map_key=map_keys, value=numbers)
    def put_expiring(self, key, kind, map_key, value) -> None:
        self.select(key)
        self.expiring[f"map {kind}"].put(map_key, value)
        others = [one for one in self.model[f"map {kind}"].get(key, []) if one[0] != map_key]
        self.model[f"map {kind}"][key] = [*others, (map_key, self.clock.now, value)]

    @rule(key=keys, kind=kinds)
    def read_expiring_map(self, key, kind) -> None:
        self.select(key)
        there = self.alive(f"map {kind}", key)
        expected = sorted((map_key, value) for map_key, _, value in there)
        assert sorted(self.expiring[f"map {kind}"].items()) == expected

    @rule(key=keys, name=st.sampled_from(["value", "list", "map"]), kind=kinds)
    def clear_expiring(self, key, name, kind) -> None:
        self.select(key)
        self.expiring[f"{name} {kind}"].clear()
        self.model[f"{name} {kind}"].pop(key, None)


@pytest.mark.parametrize("kind", [Values, Lists, Maps, Expiring])
@pytest.mark.parametrize("most_bytes", [1, 3000, 1 << 27])
def test_random_operations(monkeypatch, fake_engine, keys_of, clock, kind, most_bytes) -> None:
    monkeypatch.setattr(lists, "_LARGE", 3)
    monkeypatch.setattr(maps, "_LARGE", 3)
    monkeypatch.setattr(maps, "_CHUNK", 4)

    def machine(live: bool) -> Machine:
        clock.now = 1_000_000
        engine = fake_engine(most_entries=3, part=2, live=live)
        return kind(engine, keys_of, clock, most_bytes)

    # shrinking takes long and says little more
    limits = settings(
        max_examples=40, stateful_step_count=40, phases=(Phase.explicit, Phase.generate)
    )
    for live in (False, True) if kind is Maps else (False,):
        run_state_machine_as_test(lambda live=live: machine(live), settings=limits)
