# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Batches: their sizes, their speed, their header."""

from __future__ import annotations

import time

import pytest

from pyflink._codec import BatchEncoder, batch_decoder, encode_collection
from pyflink.common.typeinfo import Types
from pyflink.common.types import Row

PAIR = Types.ROW([Types.INT(), Types.STRING()])


def test_nothing_becomes_no_batch() -> None:
    assert encode_collection([], PAIR) == []
    assert batch_decoder(PAIR)(BatchEncoder(PAIR).encode([])) == []


@pytest.mark.parametrize("batch_bytes", [1, 100, 10_000])
def test_batches_have_about_the_size_asked_for(batch_bytes: int) -> None:
    values = [(i, "x" * (i % 50)) for i in range(5_000)]
    batches = encode_collection(values, PAIR, batch_bytes=batch_bytes)
    decode = batch_decoder(PAIR)
    assert [tuple(row) for batch in batches for row in decode(batch)] == values
    alone = 70
    assert all(len(batch) <= max(2 * batch_bytes, alone) for batch in batches)


def test_one_large_value_among_small_ones() -> None:
    values = ["x"] * 5_000
    values[2_500] = "y" * 3_000_000
    batches = encode_collection(values, Types.STRING(), batch_bytes=100_000)
    assert [v for batch in batches for v in batch_decoder(Types.STRING())(batch)] == values
    assert sorted(map(len, batches))[-2] <= 200_000


def test_any_iterable_is_a_collection() -> None:
    (batch,) = encode_collection((i for i in range(3)), Types.INT())
    assert batch_decoder(Types.INT())(batch) == [0, 1, 2]
    assert batch_decoder(Types.INT())(memoryview(batch)) == [0, 1, 2]


def test_strings_of_50_megabytes() -> None:
    values = ["x" * 50_000_000, "é漢😀" * 6_000_000, "\0" * 1_000_000]
    batches = encode_collection(values, Types.STRING())
    assert [v for batch in batches for v in batch_decoder(Types.STRING())(batch)] == values


def test_half_a_surrogate_pair_in_a_large_string() -> None:
    with pytest.raises(ValueError, match="index 30000000"):
        encode_collection(["x" * 30_000_000 + "\udc00"], Types.STRING())


@pytest.mark.parametrize("depth", [1, 10, 100])
def test_types_deep_inside_each_other(depth: int) -> None:
    type_info, value = Types.ROW([Types.INT()]), Row(f0=7)
    for _ in range(depth):
        type_info, value = Types.LIST(type_info), [value]
    (batch,) = encode_collection([value], type_info)
    assert batch_decoder(type_info)(batch) == [value]


@pytest.mark.parametrize(
    ("count", "row"), [(1_000_000, lambda i, s: (i, s)), (200_000, Row)], ids=["tuples", "rows"]
)
def test_a_million_values_take_no_time_to_speak_of(count, row) -> None:
    values = [row(i, f"text {i}") for i in range(count)]
    started = time.perf_counter()
    encode_collection(values, PAIR)
    # measured 0.25 s for these tuples and 0.1 s for these rows; a busy machine takes longer
    assert time.perf_counter() - started < 5
