# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A list for each key."""

from __future__ import annotations

import pytest

from pyflink._codec import ValueMismatchError
from pyflink._worker.state import lists
from pyflink.common import Types
from pyflink.datastream.state import ListStateDescriptor

LONG = Types.LONG()
NUMBERS = ListStateDescriptor("numbers", LONG)


@pytest.fixture
def engine(fake_engine):
    return fake_engine()


def test_adding_neither_reads_nor_writes_what_is_there(engine, keys_of) -> None:
    keys = keys_of(engine)
    numbers = keys.states.get_list_state(NUMBERS)
    keys.at(1)
    for _ in range(3):
        numbers.add(1)
        keys.store.write()
    assert engine.calls == ["register", *["write"] * 3]
    (elements,) = engine.states["numbers"][1].values()
    assert len(elements) == 3
    assert numbers.get() == [1, 1, 1]


def test_an_empty_list_is_no_list(engine, keys_of) -> None:
    keys = keys_of(engine)
    numbers = keys.states.get_list_state(NUMBERS)
    keys.at(1)
    numbers.add_all([1, 2])
    keys.store.write()
    numbers.update([])
    assert numbers.get() == []
    keys.store.write()
    assert engine.states["numbers"][1] == {}


def test_what_is_read_does_not_change(engine, keys_of) -> None:
    numbers = keys_of(engine).states.get_list_state(NUMBERS)
    keys = numbers._store
    cells = keys.bring(lambda: {1})
    keys.cells = cells[1]
    numbers.add(1)
    before = numbers.get()
    numbers.add(2)
    before.append(3)
    assert numbers.get() == [1, 2]


def test_a_given_list_may_be_changed_afterwards(engine, keys_of) -> None:
    keys = keys_of(engine)
    numbers = keys.states.get_list_state(NUMBERS)
    keys.at(1)
    given = [1, 2]
    numbers.update(given)
    given.append(3)
    assert numbers.get() == [1, 2]


def test_a_long_list_does_not_stay(engine, keys_of, monkeypatch) -> None:
    monkeypatch.setattr(lists, "_LARGE", 10)
    keys = keys_of(engine, most_bytes=4000)
    numbers = keys.states.get_list_state(NUMBERS)
    keys.at(1)
    for i in range(100):
        numbers.add(i)
        cell = keys.store.cells[numbers.index]
        assert not isinstance(cell, lists._ListCell) or len(cell.elements) <= 20
    assert numbers.get() == list(range(100))


def test_elements_have_their_form_or_are_refused(engine, keys_of) -> None:
    keys = keys_of(engine)
    pairs = keys.states.get_list_state(ListStateDescriptor("pairs", Types.TUPLE([LONG, LONG])))
    keys.at(1)
    pairs.add([1, 2])
    pairs.add_all([(3, 4), [5, 6]])
    assert pairs.get() == [(1, 2), (3, 4), (5, 6)]
    for add in (pairs.add, lambda value: pairs.add_all([(7, 8), value])):
        with pytest.raises(ValueMismatchError, match="the value of the state 'pairs' of the key 1"):
            add("x")
    assert pairs.get() == [(1, 2), (3, 4), (5, 6)]


def test_a_wrong_element_among_many_lists(engine, keys_of) -> None:
    keys = keys_of(engine)
    pairs = keys.states.get_list_state(ListStateDescriptor("pairs", Types.TUPLE([LONG, LONG])))
    keys.bring(1, 2)
    keys.select(1)
    pairs.add_all([(1, 1), (1, 1)])
    keys.select(2)
    pairs.add_all([(2, 2), (2, None)])
    with pytest.raises(ValueMismatchError, match="the state 'pairs' of the key 2, the 2nd of 2 fi"):
        keys.store.write()


def test_without_a_key_there_is_no_list(engine, keys_of) -> None:
    numbers = keys_of(engine).states.get_list_state(NUMBERS)
    for use in (numbers.get, numbers.clear, lambda: numbers.add(1), lambda: numbers.update([])):
        with pytest.raises(RuntimeError, match="belongs to the key of a record"):
            use()
