# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Keys of no declared type: equal ones have the same bytes."""

from __future__ import annotations

import copy
import datetime
import decimal
import enum
import math
import os
import pickle
import subprocess
import sys
import uuid
import zoneinfo
from collections import namedtuple
from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pyflink._codec.keys import key_bytes, key_of
from pyflink.common import Row

Point = namedtuple("Point", "x y")


class Color(enum.Enum):
    RED = 1


@dataclass(frozen=True)
class Place:
    name: str
    zip: int


def _is_of_one_moment(time: datetime.datetime) -> bool:
    """Not of an hour that clocks skip or repeat: PEP 495 has it equal no time of another zone."""
    return time == time.astimezone(datetime.timezone.utc)


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.text(),
    st.binary(),
    st.decimals(allow_nan=False),
    st.just(decimal.Decimal("NaN")),
    st.fractions(),
    st.uuids(),
    st.dates(),
    st.times(),
    st.times(timezones=st.timezones()),
    st.datetimes(),
    st.datetimes(
        datetime.datetime(2, 1, 1),
        datetime.datetime(9998, 1, 1),
        timezones=st.timezones(),
    ).filter(_is_of_one_moment),
    st.timedeltas(),
    st.just(Color.RED),
    st.builds(Place, st.text(), st.integers()),
)
HASHABLE = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(tuple),
        st.frozensets(inner, max_size=4),
        st.builds(Point, inner, inner),
    ),
    max_leaves=8,
)
KEYS = st.recursive(
    HASHABLE,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(HASHABLE, inner, max_size=4),
        st.sets(HASHABLE, max_size=4),
        st.builds(lambda a, b: Row(a=a, b=b), inner, inner),
    ),
    max_leaves=8,
)


def reordered(value):
    """The same value made of other objects, in another order where that means nothing."""
    kind = type(value)
    if kind in (tuple, list):
        return kind(map(reordered, value))
    if kind in (set, frozenset):
        return kind(map(reordered, reversed(list(value))))
    if kind is dict:
        return {reordered(k): reordered(v) for k, v in reversed(value.items())}
    return pickle.loads(pickle.dumps(value)) if kind is not Row else copy.deepcopy(value)


@given(KEYS)
def test_copies_have_the_same_bytes(key) -> None:
    assert key_bytes(reordered(key)) == key_bytes(key)
    assert key_bytes((key, key)) == key_bytes((key, reordered(key)))


@given(KEYS)
@example(datetime.time(14, tzinfo=datetime.timezone(datetime.timedelta(hours=-10))))
@example(datetime.time(23, 59, 59, tzinfo=datetime.timezone(datetime.timedelta(hours=-23))))
@example(datetime.time(0, 0, 30, tzinfo=datetime.timezone(datetime.timedelta(seconds=31))))
@example(datetime.time(0, tzinfo=datetime.timezone(datetime.timedelta(hours=23, minutes=59))))
def test_a_key_comes_back(key) -> None:
    back = key_of(key_bytes(key))
    assert type(back) is type(key)
    assert key_bytes(back) == key_bytes(key)
    if "nan" not in repr(key).lower():
        assert back == key


def test_an_hour_that_clocks_repeat_is_one_hour_as_it_is_to_equality() -> None:
    first = datetime.datetime(2000, 10, 29, 2, tzinfo=zoneinfo.ZoneInfo("Europe/Warsaw"))
    again = first.replace(fold=1)
    assert first == again
    assert key_bytes(first) == key_bytes(again)
    assert key_of(key_bytes(first)) == datetime.datetime(2000, 10, 29, tzinfo=UTC)


