# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Results whose type comes from the function's annotation."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest

from pyflink.common import Row, Types
from pyflink.datastream import (
    CoFlatMapFunction,
    CoMapFunction,
    CoProcessFunction,
    FlatMapFunction,
    MapFunction,
    OutputTag,
    ProcessFunction,
)


@dataclass
class Trade:
    symbol: str
    price: float
    at: datetime.datetime | None = None
    tags: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Leg:
    id: int
    trade: Trade


class Pair(NamedTuple):
    left: str
    right: int | None = None


UTC = datetime.timezone.utc
NOON = datetime.datetime(2024, 5, 6, 12, tzinfo=UTC)


def results_of(stream) -> list[Any]:
    return list(stream.execute_and_collect())


def whole(value: int) -> int:
    return [0, 2**70, True][value]


def fraction(value: int) -> float:
    return [0.5, 3, float("inf")][value]


def text(value: int) -> str:
    return f"text {value}"


def moment(value: int) -> datetime.datetime:
    return NOON


def pair_of(value: int) -> tuple[int, str | None]:
    return value, None


def mapping(value: int) -> dict[str, int]:
    return {"z": 1, "a": value}


@pytest.mark.parametrize(
    ("function", "type_info", "expected"),
    [
        (whole, Types.BIG_INT(), [0, 2**70, 1]),
        (fraction, Types.DOUBLE(), [0.5, 3.0, float("inf")]),
        (text, Types.STRING(), ["text 0", "text 1", "text 2"]),
        (pair_of, Types.TUPLE([Types.BIG_INT(), Types.STRING()]), [(i, None) for i in range(3)]),
        (moment, Types.PICKLED_BYTE_ARRAY(), [NOON] * 3),
        (mapping, Types.PICKLED_BYTE_ARRAY(), [{"z": 1, "a": i} for i in range(3)]),
    ],
)
def test_single_values(single, function, type_info, expected) -> None:
    stream = single.from_collection([0, 1, 2], Types.INT()).map(function)
    assert stream.get_type() == type_info
    assert results_of(stream.rebalance().map(lambda value: value)) == expected


def test_an_output_type_counts_more(single) -> None:
    stream = single.from_collection([0], Types.INT())
    assert stream.map(whole, Types.LONG()).get_type() == Types.LONG()
    assert stream.map(whole, Types.PICKLED_BYTE_ARRAY()).get_type() == Types.PICKLED_BYTE_ARRAY()


class Parse(MapFunction):
    def map(self, value: int) -> Trade:
        return Trade(f"S{value}", value, NOON if value else None, ["t"] * value)


def test_a_dataclass_is_a_row_with_names(single) -> None:
    trades = single.from_collection([0, 2], Types.INT()).map(Parse())
    assert trades.get_type().get_field_names() == ["symbol", "price", "at", "tags"]
    rows = [
        Row(symbol="S0", price=0.0, at=None, tags=[]),
        Row(symbol="S2", price=2.0, at=NOON, tags=["t", "t"]),
    ]
    assert results_of(trades) == rows
    told = trades.rebalance().map(lambda t: (type(t).__name__, t.symbol, t.at, t["price"]))
    assert results_of(told) == [("Row", "S0", None, 0.0), ("Row", "S2", NOON, 2.0)]


def test_records_inside_each_other(single) -> None:
    def leg(value: int) -> Leg:
        return Leg(value, Trade("a", 1.5))

    legs = single.from_collection([1], Types.INT()).map(leg)
    assert results_of(legs.rebalance().map(lambda leg: (leg.id, leg.trade.price))) == [(1, 1.5)]


def test_a_named_tuple_is_a_row_with_names(single) -> None:
    def pair(value: int) -> Pair:
        return Pair("a", value) if value else Pair("b")

    pairs = single.from_collection([0, 1], Types.INT()).map(pair).rebalance()
    assert results_of(pairs) == [Row(left="b", right=None), Row(left="a", right=1)]

    def unpack(record):
        left, right = record
        return left, right, record.left, record[1]

    assert results_of(pairs.map(unpack)) == [("b", None, "b", None), ("a", 1, "a", 1)]


