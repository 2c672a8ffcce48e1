# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A map for each key."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

import pytest

from pyflink._codec import ValueMismatchError
from pyflink._worker.state import maps
from pyflink.common import Row, Types
from pyflink.datastream.state import MapStateDescriptor

LONG, TEXT = Types.LONG(), Types.STRING()
COUNTS = MapStateDescriptor("counts", TEXT, LONG)


@pytest.fixture
def engine(fake_engine):
    return fake_engine(most_entries=4, part=3)


@pytest.fixture
def large(engine, keys_of):
    """A map of 10 entries, of which none is known."""
    keys = keys_of(engine)
    counts = keys.states.get_map_state(COUNTS)
    keys.at(1)
    counts.put_all({f"k{i}": i for i in range(10)})
    keys.store.write()
    engine.restart(engine.snapshot())
    keys = keys_of(engine)
    counts = keys.states.get_map_state(COUNTS)
    keys.at(1)
    engine.calls.clear()
    return counts


def test_as_a_dict(engine, keys_of) -> None:
    keys = keys_of(engine)
    counts = keys.states.get_map_state(COUNTS)
    keys.at(1)
    counts["a"] = 1
    counts["b"] = 2
    del counts["a"]
    assert "a" not in counts
    assert counts["a"] is None
    assert counts["b"] == 2
    assert list(counts) == ["b"]
    # it is no container whose truth is its size
    counts.clear()
    assert counts


def test_a_small_map_is_read_once(engine, keys_of) -> None:
    keys = keys_of(engine)
    counts = keys.states.get_map_state(COUNTS)
    keys.at(1)
    for i in range(100):
        counts.put(f"k{i}", i)
        assert counts.contains(f"k{i}")
        assert not counts.contains("other")
    assert engine.calls == ["register", "load"]


def test_entries_of_a_large_map_are_read_one_by_one(large, engine) -> None:
    assert large.get("k3") == 3
    assert large.get("k3") == 3
    assert large.get("other") is None
    assert not large.contains("other")
    assert engine.calls == ["load", "read_map", "read_map"]


def test_an_entry_is_written_without_being_read(large, engine) -> None:
    large.put("k3", 33)
    large.remove("k4")
    assert (large.get("k3"), large.get("k4")) == (33, None)
    assert engine.calls == ["load"]
    large._store.write()
    assert sorted(large.items()) == [*((f"k{i}", i) for i in (0, 1, 2)), ("k3", 33)] + [
        (f"k{i}", i) for i in range(5, 10)
    ]


def test_a_large_map_is_read_in_parts(large, engine) -> None:
    assert sorted(large.keys()) == [f"k{i}" for i in range(10)]
    assert engine.calls == ["load", *["scan_map"] * 4]
    engine.calls.clear()
    assert not large.is_empty()
    large._store.write()
    assert engine.calls == ["scan_map", "close_scan"]
    assert engine.open_scans == 0


def test_iterating_can_be_given_up(large, engine) -> None:
    for _ in range(3):
        next(iter(large.items()))
    # each is closed when the next begins, or when something is written
    assert engine.open_scans == 1
    large._store.write()
    assert engine.open_scans == 0


def test_what_is_looked_up_in_vain_is_forgotten_too(large, monkeypatch) -> None:
    monkeypatch.setattr(maps, "_LARGE", 10)
    monkeypatch.setattr(large._store, "_half", 2000)
    for i in range(1000):
        assert not large.contains(f"not {i}")
        large.remove(f"nor {i}")
        cell = large._store.cells[large.index]
        assert len(cell.absent) + len(cell.unwritten) < 100
    assert len(list(large.items())) == 10


def test_a_cleared_map_is_known(large, engine) -> None:
    large.clear()
    large.put("k3", 1)
    assert list(large.items()) == [("k3", 1)]
    assert engine.calls == []
    large._store.write()
    assert engine.calls == ["write", "write"]
    assert len(engine.states["counts"][1].popitem()[1]) == 1