def alike(one, other) -> bool:
    """Whether two values are of the same types all the way down."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (tuple, list)):
        return len(one) == len(other) and all(map(alike, one, other))
    return not isinstance(one, (set, frozenset, dict, Row, complex))


@given(SCALARS, SCALARS)
def test_other_keys_have_other_bytes(one, other) -> None:
    assume(type(one) is not type(other) or one != other)
    # a NaN is no equal of itself, and yet the same key
    assume(repr(one) != repr(other))
    assume(not (_is_nan(one) and _is_nan(other)))
    if isinstance(one, (datetime.datetime, datetime.time)) and type(one) is type(other):
        # where clocks go back, Python has times unequal that are the same
        assume(one.tzinfo is None and other.tzinfo is None)
    assert key_bytes(one) != key_bytes(other)


def _is_nan(value) -> bool:
    if isinstance(value, decimal.Decimal):
        return value.is_nan()
    parts = (value.real, value.imag) if isinstance(value, complex) else (value,)
    return any(isinstance(part, float) and math.isnan(part) for part in parts)


UTC = datetime.timezone.utc
EAST = datetime.timezone(datetime.timedelta(hours=2))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (0.0, -0.0),
        ((0.0, "a"), (-0.0, "a")),
        (complex(0.0, -0.0), complex(-0.0, 0.0)),
        (math.nan, -math.nan),
        (decimal.Decimal("1.0"), decimal.Decimal("1.00")),
        (decimal.Decimal("100"), decimal.Decimal("1E+2")),
        (decimal.Decimal("0"), decimal.Decimal("-0.00")),
        (decimal.Decimal("0." + "1" * 60), decimal.Decimal("0." + "1" * 60 + "0")),
        (
            datetime.datetime(2020, 1, 1, 12, tzinfo=UTC),
            datetime.datetime(2020, 1, 1, 14, tzinfo=EAST),
        ),
        (datetime.datetime(2020, 1, 1), datetime.datetime(2020, 1, 1, fold=1)),
        (datetime.time(12, tzinfo=UTC), datetime.time(14, tzinfo=EAST)),
        (datetime.time(1, tzinfo=EAST), datetime.time(1, fold=1, tzinfo=EAST)),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({"a", "b", 1}, {1, "b", "a"}),
        ({8, 0}, {0, 8}),
        (Place("a", 1), Place(str(b"a", "ascii"), 1)),
        (Fraction(1, 2), Fraction(2, 4)),
        (uuid.UUID(int=5), uuid.UUID(str(uuid.UUID(int=5)))),
    ],
)
def test_equal_keys_have_the_same_bytes(one, other) -> None:
    assert key_bytes(one) == key_bytes(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (1, True),
        (0, False),
        (0, None),
        ("1", 1),
        ("a", b"a"),
        ((1,), [1]),
        ((1,), (1.0,)),
    ],
)
def test_keys_of_other_types_are_others(one, other) -> None:
    assert key_bytes(one) != key_bytes(other)


def test_what_is_shared_does_not_show() -> None:
    word = "".join(["ab", "c" * 50])
    again = "".join(["ab", "c" * 50])
    for pair, twin in [((word, word), (word, again)), ([word, word], [word, again])]:
        assert key_bytes(pair) == key_bytes(twin)


def test_numpy_s_numbers() -> None:
    numpy = pytest.importorskip("numpy")
    assert key_bytes(numpy.float64(0.0)) == key_bytes(numpy.float64(-0.0))
    assert key_of(key_bytes(numpy.int64(5))) == 5


def test_what_cannot_be_a_key() -> None:
    with pytest.raises(TypeError, match="of type generator, cannot be a key: cannot pickle"):
        key_bytes(i for i in "a")
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(TypeError, match="a key contains itself"):
        key_bytes(endless)


PROGRAM = """
import cloudpickle, enum, sys
from dataclasses import dataclass
from pyflink._codec.keys import key_bytes

SMALL = {"a", "b", "c", "e", 1, None, ("d", 2)}

@dataclass(frozen=True)
class Own:
    name: str
    tags: frozenset
    small = {"a", "b", "c", 1, None, ("d", 2)}

    def is_small(self):
        return self.name in {"a", "b", "c", 1, None, ("d", 2)} and self.name in SMALL & self.small

class Color(enum.Enum):
    RED = "red"

if sys.argv[1:]:
    Own, Color = cloudpickle.loads(bytes.fromhex(sys.argv[1]))
else:
    print(cloudpickle.dumps((Own, Color)).hex())
tags = frozenset({"a", "b", "c", "d"})
print(key_bytes({"x", "y", "z"}).hex())
print(key_bytes((Own("a", tags), Color.RED)).hex())
print(Own("a", tags).is_small(), Own("d", tags).is_small(), Own(("d", 2), tags).is_small())
"""


def test_processes_agree() -> None:
    def lines(seed: int, *arguments: str) -> list[str]:
        answer = subprocess.run(
            [sys.executable, "-c", PROGRAM, *arguments],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
        )
        return answer.stdout.split()

    # classes of the main module reach the workers with the function
    classes, *_ = lines(0)
    assert lines(1, classes) == lines(2, classes) == lines(3, classes)
    assert lines(1, classes)[-3:] == ["True", "False", "True"]
