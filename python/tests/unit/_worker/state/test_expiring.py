# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""State that expires."""

from __future__ import annotations

import pytest

from pyflink._codec import ValueMismatchError
from pyflink.common import Duration, Row, Types
from pyflink.datastream.state import (
    ListStateDescriptor,
    MapStateDescriptor,
    ReducingStateDescriptor,
    StateTtlConfig,
    ValueStateDescriptor,
)

LONG, TEXT = Types.LONG(), Types.STRING()
BUILDER = StateTtlConfig.Builder
CHANGES_RENEW = BUILDER(Duration.of_millis(100)).build()
READING_RENEWS = BUILDER(Duration.of_millis(100)).update_ttl_on_read_and_write().build()
SHOWN = BUILDER(Duration.of_millis(100)).return_expired_if_not_cleaned_up().build()


def expiring(descriptor, config=CHANGES_RENEW):
    descriptor.enable_time_to_live(config)
    return descriptor


@pytest.fixture
def keys(fake_engine, keys_of):
    keys = keys_of(fake_engine())
    keys.at(1)
    return keys


def test_a_value_lives_so_long(keys, clock) -> None:
    value = keys.states.get_state(expiring(ValueStateDescriptor("value", LONG)))
    value.update(1)
    clock.now += 99
    assert value.value() == 1
    clock.now += 1
    assert value.value() is None
    # even if the clock were set back
    clock.now -= 1
    assert value.value() is None


def test_its_time_is_that_of_its_use_not_of_its_writing(keys, clock, fake_engine, keys_of) -> None:
    descriptor = expiring(ValueStateDescriptor("value", LONG))
    keys.states.get_state(descriptor).update(1)
    clock.now += 60
    keys.store.write()
    keys.engine.restart(keys.engine.snapshot())
    again = keys_of(keys.engine)
    value = again.states.get_state(descriptor)
    again.at(1)
    clock.now += 39
    assert value.value() == 1
    clock.now += 1
    assert value.value() is None


def test_reading_renews_it(keys, clock) -> None:
    value = keys.states.get_state(expiring(ValueStateDescriptor("value", LONG), READING_RENEWS))
    value.update(1)
    for _ in range(3):
        clock.now += 99
        assert value.value() == 1
    clock.now += 100
    assert value.value() is None


def test_what_has_expired_is_shown_once(keys, clock) -> None:
    value = keys.states.get_state(expiring(ValueStateDescriptor("value", LONG), SHOWN))
    value.update(1)
    clock.now += 500
    assert value.value() == 1
    assert value.value() is None


def test_elements_of_a_list_have_lives_of_their_own(keys, clock) -> None:
    state = keys.states.get_list_state(expiring(ListStateDescriptor("list", LONG)))
    state.add(1)
    clock.now += 60
    state.add_all([2, 3])
    assert list(state) == [1, 2, 3]
    clock.now += 40
    assert list(state) == [2, 3]
    state.update([4])
    clock.now += 99
    assert list(state) == [4]
    state.update(None)
    assert list(state) == []


def test_entries_of_a_map_have_lives_of_their_own(keys, clock) -> None:
    state = keys.states.get_map_state(expiring(MapStateDescriptor("map", TEXT, LONG)))
    state.put("a", 1)
    clock.now += 60
    state.put_all({"b": 2, "c": 3})
    clock.now += 40
    assert not state.contains("a")
    assert state.get("a") is None
    assert sorted(state.items()) == [("b", 2), ("c", 3)]
    assert not state.is_empty()
    clock.now += 60
    assert state.is_empty()
    assert list(state.keys()) == []


def test_what_is_made_of_values_expires_as_a_whole(keys, clock) -> None:
    state = keys.states.get_reducing_state(
        expiring(ReducingStateDescriptor("sum", lambda a, b: a + b, LONG))
    )
    state.add(1)
    clock.now += 99
    state.add(2)
    clock.now += 99
    assert state.get() == 3
    clock.now += 1
    assert state.get() is None
    state.add(5)
    assert state.get() == 5


def test_values_have_their_form_or_are_refused(keys, clock) -> None:
    row = Types.ROW_NAMED(["a"], [LONG])
    value = keys.states.get_state(expiring(ValueStateDescriptor("value", row)))
    value.update((1,))
    assert value.value() == Row(a=1)
    elements = keys.states.get_list_state(expiring(ListStateDescriptor("list", LONG)))
    entries = keys.states.get_map_state(expiring(MapStateDescriptor("map", TEXT, LONG)))
    for wrong in (
        lambda: value.update("x"),
        lambda: elements.add("x"),
        lambda: elements.update(["x"]),
        lambda: entries.put("a", "x"),
    ):
        with pytest.raises(ValueMismatchError, match="of the state '.*' of the key 1: expected"):
            wrong()


def test_with_another_time_it_is_another_state(keys) -> None:
    keys.states.get_state(expiring(ValueStateDescriptor("value", LONG)))
    with pytest.raises(ValueError, match="two different states named 'value'"):
        keys.states.get_state(ValueStateDescriptor("value", LONG))
