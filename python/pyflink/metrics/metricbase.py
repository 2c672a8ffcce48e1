# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Metrics that functions register; the same names as in :mod:`pyflink.metrics`, and two more."""

from __future__ import annotations

from pyflink.metrics._base import Counter, Distribution, Meter, Metric, MetricGroup
from pyflink.metrics._group import GenericMetricGroup, MetricGroupType

__all__ = [
    "Counter",
    "Distribution",
    "GenericMetricGroup",
    "Meter",
    "Metric",
    "MetricGroup",
    "MetricGroupType",
]
