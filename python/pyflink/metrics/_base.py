# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What functions see of metrics."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any


class Metric(ABC):  # noqa: B024
    """A number or more about a function while it runs."""


class Counter(Metric, ABC):
    """A count that goes up and down; a ``Counter`` of Flink's.

    Example:
        >>> from pyflink.datastream import MapFunction
        >>> class CountsEmpty(MapFunction):
        ...     def open(self, runtime_context):
        ...         self.empty = runtime_context.get_metrics_group().counter("empty")
        ...
        ...     def map(self, value):
        ...         if not value:
        ...             self.empty.inc()
        ...         return value
    """

    @abstractmethod
    def inc(self, n: int = 1) -> None:
        """Adds to the count.

        Args:
            n: how much.
        """

    @abstractmethod
    def dec(self, n: int = 1) -> None:
        """Takes from the count.

        Args:
            n: how much.
        """

    @abstractmethod
    def get_count(self) -> int:
        """The count of this parallel instance, from 0 when the job starts or restarts."""


class Meter(Metric, ABC):
    """A count of events and their rate per second; a ``Meter`` of Flink's, which takes the rate."""

    @abstractmethod
    def mark_event(self, value: int = 1) -> None:
        """Says that events have happened.

        Args:
            value: how many.
        """

    @abstractmethod
    def get_count(self) -> int:
        """How many events of this parallel instance there were since the job (re)started."""


class Distribution(Metric, ABC):
    """How many values there were, their sum, the smallest, the largest, and their mean.

    Flink has no metric of that kind: it becomes gauges. One, under the distribution's name, shows
    it as a text, ``DistributionResult{sum=6, count=3, min=1, max=3}``, as PyFlink's does. The
    others, with ``_count``, ``_sum``, ``_min``, ``_max`` and ``_mean`` after the name, are numbers.
    """

    @abstractmethod
    def update(self, value: float) -> None:
        """Adds a value.

        Args:
            value: an int or a float.
        """


class MetricGroup(ABC):
    """Where a function registers its metrics: those of its operator, or a group below.

    Metrics have their place in Flink's own: every reporter, the dashboard and the REST interface
    show them in the scope of the function's operator and subtask, followed by the groups and the
    name. The values arrive there about once a second, at each checkpoint, and in full when the
    function has ended.

    To ask for a metric of a name that the group has returns the same metric.
    """

    @abstractmethod
    def add_group(self, name: str, extra: str | None = None) -> MetricGroup:
        """A group in this one; the same for the same name.

        Args:
            name: its name.
            extra: makes two groups, of a key and in it of this value, and a user variable
                ``<name>`` with this value for reporters that know variables.

        Returns:
            The group; that of the value if there are two.

        Raises:
            TypeError: if a name is not a str.
            ValueError: if a name is empty.

        Example:
            >>> from pyflink.metrics.metricbase import GenericMetricGroup
            >>> group = GenericMetricGroup(None, None)  # reported nowhere
            >>> group.add_group("city", "Berlin") is group.add_group("city", "Berlin")
            True
        """

    @abstractmethod
    def counter(self, name: str) -> Counter:
        """A counter.

        Args:
            name: its name in the group.

        Raises:
            TypeError: if the name is not a str.
            ValueError: if it is empty, or the name of a metric of another kind.

        Example:
            >>> from pyflink.metrics.metricbase import GenericMetricGroup
            >>> counter = GenericMetricGroup(None, None).counter("seen")  # reported nowhere
            >>> counter.inc(3)
            >>> counter.dec()
            >>> counter.get_count()
            2
        """

    @abstractmethod
    def gauge(self, name: str, obj: Callable[[], Any]) -> None:
        """A value that is asked for.

        Args:
            name: its name in the group. A second one of the same name takes the first one's place.
            obj: returns the value: an int, float, bool or str, None for no value; anything else
                is shown as ``str()`` shows it. It is called about once a second and at each
                checkpoint, in the thread that runs the functions, between two records: so it needs
                no lock. If it raises, that is logged once as a warning, and
                the gauge keeps its last value.

        Raises:
            TypeError: if the name is not a str or the object is not callable.
            ValueError: if the name is empty, or that of a metric of another kind.
        """

    @abstractmethod
    def meter(self, name: str, time_span_in_seconds: int = 60) -> Meter:
        """A meter.

        Args:
            name: its name in the group.
            time_span_in_seconds: over how many seconds the rate is taken, at least 1; Flink makes
                it a multiple of 5.

        Raises:
            TypeError: if the name is not a str or the time span not an int.
            ValueError: if the name is empty or that of a metric of another kind, or the time span
                is below 1.
        """

    @abstractmethod
    def distribution(self, name: str) -> Distribution:
        """A distribution.

        Args:
            name: its name in the group.

        Raises:
            TypeError: if the name is not a str.
            ValueError: if it is empty, or the name of a metric of another kind.
        """
