# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Which time a program of Flink 1 went by."""

from __future__ import annotations

from enum import Enum

__all__ = ["TimeCharacteristic"]


class TimeCharacteristic(Enum):
    """Which time a program goes by.

    Deprecated since Flink 1.12: every operator says itself which time it goes by, for example with
    ``TumblingEventTimeWindows``, and event time is always there.
    """

    ProcessingTime = 0
    """The clock of the machine."""

    IngestionTime = 1
    """The clock of the machine when a record came in from the source."""

    EventTime = 2
    """The time in the records themselves."""
