# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Which time a timer goes by."""

from pyflink._worker.timers.domain import TimeDomain

__all__ = ["TimeDomain"]
