# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Spans and points of time as a program names them: Duration, Instant and Time."""

from __future__ import annotations

from operator import index
from typing import Any

from pyflink.common._java import java_class

__all__ = ["Duration", "Instant", "Time"]

_NANOS_PER_SECOND = 10**9


class Duration:
    """A span of time, to the nanosecond; what ``java.time.Duration`` is in Java.

    Make one with the ``of_...`` methods, each of which takes a whole number and may be negative.

    >>> Duration.of_seconds(90) == Duration.of_millis(90_000)
    True
    >>> Duration.of_millis(1500)
    Duration<PT1.5S>

    Args:
        j_duration: a ``java.time.Duration`` to take over.
    """

    __slots__ = ("_nanos",)

    def __init__(self, j_duration: Any) -> None:
        self._nanos: int = j_duration.getSeconds() * _NANOS_PER_SECOND + j_duration.getNano()

    @staticmethod
    def of_days(days: int) -> Duration:
        """A number of days of 24 hours."""
        return _duration(days, 86_400 * _NANOS_PER_SECOND)

    @staticmethod
    def of_hours(hours: int) -> Duration:
        """A number of hours."""
        return _duration(hours, 3_600 * _NANOS_PER_SECOND)

    @staticmethod
    def of_minutes(minutes: int) -> Duration:
        """A number of minutes."""
        return _duration(minutes, 60 * _NANOS_PER_SECOND)

    @staticmethod
    def of_seconds(seconds: int) -> Duration:
        """A number of seconds."""
        return _duration(seconds, _NANOS_PER_SECOND)

    @staticmethod
    def of_millis(millis: int) -> Duration:
        """A number of milliseconds."""
        return _duration(millis, 10**6)

    @staticmethod
    def of_nanos(nanos: int) -> Duration:
        """A number of nanoseconds."""
        return _duration(nanos, 1)

    @property
    def _j_duration(self) -> Any:
        seconds, nanos = divmod(self._nanos, _NANOS_PER_SECOND)
        return java_class("java.time.Duration").ofSeconds(seconds, nanos)

    def _to_millis(self) -> int:
        return self._nanos // 10**6

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Duration) and self._nanos == other._nanos

    def __hash__(self) -> int:
        return hash(self._nanos)

    def __reduce__(self) -> tuple[Any, ...]:
        return Duration.of_nanos, (self._nanos,)

    def __repr__(self) -> str:
        return f"Duration<{self}>"

    def __str__(self) -> str:
        """The form of ISO 8601 that Java writes, such as ``PT1H30M0.5S``."""
        if self._nanos == 0:
            return "PT0S"
        sign = "-" if self._nanos < 0 else ""
        seconds, nanos = divmod(abs(self._nanos), _NANOS_PER_SECOND)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        text = f"{sign}{hours}H" if hours else ""
        text += f"{sign}{minutes}M" if minutes else ""
        if seconds or nanos:
            fraction = f".{nanos:09}".rstrip("0") if nanos else ""
            text += f"{sign}{seconds}{fraction}S"
        return "PT" + text


def _duration(amount: int, unit_nanos: int) -> Duration:
    nanos = index(amount) * unit_nanos
    if not -(2**63) <= nanos // _NANOS_PER_SECOND < 2**63:
        raise OverflowError(f"A Duration has at most 2**63 - 1 seconds, this has {nanos} ns")
    duration = Duration.__new__(Duration)
    duration._nanos = nanos
    return duration


class Instant:
    """A point on the time line, to the nanosecond; what ``java.time.Instant`` is in Java.

    >>> Instant.of_epoch_milli(1500)
    Instant<1, 500000000>

    Args:
        seconds: seconds since 1970-01-01T00:00:00Z, negative before.
        nanos: nanoseconds after that second.
    """

    __slots__ = ("nanos", "seconds")

    def __init__(self, seconds: int, nanos: int) -> None:
        self.seconds = seconds
        self.nanos = nanos

    def to_epoch_milli(self) -> int:
        """Milliseconds since 1970-01-01T00:00:00Z, rounded down.

        >>> Instant(-2, 500_000_000).to_epoch_milli()
        -1500
        """
        return self.seconds * 1000 + self.nanos // 1_000_000

    @staticmethod
    def of_epoch_milli(epoch_milli: int) -> Instant:
        """The instant that many milliseconds after 1970-01-01T00:00:00Z.

        Args:
            epoch_milli: milliseconds, negative before 1970.
        """
        seconds, millis = divmod(epoch_milli, 1000)
        return Instant(seconds, millis * 1_000_000)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Instant)
            and self.seconds == other.seconds
            and self.nanos == other.nanos
        )

    def __hash__(self) -> int:
        return hash((self.seconds, self.nanos))

    def __repr__(self) -> str:
        return f"Instant<{self.seconds}, {self.nanos}>"


class Time:
    """A number of milliseconds: the size of a window, a gap, a delay.

    >>> Time.minutes(2).to_milliseconds()
    120000
    >>> str(Time.seconds(5))
    '5000 ms'

    Args:
        milliseconds: the length in milliseconds.
    """

    def __init__(self, milliseconds: int) -> None:
        self._milliseconds = milliseconds

    @staticmethod
    def milliseconds(milliseconds: int) -> Time:
        """A number of milliseconds."""
        return Time(milliseconds)

    @staticmethod
    def seconds(seconds: int) -> Time:
        """A number of seconds."""
        return Time(seconds * 1000)

    @staticmethod
    def minutes(minutes: int) -> Time:
        """A number of minutes."""
        return Time(minutes * 60_000)

    @staticmethod
    def hours(hours: int) -> Time:
        """A number of hours."""
        return Time(hours * 3_600_000)

    @staticmethod
    def days(days: int) -> Time:
        """A number of days of 24 hours."""
        return Time(days * 86_400_000)

    def to_milliseconds(self) -> int:
        """The length in milliseconds."""
        return self._milliseconds

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Time) and self._milliseconds == other._milliseconds

    def __hash__(self) -> int:
        return hash(self._milliseconds)

    def __str__(self) -> str:
        return f"{self._milliseconds} ms"

    def __repr__(self) -> str:
        return f"Time<{self}>"
