# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""How functions name their state: what the descriptors say, and what they refuse."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from operator import add

import pytest

from pyflink.common import Time, Types
from pyflink.datastream.state import (
    AggregatingStateDescriptor,
    ListStateDescriptor,
    MapStateDescriptor,
    ReducingStateDescriptor,
    StateDescriptor,
    StateTtlConfig,
    ValueStateDescriptor,
)

TTL = StateTtlConfig.new_builder(Time.hours(1))


class Total:
    def reduce(self, value1: int, value2: int) -> int:
        return value1 + value2


class Mean:
    def create_accumulator(self) -> tuple[int, int]:
        return 0, 0

    def add(self, value: int, accumulator: tuple[int, int]) -> tuple[int, int]:
        return accumulator[0] + value, accumulator[1] + 1

    def get_result(self, accumulator: tuple[int, int]) -> float:
        return accumulator[0] / accumulator[1]

    def merge(self, acc_a: tuple[int, int], acc_b: tuple[int, int]) -> tuple[int, int]:
        return acc_a[0] + acc_b[0], acc_a[1] + acc_b[1]


def test_they_say_the_type_of_what_is_kept() -> None:
    numbers, text = Types.LONG(), Types.STRING()
    assert ValueStateDescriptor("s", numbers).type_info == numbers
    assert ListStateDescriptor("s", numbers).type_info == Types.LIST(numbers)
    assert MapStateDescriptor("s", text, numbers).type_info == Types.MAP(text, numbers)
    assert ReducingStateDescriptor("s", add, numbers).type_info == numbers
    assert AggregatingStateDescriptor("s", Mean(), numbers).type_info == numbers


def test_no_type_stands_for_any_object() -> None:
    anything = Types.PICKLED_BYTE_ARRAY()
    assert ValueStateDescriptor("s", None).type_info == anything
    assert ListStateDescriptor("s", None).type_info == Types.LIST(anything)
    assert MapStateDescriptor("s", None, Types.LONG()).type_info == Types.MAP(
        anything, Types.LONG()
    )
    assert ReducingStateDescriptor("s", add, None).type_info == anything
    assert AggregatingStateDescriptor("s", Mean(), None).type_info == anything


def test_a_reduce_function_stays_and_a_callable_becomes_one() -> None:
    total = Total()
    assert ReducingStateDescriptor("s", total, Types.LONG()).get_reduce_function() is total
    assert ReducingStateDescriptor("s", add, Types.LONG()).get_reduce_function().reduce(1, 2) == 3


def test_an_aggregate_function_stays() -> None:
    mean = Mean()
    assert AggregatingStateDescriptor("s", mean, Types.LONG()).get_agg_function() is mean


def test_they_travel_with_their_function() -> None:
    descriptor = ReducingStateDescriptor("total", add, Types.LONG())
    descriptor.enable_time_to_live(TTL.build())
    copy = pickle.loads(pickle.dumps(descriptor))
    assert copy.get_name() == copy.name == "total"
    assert copy.type_info == Types.LONG()
    assert copy.get_reduce_function().reduce(1, 2) == 3
    assert copy._ttl_config._options == TTL.build()._options


def test_time_to_live() -> None:
    descriptor = ValueStateDescriptor("s", Types.LONG())
    assert descriptor._ttl_config is None
    descriptor.enable_time_to_live(TTL.build())
    assert descriptor._ttl_config is not None
    disabled = StateTtlConfig.new_builder(Time.hours(1)).set_update_type(
        StateTtlConfig.UpdateType.Disabled
    )
    descriptor.enable_time_to_live(disabled.build())
    assert descriptor._ttl_config is None


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: ValueStateDescriptor(Types.LONG(), "s"),
            r"ValueStateDescriptor: the name of state is a str; not Long\.",
        ),
        (
            lambda: ValueStateDescriptor("s", Types.LONG),
            r"'s': the value_type_info is a TypeInformation, for example Types\.LONG\(\); not <",
        ),
        (
            lambda: ListStateDescriptor("s", int),
            r"'s': the elem_type_info .* not the class int",
        ),
        (
            lambda: MapStateDescriptor("s", "key", Types.LONG()),
            r"'s': the key_type_info .* not 'key'\.",
        ),
        (
            lambda: MapStateDescriptor("s", Types.LONG(), 0),
            r"'s': the value_type_info .* not 0\.",
        ),
        (
            lambda: ReducingStateDescriptor("s", Types.LONG(), add),
            r"'s': the type_info is a TypeInformation",
        ),
        (
            lambda: ReducingStateDescriptor("s", Total, Types.LONG()),
            r"a ReduceFunction or a callable .* not the class Total: put \(\) behind it\.",
        ),
        (
            lambda: ReducingStateDescriptor("s", "sum", Types.LONG()),
            r"a ReduceFunction or a callable .* not 'sum'\.",
        ),
        (
            lambda: AggregatingStateDescriptor("s", add, Types.LONG()),
            r"'s': the agg_function is an AggregateFunction; not <built-in function add>\.",
        ),
        (
            lambda: ValueStateDescriptor("s", Types.LONG()).enable_time_to_live(TTL),
            r"takes a StateTtlConfig; .* Call its build\(\) method\.",
        ),
        (
            lambda: ValueStateDescriptor("s", Types.LONG()).enable_time_to_live(Time.hours(1)),
            r"takes a StateTtlConfig; not .* For example StateTtlConfig\.new_builder",
        ),
    ],
)
def test_what_is_refused(make: Callable[[], StateDescriptor], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        make()


def test_a_name_is_not_empty() -> None:
    with pytest.raises(ValueError, match="ListStateDescriptor: the name of state is not empty"):
        ListStateDescriptor("", Types.LONG())
