# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""One value for each key, and what is made of values that are added."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pyflink._codec import ValueMismatchError
from pyflink.common import Row, Types
from pyflink.datastream.functions import AggregateFunction
from pyflink.datastream.state import (
    AggregatingStateDescriptor,
    ListStateDescriptor,
    ReducingStateDescriptor,
    ValueStateDescriptor,
)

LONG = Types.LONG()
COUNT = ValueStateDescriptor("count", LONG)


@pytest.fixture
def keys(fake_engine, keys_of):
    return keys_of(fake_engine())


def test_each_key_has_its_own(keys) -> None:
    count = keys.states.get_state(COUNT)
    keys.bring(1, 2)
    keys.select(1)
    count.update(10)
    keys.select(2)
    assert count.value() is None
    keys.select(1)
    assert count.value() == 10


def test_none_is_no_value(keys, fake_engine) -> None:
    count = keys.states.get_state(COUNT)
    keys.at(1)
    count.update(10)
    keys.store.write()
    count.update(None)
    assert count.value() is None
    keys.store.write()
    assert keys.engine.states["count"][1] == {}


@pytest.mark.parametrize(
    ("type_info", "given", "read"),
    [
        (Types.DOUBLE(), 1, 1.0),
        (Types.BIG_DEC(), 1, Decimal(1)),
        (Types.TUPLE([LONG, LONG]), [1, 2], (1, 2)),
        (Types.LIST(LONG), (1, 2), [1, 2]),
        (Types.PRIMITIVE_ARRAY(Types.BYTE()), bytearray(b"ab"), b"ab"),
        (Types.ROW([LONG]), (1,), Row(f0=1)),
        (Types.ROW_NAMED(["a", "b"], [LONG, LONG]), Row(1, 2), Row(a=1, b=2)),
        (Types.ROW_NAMED(["a", "b"], [LONG, LONG]), Row(b=2, a=1), Row(a=1, b=2)),
        (Types.PICKLED_BYTE_ARRAY(), {1, 2}, {1, 2}),
    ],
)
def test_what_is_read_has_its_form_from_the_start(keys_of, fake_engine, type_info, given, read):
    engine = fake_engine()
    for _ in range(2):
        keys = keys_of(engine)
        value = keys.states.get_state(ValueStateDescriptor("value", type_info))
        keys.at(1)
        found = value.value()
        if found is not None:
            break
        value.update(given)
        assert (value.value(), type(value.value())) == (read, type(read))
        keys.store.write()
        engine.restart(engine.snapshot())
    assert (found, type(found)) == (read, type(read))


def test_what_does_not_fit_is_refused_at_once(keys) -> None:
    count = keys.states.get_state(COUNT)
    keys.at(7)
    with pytest.raises(ValueMismatchError) as refusal:
        count.update("x")
    assert str(refusal.value).startswith(
        "the value of the state 'count' of the key 7: expected LONG"
    )
    assert count.value() is None


def test_what_does_not_fit_inside_is_refused_when_it_is_written(keys) -> None:
    pair = keys.states.get_state(ValueStateDescriptor("pair", Types.TUPLE([LONG, LONG])))
    keys.bring(7, 8)
    keys.select(7)
    pair.update((1, 2))
    keys.select(8)
    pair.update((1, "x"))
    with pytest.raises(ValueMismatchError) as refusal:
        keys.store.write()
    message = str(refusal.value)
    assert message.startswith("the value of the state 'pair' of the key 8, the 2nd of 2 fields:")


def test_without_a_key_there_is_no_state(keys) -> None:
    count = keys.states.get_state(COUNT)
    for use in (count.value, count.clear, lambda: count.update(1), lambda: count.update("x")):
        with pytest.raises(RuntimeError, match="belongs to the key of a record"):
            use()


def test_the_same_state_is_asked_for_again(keys) -> None:
    assert keys.states.get_state(COUNT) is keys.states.get_state(
        ValueStateDescriptor("count", LONG)
    )


@pytest.mark.parametrize(
    "other",
    [
        lambda states: states.get_state(ValueStateDescriptor("count", Types.STRING())),
        lambda states: states.get_list_state(ListStateDescriptor("count", LONG)),
        lambda states: states.get_reducing_state(ReducingStateDescriptor("count", max, LONG)),
    ],
)
def test_another_state_of_the_same_name(keys, other) -> None:
    keys.states.get_state(COUNT)
    with pytest.raises(ValueError, match="two different states named 'count'"):
        other(keys.states)


def test_a_state_that_is_asked_for_while_functions_are_closed(keys) -> None:
    keys.store.close()
    with pytest.raises(RuntimeError, match=r"'count' is asked for in close\(\)"):
        keys.states.get_state(COUNT)


def test_a_state_that_is_asked_for_in_the_middle_of_a_batch(keys) -> None:
    count = keys.states.get_state(COUNT)
    keys.bring(1, 2)
    keys.select(1)
    count.update(1)
    late = keys.states.get_state(ValueStateDescriptor("late", LONG))
    assert late.value() is None
    late.update(2)
    keys.select(2)
    late.update(3)
    assert count.value() is None
    keys.select(1)
    assert (count.value(), late.value()) == (1, 2)


def test_values_that_are_reduced(keys) -> None:
    most = keys.states.get_reducing_state(ReducingStateDescriptor("most", max, LONG))
    keys.at(1)
    assert most.get() is None
    most.add(3)
    most.add(2)
    assert most.get() == 3
    most.clear()
    assert most.get() is None
    most.add(1)
    assert most.get() == 1


class Text(AggregateFunction):
    def create_accumulator(self):
        return []

    def add(self, value, accumulator):
        return [*accumulator, value]

    def get_result(self, accumulator):
        return "-".join(accumulator)

    def merge(self, a, b):
        return a + b


def test_values_that_are_aggregated(keys) -> None:
    text = keys.states.get_aggregating_state(AggregatingStateDescriptor("text", Text(), None))
    keys.at(1)
    assert text.get() is None
    text.add("a")
    text.add("b")
    assert text.get() == "a-b"
    text.add(None)
    assert text.get() is None
