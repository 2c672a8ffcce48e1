# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Dates, times and instants."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from msgspec import Meta

from pyflink._codec.base import Codec, plain_value
from pyflink._codec.errors import ValueMismatchError, found
from pyflink.common.time import Instant

# The seconds of java.time.Instant.MIN and MAX.
_LEAST_SECOND = -31_557_014_167_219_200
_GREATEST_SECOND = 31_556_889_864_403_199


class DateCodec(Codec):
    """SQL_DATE and LOCAL_DATE, a date."""

    check = wire = datetime.date
    plain = False

    def __init__(self, type_name: str) -> None:
        self.name = f"{type_name} (datetime.date)"

    def adapt(self, value: Any) -> datetime.date:
        value = plain_value(value)
        if not isinstance(value, datetime.date):
            raise self.mismatch(value)
        try:
            return datetime.date(value.year, value.month, value.day)
        except (TypeError, ValueError):  # pandas has a "not a time", which has no year
            raise self.mismatch(value) from None


class AnnotatedDateCodec(DateCodec):
    """LOCAL_DATE for ``-> date``: a datetime would lose its time, which nobody has declared."""

    def adapt(self, value: Any) -> datetime.date:
        if isinstance(value, datetime.datetime):
            raise self.mismatch(value)
        return super().adapt(value)


class TimeCodec(Codec):
    """SQL_TIME and LOCAL_TIME, a time without a zone."""

    check = Annotated[datetime.time, Meta(tz=False)]
    wire = datetime.time
    plain = False

    def __init__(self, type_name: str) -> None:
        self.name = f"{type_name} (datetime.time)"

    def adapt(self, value: Any) -> datetime.time:
        value = plain_value(value)
        if not isinstance(value, datetime.time):
            raise self.mismatch(value)
        return datetime.time(value.hour, value.minute, value.second, value.microsecond)


class DateTimeCodec(Codec):
    """SQL_TIMESTAMP and LOCAL_DATE_TIME, a datetime without a zone."""

    check = Annotated[datetime.datetime, Meta(tz=False)]
    wire = datetime.datetime
    plain = False

    def __init__(self, type_name: str) -> None:
        self.name = f"{type_name} (datetime.datetime)"

    def adapt(self, value: Any) -> datetime.datetime:
        value = plain_value(value)
        if not isinstance(value, datetime.datetime):
            raise self.mismatch(value)
        try:
            if value.tzinfo is not None:
                # What the clock of this machine shows then, as TimestampTypeInfo has it.
                value = value.astimezone()
            return datetime.datetime.combine(
                datetime.date(value.year, value.month, value.day),
                datetime.time(value.hour, value.minute, value.second, value.microsecond),
            )
        except (TypeError, ValueError, OverflowError):
            raise self.mismatch(value) from None


class InstantCodec(Codec):
    """INSTANT, an Instant."""

    name = "INSTANT (pyflink.common.Instant)"
    check = Instant
    wire = tuple[int, int]
    plain = False

    def to_wire(self, value: Instant) -> tuple[int, int]:
        seconds, nanos = value.seconds, value.nanos
        if not isinstance(seconds, int) or not isinstance(nanos, int):
            raise self.mismatch(value)
        carry, nanos = divmod(nanos, 10**9)
        seconds += carry
        if not _LEAST_SECOND <= seconds <= _GREATEST_SECOND:
            raise ValueMismatchError("INSTANT within Java's first and last", found(value))
        return seconds, nanos

    def of_wire(self, wire: tuple[int, int]) -> Instant:
        return Instant(*wire)

    def adapt(self, value: Any) -> tuple[int, int]:
        if isinstance(value, Instant):
            return self.to_wire(value)
        raise self.mismatch(value)
