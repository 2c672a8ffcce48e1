# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The time, and timers."""

from pyflink._worker.timers.service import TimerService
from pyflink.datastream._internal_timers import InternalTimer, InternalTimerService, K, N

__all__ = ["InternalTimer", "InternalTimerService", "K", "N", "TimerService"]
