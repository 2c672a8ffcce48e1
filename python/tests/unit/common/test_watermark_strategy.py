# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Watermark strategies."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pyflink.common import Duration, WatermarkStrategy
from pyflink.common.watermark_strategy import (
    AssignerWithPeriodicWatermarksWrapper,
    TimestampAssigner,
)
from pyflink.util.exceptions import JavaError
from pyflink.util.java_utils import get_field_value


class First(TimestampAssigner):
    def extract_timestamp(self, value, record_timestamp: int) -> int:
        return value[0]


def generator(strategy: WatermarkStrategy) -> str:
    j_generator = strategy._j_watermark_strategy.createWatermarkGenerator(None)
    return j_generator.getClass().getSimpleName()


def test_the_generators_are_java_s() -> None:
    assert generator(WatermarkStrategy.no_watermarks()) == "NoWatermarksGenerator"
    assert generator(WatermarkStrategy.for_monotonous_timestamps()) == (
        "AscendingTimestampsWatermarks"
    )


@pytest.mark.parametrize("lateness", [Duration.of_seconds(20), timedelta(seconds=20)])
def test_bounded_out_of_orderness(lateness) -> None:
    strategy = WatermarkStrategy.for_bounded_out_of_orderness(lateness)
    j_generator = strategy._j_watermark_strategy.createWatermarkGenerator(None)
    assert get_field_value(j_generator, "outOfOrdernessMillis") == 20_000


def test_the_assigner_stays() -> None:
    assigner = First()
    strategy = WatermarkStrategy.for_monotonous_timestamps()
    assert strategy.with_timestamp_assigner(assigner) is strategy
    idle = strategy.with_idleness(Duration.of_seconds(1))
    aligned = idle.with_watermark_alignment("group", timedelta(seconds=1))
    assert aligned is not idle is not strategy
    assert idle._timestamp_assigner is aligned._timestamp_assigner is assigner


def test_alignment() -> None:
    strategy = WatermarkStrategy.for_monotonous_timestamps()
    default = strategy.with_watermark_alignment("group", Duration.of_seconds(2))
    j_parameters = default._j_watermark_strategy.getAlignmentParameters()
    assert j_parameters.getWatermarkGroup() == "group"
    assert j_parameters.getMaxAllowedWatermarkDrift() == 2000
    assert j_parameters.getUpdateInterval() == 1000
    often = strategy.with_watermark_alignment(
        "group", Duration.of_seconds(2), Duration.of_millis(100)
    )
    assert often._j_watermark_strategy.getAlignmentParameters().getUpdateInterval() == 100


def test_what_is_not_a_time_is_refused() -> None:
    with pytest.raises(TypeError, match=r"for example Duration\.of_seconds\(5\), not 3"):
        WatermarkStrategy.for_bounded_out_of_orderness(3)
    with pytest.raises(JavaError, match="idleTimeout must be greater than zero"):
        WatermarkStrategy.no_watermarks().with_idleness(Duration.of_seconds(0))


def test_an_assigner_must_extract() -> None:
    with pytest.raises(TypeError, match="abstract"):
        TimestampAssigner()


def test_a_java_assigner_is_kept() -> None:
    j_assigner = object()
    wrapper = AssignerWithPeriodicWatermarksWrapper(j_assigner)
    assert wrapper._j_assigner_with_periodic_watermarks is j_assigner