class Words(FlatMapFunction):
    def flat_map(self, value: str) -> Iterator[tuple[str, int]]:
        yield from ((word, len(word)) for word in value.split())


def test_flat_map_says_it_of_its_elements(single) -> None:
    def letters(value: str) -> list[str] | None:
        return list(value) if value != "no" else None

    lines = single.from_collection(["ab c", "no"], Types.STRING())
    assert lines.flat_map(letters).get_type() == Types.STRING()
    assert results_of(lines.flat_map(letters)) == ["a", "b", " ", "c"]
    words = lines.flat_map(Words())
    assert words.get_type() == Types.TUPLE([Types.STRING(), Types.BIG_INT()])
    assert results_of(words) == [("ab", 2), ("c", 1), ("no", 2)]


def test_it_is_printed_as_without_the_annotation(single, capsys) -> None:
    numbers = single.from_collection([1], Types.INT())
    numbers.map(pair_of).print()
    numbers.map(fraction).filter(lambda value: True).rebalance().print()
    numbers.map(Parse()).print()
    numbers.map(pair_of, Types.TUPLE([Types.INT(), Types.STRING()])).print("declared")
    single.execute()
    lines = sorted(capsys.readouterr().out.splitlines())
    trade = Trade("S1", 1, NOON, ["t"])
    assert lines == sorted(["(1, None)", "3.0", str(trade), "declared> (1,null)"])


def test_unions_of_what_nobody_has_declared(single) -> None:
    numbers = single.from_collection([1], Types.INT())
    both = numbers.map(text).union(numbers.map(lambda value: -value), numbers.map(Parse()))
    assert both.get_type() == Types.PICKLED_BYTE_ARRAY()
    # all of them, the dataclass too, as they were returned
    assert sorted(results_of(both.map(str))) == ["-1", str(Parse().map(1)), "text 1"]
    same = numbers.map(text).union(numbers.map(text))
    assert same.get_type() == Types.STRING()
    with pytest.raises(Exception, match="different type"):
        numbers.map(text).union(numbers)


def test_a_wrong_annotation_is_named(single) -> None:
    def price(value: int) -> float:
        return "much"

    stream = single.from_collection([1], Types.INT()).map(price).name("Price")
    with pytest.raises(TypeError) as failure:
        results_of(stream.filter(bool))
    message = str(failure.value)
    assert message.startswith("operator 'Price', function 'price': expected DOUBLE, found str ")
    assert "the annotation of the function's results" in message
    assert "Types.PICKLED_BYTE_ARRAY()" in message


def test_a_date_does_not_lose_its_time(single) -> None:
    def day(value: int) -> datetime.date:
        return NOON if value else NOON.date()

    numbers = single.from_collection([0], Types.INT())
    assert results_of(numbers.map(day)) == [NOON.date()]
    with pytest.raises(TypeError, match="expected LOCAL_DATE .* found datetime"):
        results_of(single.from_collection([1], Types.INT()).map(day))


LEG = Types.ROW_NAMED(
    ["id", "trade"],
    [Types.INT(), Types.ROW_NAMED(["price", "symbol"], [Types.DOUBLE(), Types.STRING()])],
)


@pytest.mark.parametrize(
    ("make", "type_info", "row"),
    [
        (
            lambda i: Leg(i, Trade("s", 0.5)),
            LEG,
            Row(id=1, trade=Row(price=0.5, symbol="s")),
        ),
        (
            lambda i: Pair("s", i),
            Types.ROW_NAMED(["right", "left"], [Types.INT(), Types.STRING()]),
            Row(right=1, left="s"),
        ),
        (
            lambda i: Pair("s", i),
            Types.ROW([Types.STRING(), Types.INT()]),
            Row(f0="s", f1=1),
        ),
    ],
    ids=["dataclasses", "named tuple by name", "named tuple by position"],
)
def test_records_where_a_row_is_declared(single, make, type_info, row) -> None:
    stream = single.from_collection([1], Types.INT()).map(make, type_info)
    assert results_of(stream.rebalance()) == [row]


