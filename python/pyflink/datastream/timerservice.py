# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The time, and timers."""

from pyflink._worker.timers import TimerService

__all__ = ["TimerService"]