KEYS = [
    (Types.LONG(), [1, -5, 2**62]),
    (Types.DOUBLE(), [1.5, math.inf, 0.0]),
    (Types.FLOAT(), [0.1]),
    (Types.BIG_INT(), [2**80, 1]),
    (Types.BIG_DEC(), [Decimal("1.0"), Decimal("1.00")]),
    (Types.SQL_DATE(), [date(2024, 2, 29)]),
    (Types.BOOLEAN(), [True, False]),
    (Types.PRIMITIVE_ARRAY(Types.BYTE()), [b"", b"ab"]),
    (Types.TUPLE([TEXT, LONG]), [("a", 1), ("b", 2)]),
    (Types.TUPLE([TEXT, Types.DOUBLE()]), [("a", 1.5)]),
    (Types.ROW([LONG, TEXT]), [Row(f0=1, f1="a")]),
    (Types.LIST(LONG), [[1, 2], []]),
    (None, [1, "1", None, (1, "a"), frozenset((1, 2)), 1.5]),
]


@pytest.mark.parametrize(("key_type", "given"), KEYS, ids=lambda value: str(value)[:20])
def test_keys_of_any_type(engine, keys_of, key_type, given) -> None:
    state = MapStateDescriptor("map", key_type, LONG)
    for known in (True, False):
        keys = keys_of(engine)
        numbers = keys.states.get_map_state(state)
        keys.at(1)
        if known:
            for i, key in enumerate(given):
                numbers.put(key, i)
        assert [numbers.get(key) for key in given] == list(range(len(given)))
        found = {repr(key): i for key, i in numbers.items()}
        assert found == {repr(key): i for i, key in enumerate(given)}
        keys.store.write()
        engine.restart(engine.snapshot())


@pytest.mark.parametrize("fresh", [False, True])
def test_numbers_that_are_one_key(engine, keys_of, fresh) -> None:
    keys = keys_of(engine)
    state = MapStateDescriptor("map", Types.DOUBLE(), TEXT)
    names = keys.states.get_map_state(state)
    keys.at(1)
    names.put(float("nan"), "nan")
    names.put(-0.0, "zero")
    if fresh:
        keys.store.write()
        engine.restart(engine.snapshot())
        keys = keys_of(engine)
        names = keys.states.get_map_state(state)
        keys.at(1)
    assert names.get(float("nan")) == "nan"
    assert names.get(0.0) == names.get(0) == "zero"
    names.put(math.nan, "again")
    assert sorted(names.values()) == ["again", "zero"]


def test_keys_and_values_have_their_form_or_are_refused(engine, keys_of) -> None:
    keys = keys_of(engine)
    pairs = keys.states.get_map_state(
        MapStateDescriptor("pairs", Types.TUPLE([TEXT, LONG]), Types.LIST(LONG))
    )
    keys.at(1)
    pairs.put(["a", 1], (1, 2))
    assert list(pairs.items()) == [(("a", 1), [1, 2])]
    assert pairs.contains(["a", 1])
    for use in (lambda: pairs.put("a", []), lambda: pairs.get(3), lambda: pairs.remove(None)):
        with pytest.raises(ValueMismatchError, match="a key of the state 'pairs' of the key 1"):
            use()
    with pytest.raises(ValueMismatchError, match="the value of the state 'pairs' of the key 1"):
        pairs.put(("a", 1), "x")


def test_a_key_that_is_too_large_is_not_looked_up(engine, keys_of) -> None:
    keys = keys_of(engine)
    numbers = keys.states.get_map_state(MapStateDescriptor("numbers", LONG, LONG))
    keys.at(1)
    numbers.put_all({i: i for i in range(10)})
    keys.store.write()
    numbers._large.append(keys.store.cells)
    numbers.relieve()
    with pytest.raises(ValueMismatchError, match="a key of the state 'numbers' of the key 1"):
        numbers.get(2**64)


def test_a_wrong_value_among_many_maps(engine, keys_of) -> None:
    keys = keys_of(engine)
    lists = keys.states.get_map_state(MapStateDescriptor("lists", TEXT, Types.LIST(LONG)))
    keys.bring(1, 2)
    keys.select(1)
    lists.put_all({"a": [1], "b": [2]})
    keys.select(2)
    lists.put("a", ["x"])
    with pytest.raises(ValueMismatchError, match="the state 'lists' of the key 2, element 0"):
        keys.store.write()


def test_without_a_key_there_is_no_map(engine, keys_of) -> None:
    counts = keys_of(engine).states.get_map_state(COUNTS)
    uses = (
        lambda: counts.get("a"),
        lambda: counts.put("a", 1),
        lambda: counts.remove("a"),
        counts.items,
        counts.is_empty,
        counts.clear,
    )
    for use in uses:
        with pytest.raises(RuntimeError, match="belongs to the key of a record"):
            list(use() or ())
