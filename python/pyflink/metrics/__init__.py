# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Metrics that functions register, among Flink's own.

    >>> from pyflink.datastream import MapFunction, RuntimeContext
    >>> class Square(MapFunction):
    ...     def open(self, runtime_context: RuntimeContext):
    ...         group = runtime_context.get_metrics_group()
    ...         self.negative = group.counter("negative")
    ...         self.sizes = group.distribution("sizes")
    ...
    ...     def map(self, value):
    ...         if value < 0:
    ...             self.negative.inc()
    ...         self.sizes.update(value)
    ...         return value * value

The setting ``python.metric.enabled`` (default ``true``) says whether they are reported.
"""

from __future__ import annotations

from pyflink.metrics.metricbase import Counter, Distribution, Meter, Metric, MetricGroup

__all__ = ["Counter", "Distribution", "Meter", "Metric", "MetricGroup"]
