# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Which time a timer goes by."""

from __future__ import annotations

from enum import Enum


class TimeDomain(Enum):
    """Which time a timer goes by."""

    EVENT_TIME = 0
    """The time in the records."""

    PROCESSING_TIME = 1
    """The clock of the machine."""
