# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Types of dates and times."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Any

from pyflink.common._typeinfo.base import CompositeTypeInfo, Descriptor, TypeInformation

_MICROS_PER_SECOND = 1_000_000
_EPOCH = datetime.datetime(1970, 1, 1)


class SqlTimeTypeInfo(TypeInformation):
    """The types of ``java.sql.Date``, ``Time`` and ``Timestamp``."""

    @staticmethod
    def DATE() -> DateTypeInfo:
        """The same as ``Types.SQL_DATE()``."""
        return DateTypeInfo()

    @staticmethod
    def TIME() -> TimeTypeInfo:
        """The same as ``Types.SQL_TIME()``."""
        return TimeTypeInfo()

    @staticmethod
    def TIMESTAMP() -> TimestampTypeInfo:
        """The same as ``Types.SQL_TIMESTAMP()``."""
        return TimestampTypeInfo()


class DateTypeInfo(TypeInformation):
    """The type of ``datetime.date``; its plain form is a number of days."""

    #: ``toordinal()`` of 1970-01-01.
    EPOCH_ORDINAL = datetime.date(1970, 1, 1).toordinal()

    def __init__(self) -> None:
        super().__init__()

    def need_conversion(self) -> bool:
        return True

    def to_internal_type(self, d: datetime.date | None) -> int | None:
        """Days since 1970-01-01, negative before.

        Args:
            d: a date, or None, which stays None.
        """
        return None if d is None else d.toordinal() - self.EPOCH_ORDINAL

    def from_internal_type(self, v: int | None) -> datetime.date | None:
        """The date that many days after 1970-01-01.

        Args:
            v: days, or None, which stays None.
        """
        return None if v is None else datetime.date.fromordinal(v + self.EPOCH_ORDINAL)

    def _descriptor(self) -> Descriptor:
        return ["SQL_DATE"]


class TimeTypeInfo(TypeInformation):
    """The type of ``datetime.time``; its plain form is microseconds."""

    #: The microsecond that counts start from: midnight.
    EPOCH_ORDINAL = 0

    def __init__(self) -> None:
        super().__init__()

    def need_conversion(self) -> bool:
        return True

    def to_internal_type(self, t: datetime.time | None) -> int | None:
        """Microseconds since midnight; a time zone is ignored.

        Args:
            t: a time, or None, which stays None.
        """
        if t is None:
            return None
        seconds = t.hour * 3600 + t.minute * 60 + t.second
        return seconds * _MICROS_PER_SECOND + t.microsecond

    def from_internal_type(self, t: int | None) -> datetime.time | None:
        """The time that many microseconds after midnight.

        Args:
            t: microseconds, or None, which stays None.
        """
        if t is None:
            return None
        return (_EPOCH + datetime.timedelta(microseconds=t)).time()

    def _descriptor(self) -> Descriptor:
        return ["SQL_TIME"]


class TimestampTypeInfo(TypeInformation):
    """The type of ``datetime.datetime`` without a time zone; its plain form is microseconds."""

    def __init__(self) -> None:
        super().__init__()

    def need_conversion(self) -> bool:
        return True

    def to_internal_type(self, dt: datetime.datetime | None) -> int | None:
        """Microseconds since 1970-01-01 00:00, by the same clock.

        Args:
            dt: a date and time, or None, which stays None. One with a time zone is taken as what
                the clock of this machine shows then.
        """
        if dt is None:
            return None
        if dt.tzinfo is not None:
            dt = dt.astimezone().replace(tzinfo=None)
        return (dt - _EPOCH) // datetime.timedelta(microseconds=1)

    def from_internal_type(self, ts: int | None) -> datetime.datetime | None:
        """The date and time that many microseconds after 1970-01-01 00:00.

        Args:
            ts: microseconds, or None, which stays None.
        """
        return None if ts is None else _EPOCH + datetime.timedelta(microseconds=ts)

    def _descriptor(self) -> Descriptor:
        return ["SQL_TIMESTAMP"]


class LocalTimeTypeInfo(CompositeTypeInfo):
    """The types of ``java.time.LocalDate``, ``LocalTime`` and ``LocalDateTime``.

    In Python they are ``datetime.date``, ``time`` and ``datetime`` without a time zone.

    >>> LocalTimeTypeInfo(LocalTimeTypeInfo.TimeType.LOCAL_DATE)
    LocalTimeTypeInfo<LOCAL_DATE>

    Args:
        time_type: which of the three.
    """

    class TimeType(Enum):
        """Which of Java's three classes."""

        LOCAL_DATE = 0
        LOCAL_TIME = 1
        LOCAL_DATE_TIME = 2

    def __init__(self, time_type: LocalTimeTypeInfo.TimeType) -> None:
        super().__init__()
        self._time_type = time_type

    def _descriptor(self) -> Descriptor:
        return [self._time_type.name]

    def _identity(self) -> Any:
        return self._time_type

    def __repr__(self) -> str:
        return f"LocalTimeTypeInfo<{self._time_type.name}>"