ODD = OutputTag("odd", Types.INT())


class Halves(ProcessFunction):
    def process_element(self, value: int, ctx) -> Iterator[float]:
        if value % 2:
            yield ODD, value
        else:
            yield value // 2


class Mixed(ProcessFunction):
    def process_element(self, value: int, ctx) -> Iterator[int | tuple[OutputTag, int]]:
        yield value


def test_process_says_it_of_the_main_output(single) -> None:
    numbers = single.from_collection([1, 2], Types.INT())
    halves = numbers.process(Halves())
    assert halves.get_type() == Types.DOUBLE()
    odd = halves.get_side_output(ODD)
    assert odd.get_type() == Types.INT()
    assert results_of(odd.map(str).union(halves.map(str))) in (["1", "1.0"], ["1.0", "1"])
    assert numbers.process(Mixed()).get_type() == Types.PICKLED_BYTE_ARRAY()


class BothMap(CoMapFunction):
    def map1(self, value: int) -> int:
        return value

    def map2(self, value: str) -> int:
        return len(value)


class BothFlatMap(CoFlatMapFunction):
    def flat_map1(self, value: int) -> list[str]:
        return [str(value)] * 2

    def flat_map2(self, value: str) -> Iterator[str]:
        yield value


class BothProcess(CoProcessFunction):
    def process_element1(self, value: int, ctx) -> Iterator[Pair]:
        yield Pair("number", value)

    def process_element2(self, value: str, ctx) -> Iterator[Pair]:
        yield Pair(value)


class Each(CoMapFunction):
    def map1(self, value: int) -> int:
        return value

    def map2(self, value: str) -> str:
        return value


def test_two_inputs_of_which_both_say_the_same(single, capsys) -> None:
    numbers = single.from_collection([3], Types.INT())
    both = numbers.connect(single.from_collection(["ab"], Types.STRING()))
    lengths = both.map(BothMap())
    assert lengths.get_type() == Types.BIG_INT()
    assert sorted(results_of(lengths)) == [2, 3]
    texts = both.flat_map(BothFlatMap())
    assert texts.get_type() == Types.STRING()
    assert sorted(results_of(texts)) == ["3", "3", "ab"]
    pairs = both.process(BothProcess())
    assert pairs.get_type().get_field_names() == ["left", "right"]
    pairs.print()
    single.execute()
    printed = capsys.readouterr().out.splitlines()
    assert sorted(printed) == ["Pair(left='ab', right=None)", "Pair(left='number', right=3)"]
    each = both.map(Each())
    assert each.get_type() == Types.PICKLED_BYTE_ARRAY()
    union = each.union(lengths, texts)
    assert union.get_type() == Types.PICKLED_BYTE_ARRAY()
    assert sorted(results_of(union.map(str))) == ["2", "3", "3", "3", "3", "ab", "ab"]


def test_partitioned_streams_remain_what_nobody_has_declared(single, capsys) -> None:
    numbers = single.from_collection([1], Types.INT())
    pairs = numbers.map(pair_of)
    keyed = pairs.key_by(lambda pair: pair[0])
    spread = pairs.partition_custom(lambda key, n: 0, lambda pair: pair[0])
    keyed.print("keyed")
    keyed.filter(lambda pair: True).print("filtered")
    spread.print("spread")
    single.execute()
    lines = sorted(capsys.readouterr().out.splitlines())
    assert lines == ["filtered> (1, None)", "keyed> (1, None)", "spread> (1, None)"]
    both = keyed.union(numbers.map(text), spread)
    assert both.get_type() == Types.PICKLED_BYTE_ARRAY()
    assert sorted(results_of(both.map(str))) == ["(1, None)", "(1, None)", "text 1"]


def test_a_key_after_what_only_an_annotation_allows(single) -> None:
    fractions = single.from_collection([1], Types.INT()).map(fraction)
    assert results_of(fractions.key_by(lambda value: "k").map(str)) == ["3.0"]
