# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A hundred thousand random values of random types through a job: to a worker and back.

The seed of a failure is printed; FLINKER_TEST_SEED repeats it.
"""

from __future__ import annotations

import datetime
import decimal
import os
import struct
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from pyflink.common import Types
from pyflink.common.time import Instant
from pyflink.common.typeinfo import LocalTimeTypeInfo, TypeInformation
from pyflink.common.types import Row, RowKind

JOBS = 25
VALUES = 4_000

Make = Callable[[], Any]
Typed = tuple[TypeInformation, Make]

KINDS = list(RowKind)
LOCAL = LocalTimeTypeInfo.TimeType
MICROSECOND = datetime.timedelta(microseconds=1)
FIRST, LAST = datetime.datetime.min, datetime.datetime.max
TEXTS = ["", "\0", "a b", "é漢", "\N{GRINNING FACE}" * 3, "\uffff", "\ue000", '"\\\n', "x" * 300]
OBJECTS: list[Any] = [
    None,
    1 + 2j,
    {1, 2},
    frozenset("ab"),
    (1, [2.5, {"k": None}]),
    2**70,
    b"",
    ...,
]


class Values:
    """Makes random values and types; the edges of each range are as likely as what is between."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def often(self, edges: list[Any], other: Make) -> Make:
        random, choice = self.random.random, self.random.choice
        return lambda: choice(edges) if random() < 0.4 else other()

    def integer(self, bits: int) -> Make:
        least, greatest = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
        edges = [least, least + 1, -1, 0, 1, greatest - 1, greatest, min(greatest, 128)]
        return self.often(edges, lambda: self.random.getrandbits(bits) + least)

    def big_integer(self) -> int:
        number = self.random.getrandbits(self.random.choice([1, 63, 64, 65, 200, 3000]))
        return self.random.choice([number, -number, 2**63, -(2**63) - 1])

    def double(self) -> float:
        (number,) = struct.unpack("<d", self.random.getrandbits(64).to_bytes(8, "little"))
        return float(number)

    def single(self) -> float:
        """A number that 32 bits can hold."""
        (number,) = struct.unpack("<f", self.random.getrandbits(32).to_bytes(4, "little"))
        # a NaN has one form only on the way back
        return float("nan") if number != number else float(number)

    def decimal(self) -> decimal.Decimal:
        digits = self.random.getrandbits(self.random.choice([4, 60, 400]))
        sign = self.random.choice([-1, 1])
        return decimal.Decimal(sign * digits).scaleb(
            self.random.randint(-50, 50), decimal.Context(prec=200)
        )

    def text(self) -> str:
        length = self.random.randint(0, 12)
        return "".join(
            chr(self.random.choice([65, 0x3B1, 0x6F22, 0x1F600]) + i) for i in range(length)
        )

    def datetime(self) -> datetime.datetime:
        return FIRST + self.random.randrange((LAST - FIRST) // MICROSECOND) * MICROSECOND

    def sql_datetime(self) -> datetime.datetime:
        """One that java.sql has in every zone: at noon, and not in the month without ten days."""
        made = self.datetime().replace(hour=12)
        return made.replace(year=1600) if (made.year, made.month) == (1582, 10) else made

    def time(self) -> datetime.time:
        return self.datetime().time()

    def instant(self) -> Instant:
        return Instant(self.random.randint(-(2**40), 2**40), self.random.randrange(10**9))

    def scalars(self) -> list[tuple[TypeInformation, Make, bool]]:
        """The types of single values, and whether they can be None anywhere."""
        special = [0.0, -0.0, 1.5, float("inf"), float("-inf"), float("nan")]
        noon = datetime.time(12)
        dates = [datetime.date.min, datetime.date.max, datetime.date(1970, 1, 1)]
        times = [datetime.time.min, datetime.time.max, noon, datetime.time(1, 2, 3, 4)]
        sql_edges = [datetime.datetime.combine(day, noon) for day in dates]
        return [
            (Types.BOOLEAN(), lambda: self.random.random() < 0.5, False),
            (Types.BYTE(), self.integer(8), False),
            (Types.SHORT(), self.integer(16), False),
            (Types.INT(), self.integer(32), False),
            (Types.LONG(), self.integer(64), False),
            (Types.FLOAT(), self.often(special, self.single), False),
            (Types.DOUBLE(), self.often([*special, 5e-324, 1.7e308], self.double), False),
            (Types.CHAR(), lambda: self.random.choice("aé漢\0\uffff"), False),
            (Types.STRING(), self.often(TEXTS, self.text), True),
            (Types.BIG_INT(), self.big_integer, True),
            (Types.BIG_DEC(), self.decimal, True),
            (Types.INSTANT(), self.instant, True),
            (Types.SQL_DATE(), self.often(dates, lambda: self.sql_datetime().date()), True),
            (Types.SQL_TIME(), lambda: self.time().replace(microsecond=7000), True),
            (Types.SQL_TIMESTAMP(), self.often(sql_edges, self.sql_datetime), False),
            (
                LocalTimeTypeInfo(LOCAL.LOCAL_DATE),
                self.often(dates, lambda: self.datetime().date()),
                True,
            ),
            (LocalTimeTypeInfo(LOCAL.LOCAL_TIME), self.often(times, self.time), True),
            (
                LocalTimeTypeInfo(LOCAL.LOCAL_DATE_TIME),
                self.often([FIRST, LAST], self.datetime),
                True,
            ),
            (
                Types.PRIMITIVE_ARRAY(Types.BYTE()),
                lambda: self.random.randbytes(self.random.randint(0, 9)),
                False,
            ),
            (Types.PICKLED_BYTE_ARRAY(), lambda: self.random.choice(OBJECTS), False),
        ]

    def scalar(self, numbers_only: bool = False) -> Typed:
        type_info, make, optional = self.random.choice(
            self.scalars()[: 7 if numbers_only else None]
        )
        return type_info, self.often([None], make) if optional else make

    def key(self) -> Typed:
        fields = [self.scalar() for _ in range(self.random.randint(1, 3))]
        fields = [(t, make) for t, make in fields if t != Types.PICKLED_BYTE_ARRAY()]
        if len(fields) == 1:
            return fields[0]
        types, makers = [t for t, _ in fields], [make for _, make in fields]
        return Types.TUPLE(types), lambda: tuple(make() for make in makers)

    def or_none(self, make: Make) -> Make:
        return lambda: None if self.random.random() < 0.2 else make()

    def several(self, make: Make, most: int = 3) -> Make:
        return lambda: [make() for _ in range(self.random.randint(0, most))]

    def type(self, depth: int) -> Typed:
        """A random type and what makes its values."""
        shape = self.random.choice(SHAPES) if depth else "scalar"
        if shape == "row":
            return self.row([self.type(depth - 1) for _ in range(self.random.randint(1, 5))])
        if shape == "tuple":
            fields = [self.type(depth - 1) for _ in range(self.random.randint(0, 4))]
            makers = [make for _, make in fields]
            return Types.TUPLE([t for t, _ in fields]), lambda: tuple(make() for make in makers)
        if shape == "map":
            key, make_key = self.key()
            value, make_value = self.type(depth - 1)
            make_value = self.or_none(make_value)
            keys = self.several(make_key)
            # a NaN is a key that nobody finds again
            return Types.MAP(key, value), lambda: {k: make_value() for k in keys() if is_found(k)}
        if shape == "primitive array":
            element, make = self.scalar(numbers_only=True)
            if element == Types.BYTE():
                element, make = Types.CHAR(), lambda: "c"
            return Types.PRIMITIVE_ARRAY(element), self.several(make, 9)
        if shape == "basic array":
            element, make = self.scalar(numbers_only=True)
            return Types.BASIC_ARRAY(element), self.several(self.or_none(make))
        if shape == "object array":
            element, make = self.type(depth - 1)
            return Types.OBJECT_ARRAY(element), self.several(self.or_none(make))
        if shape == "list":
            element, make = self.type(depth - 1)
            return Types.LIST(element), self.several(make)
        return self.scalar()

    def row(self, fields: list[Typed]) -> Typed:
        names = [f"name {i}" if i % 2 else f"n{i}" for i in range(len(fields))]
        makers = [self.or_none(make) for _, make in fields]

        def make() -> Row:
            kind = KINDS[0] if self.random.random() < 0.7 else self.random.choice(KINDS)
            row = Row.of_kind(kind, *(make() for make in makers))
            row.set_field_names(names)
            return row

        return Types.ROW_NAMED(names, [t for t, _ in fields]), make


SHAPES = ["row", "tuple", "map", "list", "object array", "basic array", "primitive array", "scalar"]


def is_found(key: Any) -> bool:
    """Whether a dict finds a key of equal value: a NaN is equal to nothing."""
    return all(map(is_found, key)) if isinstance(key, tuple) else bool(key == key)


def same(one: Any, other: Any) -> bool:
    """Equal, of equal types all the way down, and NaN is itself."""
    if type(one) is not type(other):
        return False
    if isinstance(one, Row):
        return one.get_row_kind() == other.get_row_kind() and same(one.as_dict(), other.as_dict())
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(v, other[k]) for k, v in one.items())
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other) or one != one


@pytest.mark.parametrize("part", range(5))
def test_random_values_of_random_types(single, part: int) -> None:
    seed = int(os.environ.get("FLINKER_TEST_SEED", "20240506"))
    print(f"FLINKER_TEST_SEED={seed}")
    for job in range(part, JOBS, 5):
        values_of = Values(seed * JOBS + job)
        # a row brings several types to one job
        type_info, make = (
            values_of.row([values_of.type(3) for _ in range(6)]) if job % 3 else values_of.type(4)
        )
        values = [make() for _ in range(VALUES)]
        stream = single.from_collection(values, type_info).map(lambda v: v, type_info)
        came_back = list(stream.execute_and_collect())
        assert len(came_back) == VALUES
        for value, back in zip(values, came_back, strict=True):
            assert same(value, back), type_info
