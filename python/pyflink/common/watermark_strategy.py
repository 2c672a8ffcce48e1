# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Timestamps and watermarks: how far event time has come."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from pyflink._gateway import java_class
from pyflink.common.time import Duration  # programs import it from here
from pyflink.util.java_utils import to_j_duration

__all__ = ["AssignerWithPeriodicWatermarksWrapper", "TimestampAssigner", "WatermarkStrategy"]

_JAVA = "org.apache.flink.api.common.eventtime.WatermarkStrategy"


class TimestampAssigner(ABC):
    """Says when an element happened.

    Example:
        >>> from pyflink.common.watermark_strategy import TimestampAssigner
        >>> class ClickTime(TimestampAssigner):
        ...     def extract_timestamp(self, value, record_timestamp):
        ...         return value["at"]
    """

    @abstractmethod
    def extract_timestamp(self, value: Any, record_timestamp: int) -> int:
        """The time of an element.

        Args:
            value: the element.
            record_timestamp: the time it has already, from the source for example;
                -9223372036854775808 if it has none.

        Returns:
            Milliseconds since 1970-01-01 00:00 UTC.
        """


class WatermarkStrategy:
    """Where timestamps come from and how watermarks follow from them.

    Args:
        j_watermark_strategy: the Java ``WatermarkStrategy``.

    Example:
        >>> from pyflink.common import Duration, WatermarkStrategy
        >>> strategy = WatermarkStrategy.for_bounded_out_of_orderness(Duration.of_seconds(20))
        >>> strategy = strategy.with_idleness(Duration.of_minutes(1))
    """

    def __init__(self, j_watermark_strategy: Any) -> None:
        self._j_watermark_strategy = j_watermark_strategy
        self._timestamp_assigner: TimestampAssigner | Callable[[Any, int], int] | None = None

    @staticmethod
    def for_monotonous_timestamps() -> WatermarkStrategy:
        """For timestamps that never go back: the watermark follows the newest element closely."""
        return WatermarkStrategy(java_class(_JAVA).forMonotonousTimestamps())

    @staticmethod
    def for_bounded_out_of_orderness(
        max_out_of_orderness: Duration | timedelta,
    ) -> WatermarkStrategy:
        """For timestamps that may be out of order, but not by more than a known time.

        Args:
            max_out_of_orderness: how late an element may be; the watermark stays this far behind
                the newest one.
        """
        j_duration = to_j_duration(max_out_of_orderness)
        return WatermarkStrategy(java_class(_JAVA).forBoundedOutOfOrderness(j_duration))

    @staticmethod
    def no_watermarks() -> WatermarkStrategy:
        """No watermarks at all, for programs that do not look at event time."""
        return WatermarkStrategy(java_class(_JAVA).noWatermarks())

    def with_timestamp_assigner(
        self, timestamp_assigner: TimestampAssigner | Callable[[Any, int], int]
    ) -> WatermarkStrategy:
        """Takes the time of the elements from the elements themselves.

        Args:
            timestamp_assigner: says when an element happened: a ``TimestampAssigner``, or a
                callable that takes the element and its present time and returns milliseconds since
                1970-01-01 00:00 UTC. Without one the time comes from the source.

        Returns:
            This strategy.

        Raises:
            TypeError: if the assigner is neither.

        Example:
            >>> strategy = WatermarkStrategy.for_monotonous_timestamps()
            >>> strategy = strategy.with_timestamp_assigner(lambda click, _: click["at"])
        """
        if isinstance(timestamp_assigner, type) or not (
            isinstance(timestamp_assigner, TimestampAssigner) or callable(timestamp_assigner)
        ):
            raise TypeError(
                "with_timestamp_assigner() takes an object of a TimestampAssigner class or a "
                f"function of a record and its present timestamp, not {timestamp_assigner!r:.100}."
            )
        self._timestamp_assigner = timestamp_assigner
        return self

    def with_idleness(self, idle_timeout: Duration | timedelta) -> WatermarkStrategy:
        """Does not let a part of the stream that has gone quiet hold up the rest.

        Args:
            idle_timeout: after how long without an element a part counts as idle; more than 0.

        Returns:
            A new strategy.
        """
        return self._like(self._j_watermark_strategy.withIdleness(to_j_duration(idle_timeout)))

    def with_watermark_alignment(
        self,
        watermark_group: str,
        max_allowed_watermark_drift: Duration | timedelta,
        update_interval: Duration | timedelta | None = None,
    ) -> WatermarkStrategy:
        """Keeps sources from running ahead of each other in event time.

        Args:
            watermark_group: the sources that name the same group are kept together.
            max_allowed_watermark_drift: how far a source may be ahead of the slowest.
            update_interval: how often sources tell how far they are; by default every second.

        Returns:
            A new strategy.
        """
        arguments = [watermark_group, to_j_duration(max_allowed_watermark_drift)]
        if update_interval is not None:
            arguments.append(to_j_duration(update_interval))
        return self._like(self._j_watermark_strategy.withWatermarkAlignment(*arguments))

    def _like(self, j_watermark_strategy: Any) -> WatermarkStrategy:
        strategy = WatermarkStrategy(j_watermark_strategy)
        strategy._timestamp_assigner = self._timestamp_assigner
        return strategy


class AssignerWithPeriodicWatermarksWrapper:
    """A Java ``AssignerWithPeriodicWatermarks``, as some connectors take it.

    Args:
        j_assigner_with_periodic_watermarks: the Java object.
    """

    def __init__(self, j_assigner_with_periodic_watermarks: Any) -> None:
        self._j_assigner_with_periodic_watermarks = j_assigner_with_periodic_watermarks
