# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Sequences of numbers, alone and one after the other."""

from __future__ import annotations

import pytest

from pyflink.common import Types, WatermarkStrategy
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors import NumberSequenceSource, Source
from pyflink.datastream.connectors.hybrid_source import HybridSource


def collect(source: Source, parallelism: int = 1) -> list[int]:
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(parallelism)
    no_watermarks = WatermarkStrategy.no_watermarks()
    stream = env.from_source(source, no_watermarks, "numbers", Types.LONG())
    return list(stream.execute_and_collect())


@pytest.mark.parametrize(
    ("start", "end"),
    [(0, 0), (-3, 3), (2**31 - 2, 2**31 + 1), (2**63 - 4, 2**63 - 2), (-(2**63), -(2**63) + 2)],
)
def test_both_ends_are_included(start: int, end: int) -> None:
    assert collect(NumberSequenceSource(start, end)) == list(range(start, end + 1))


def test_parallel_sources_share_the_numbers() -> None:
    assert sorted(collect(NumberSequenceSource(1, 1000), 3)) == list(range(1, 1001))


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(ValueError, match="The numbers end at 1, before their start at 3"):
        NumberSequenceSource(3, 1)


def test_numbers_beyond_64_bits_are_refused() -> None:
    with pytest.raises(ValueError, match="are of 64 bits, from -9223372036854775808 to"):
        NumberSequenceSource(0, 2**63 - 1)
    with pytest.raises(TypeError, match="start is a whole number, not 1.5"):
        NumberSequenceSource(1.5, 3)  # type: ignore[arg-type]


def test_a_source_starts_when_the_one_before_it_has_ended() -> None:
    first, second, third = (NumberSequenceSource(n, n + 99) for n in (200, 0, 100))
    source = HybridSource.builder(first).add_source(second).add_source(third).build()
    assert collect(source) == [*range(200, 300), *range(100), *range(100, 200)]


def test_a_hybrid_source_of_one_source() -> None:
    assert collect(HybridSource.builder(NumberSequenceSource(1, 2)).build()) == [1, 2]
