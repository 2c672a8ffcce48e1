# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the cache holds, reads ahead, writes and forgets."""

from __future__ import annotations

import random

import pytest

from pyflink.common import Types
from pyflink.datastream.state import ListStateDescriptor, ValueStateDescriptor

LONG = Types.LONG()
COUNT = ValueStateDescriptor("count", LONG)


@pytest.fixture
def engine(fake_engine):
    return fake_engine()


def test_what_has_not_changed_is_not_written(engine, keys_of) -> None:
    keys = keys_of(engine)
    count = keys.states.get_state(COUNT)
    keys.at(1)
    count.update(1)
    keys.store.write()
    engine.calls.clear()
    assert count.value() == 1
    keys.store.write()
    assert engine.calls == []


def test_a_batch_is_read_by_one_question(engine, keys_of) -> None:
    keys = keys_of(engine)
    count = keys.states.get_state(COUNT)
    other = keys.states.get_state(ValueStateDescriptor("other", LONG))
    keys.bring(*range(1000))
    for key in range(1000):
        keys.select(key)
        count.update((count.value() or 0) + 1)
    assert engine.calls.count("load") == 1
    keys.store.write()
    assert engine.calls.count("write") == 1
    # what was read before is read ahead, and nothing else
    keys.bring(*range(500, 1500))
    keys.select(1200)
    assert engine.calls.count("load") == 2
    assert count.value() is None
    assert engine.calls.count("load") == 2
    assert other.value() is None
    assert engine.calls.count("load") == 3


def test_keys_that_are_used_stay(engine, keys_of) -> None:
    keys = keys_of(engine, most_bytes=100_000)
    count = keys.states.get_state(COUNT)
    for number in range(200):
        keys.bring(-1, *range(100 * number, 100 * number + 100))
        keys.select(-1)
        engine.calls.clear()
        assert count.value() == (number or None)
        # the one that is there all the time is read once only
        assert engine.calls.count("load") == (number == 0)
        count.update(number + 1)


@pytest.mark.parametrize("most_bytes", [10_000, 1_000_000])
def test_what_it_holds_is_bounded(engine, keys_of, most_bytes) -> None:
    keys = keys_of(engine, most_bytes=most_bytes)
    count = keys.states.get_state(COUNT)
    most = 0
    for key in range(20_000):
        keys.at(key)
        count.update(key)
        most = max(most, len(keys.store._young) + len(keys.store._old))
    assert most_bytes / 1000 < most < most_bytes / 200
    keys.store.write()
    keys = keys_of(engine)
    engine.restart(engine.snapshot())
    keys = keys_of(engine)
    count = keys.states.get_state(COUNT)
    for key in random.Random(1).sample(range(20_000), 100):
        keys.at(key)
        assert count.value() == key


def test_large_values_leave_room_for_fewer_keys(engine, keys_of) -> None:
    keys = keys_of(engine, most_bytes=1_000_000)
    texts = keys.states.get_state(ValueStateDescriptor("text", Types.STRING()))
    most = 0
    for key in range(500):
        keys.at(key)
        texts.update("x" * 10_000)
        if key % 10 == 9:
            # as at a checkpoint: then it is known how large they are
            keys.store.write()
            most = max(most, len(keys.store._young) + len(keys.store._old))
    assert most <= 40


def test_elements_that_are_added_to_one_key_leave(engine, keys_of) -> None:
    keys = keys_of(engine, most_bytes=100_000)
    objects = keys.states.get_list_state(ListStateDescriptor("objects", LONG))
    keys.at(1)
    for i in range(10_000):
        objects.add(i)
    assert 10 < engine.calls.count("write") < 40
    assert objects.get() == list(range(10_000))


def test_keys_that_are_no_dict_keys(engine, keys_of) -> None:
    """Keys of types that Python cannot hash come as what the program has chosen."""
    key_type = Types.MAP(Types.STRING(), LONG)
    keys = keys_of(engine, key_type)
    count = keys.states.get_state(COUNT)
    keys.bring({"a": 1}, {"a": 2})
    keys.select({"a": 2})
    assert keys.store.current_key() == {"a": 2}
    count.update(2)
    keys.store.write()
    assert len(engine.states["count"][1]) == 1
    keys.select({"a": 1})
    assert count.value() is None


def test_all_keys(fake_engine, keys_of) -> None:
    engine = fake_engine(part=10)
    keys = keys_of(engine)
    count = keys.states.get_state(COUNT)
    for key in range(25):
        keys.at(key)
        count.update(key)
    parts = list(keys.store.all_keys(count))
    assert [len(part) for part in parts] == [10, 10, 5]
    assert sorted(key for part in parts for key in part) == list(range(25))


def test_visiting_all_keys(fake_engine, keys_of) -> None:
    engine = fake_engine(part=10)
    keys = keys_of(engine, most_bytes=2000)
    count = keys.states.get_state(COUNT)
    for key in range(25):
        keys.at(key)
        count.update(key)
    keys.bring(3, 4, 99)
    keys.select(99)
    visited = []
    for key in keys.store.visit("count"):
        visited.append((key, count.value()))
        count.update(-key)
    assert sorted(visited) == [(key, key) for key in range(25)]
    assert keys.store.current_key() == 99
    keys.select(3)
    assert count.value() == -3
    keys.at(20)
    assert count.value() == -20
