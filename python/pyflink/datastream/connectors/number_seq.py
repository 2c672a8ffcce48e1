# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Whole numbers as a source."""

from __future__ import annotations

from pyflink._gateway import java_class
from pyflink.datastream.connectors._arguments import whole_number
from pyflink.datastream.connectors.base import Source

__all__ = ["NumberSequenceSource"]

_FIRST = -(2**63)
# not 2**63 - 1: Flink would count past it and never come to an end
_LAST = 2**63 - 2


class NumberSequenceSource(Source):
    """The whole numbers from ``start`` to ``end``, both included.

    The numbers are of the type ``Types.LONG()``. At a parallelism of 1 they come in their order;
    else every parallel source counts through a part of its own.

    Args:
        start: the first number.
        end: the last number.

    Raises:
        TypeError: if one of them is no whole number.
        ValueError: if ``end`` is less than ``start``, or beyond ``2**63 - 2``.

    Examples:
        >>> from pyflink.common import WatermarkStrategy
        >>> from pyflink.datastream import StreamExecutionEnvironment
        >>> env = StreamExecutionEnvironment.get_execution_environment()
        >>> _ = env.set_parallelism(1)
        >>> source = NumberSequenceSource(1, 3)
        >>> numbers = env.from_source(source, WatermarkStrategy.no_watermarks(), "numbers")
        >>> list(numbers.execute_and_collect())
        [1, 2, 3]
    """

    def __init__(self, start: int, end: int) -> None:
        start, end = whole_number(start, "start"), whole_number(end, "end")
        if start < _FIRST or end > _LAST:
            raise ValueError(
                f"The numbers are of 64 bits, from {_FIRST} to {_LAST}, not from {start} to {end}."
            )
        if end < start:
            raise ValueError(f"The numbers end at {end}, before their start at {start}.")
        super().__init__(
            java_class("org.apache.flink.api.connector.source.lib.NumberSequenceSource")(start, end)
        )
