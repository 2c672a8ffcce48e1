# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Metrics as a worker keeps them.

What a function calls for a record does no more than it must. Another thread may read the values at
any time: each is one attribute.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from pyflink.metrics._base import Counter, Distribution, Meter, Metric


class KeptCounter(Counter):
    """A counter."""

    __slots__ = ("value",)
    kind: Literal["COUNTER"] = "COUNTER"

    def __init__(self) -> None:
        self.value = 0

    def inc(self, n: int = 1) -> None:
        """Adds to the count."""
        self.value += n

    def dec(self, n: int = 1) -> None:
        """Takes from the count."""
        self.value -= n

    def get_count(self) -> int:
        """The count."""
        return self.value


class KeptMeter(Meter):
    """A meter.

    Args:
        seconds: over how many its rate is taken.
    """

    __slots__ = ("seconds", "value")
    kind: Literal["METER"] = "METER"

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self.value = 0

    def mark_event(self, value: int = 1) -> None:
        """Says that events have happened."""
        self.value += value

    def get_count(self) -> int:
        """How many there were."""
        return self.value


class KeptDistribution(Distribution):
    """A distribution; its value is the count, the sum, the least and the greatest."""

    __slots__ = ("value",)
    kind: Literal["DISTRIBUTION"] = "DISTRIBUTION"

    def __init__(self) -> None:
        self.value: tuple[int, float, float, float] | None = None

    def update(self, value: float) -> None:
        """Adds a value."""
        now = self.value
        if now is None:
            # a sum that is not one is the caller's mistake, and shows where it was made
            self.value = (1, 0 + value, value, value)
        else:
            count, total, low, high = now
            self.value = (
                count + 1,
                total + value,
                value if value < low else low,
                value if value > high else high,
            )


class KeptGauge(Metric):
    """A gauge.

    Args:
        ask: returns the value.
    """

    __slots__ = ("ask", "failed", "value")
    kind: Literal["GAUGE"] = "GAUGE"

    def __init__(self, ask: Callable[[], Any]) -> None:
        self.ask = ask
        self.value: Any = None
        self.failed = False


Kept = KeptCounter | KeptMeter | KeptDistribution | KeptGauge
