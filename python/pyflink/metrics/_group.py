# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The groups that functions get."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar, cast

from pyflink.metrics._base import Counter, Distribution, Meter, MetricGroup
from pyflink.metrics._values import Kept, KeptCounter, KeptDistribution, KeptGauge, KeptMeter

K = TypeVar("K", bound=Kept)

#: Hears of a new metric: the groups it is in, from the outermost on, each with its value if it is
#: a pair; its name; the metric.
Register = Callable[[list[tuple[str, str | None]], str, Kept], None]


class MetricGroupType(Enum):
    """What a group is: a plain one, or the key or the value of a pair."""

    generic = 0
    key = 1
    value = 2


class GenericMetricGroup(MetricGroup):
    """A group of metrics; functions get theirs from ``RuntimeContext.get_metrics_group()``.

    One that is made otherwise is reported nowhere, which is what a test of a function needs.

    Args:
        parent: the group it is in, or None.
        name: its name; None for the outermost.
        metric_group_type: what it is.

    Example:
        >>> group = GenericMetricGroup(None, None)
        >>> sizes = group.add_group("files").meter("bytes")
        >>> sizes.mark_event(20)
        >>> sizes.get_count()
        20
    """

    def __init__(
        self,
        parent: GenericMetricGroup | None,
        name: str | None,
        metric_group_type: MetricGroupType = MetricGroupType.generic,
    ) -> None:
        self._parent = parent
        self._name = name
        self._type = metric_group_type
        self._groups: dict[tuple[str, MetricGroupType], GenericMetricGroup] = {}
        self._metrics: dict[str, Kept] = {}
        self._register: Register | None = parent._register if parent is not None else None

    @classmethod
    def _reported(cls, register: Register) -> GenericMetricGroup:
        """An outermost group whose metrics somebody hears of."""
        group = cls(None, None)
        group._register = register
        return group

    def add_group(self, name: str, extra: str | None = None) -> MetricGroup:
        """A group in this one; see :meth:`MetricGroup.add_group`."""
        if extra is None:
            return self._group(name, MetricGroupType.generic)
        return self._group(name, MetricGroupType.key)._group(extra, MetricGroupType.value)

    def counter(self, name: str) -> Counter:
        """A counter; see :meth:`MetricGroup.counter`."""
        return self._metric(name, KeptCounter, KeptCounter)

    def gauge(self, name: str, obj: Callable[[], Any]) -> None:
        """A value that is asked for; see :meth:`MetricGroup.gauge`."""
        if not callable(obj):
            raise TypeError(
                f"The gauge {name!r} needs a function that returns its value, not "
                f"{type(obj).__qualname__}: {obj!r}. Write 'lambda: value' instead of a value."
            )
        gauge = self._metric(name, KeptGauge, lambda: KeptGauge(obj))
        gauge.ask = obj

    def meter(self, name: str, time_span_in_seconds: int = 60) -> Meter:
        """A meter; see :meth:`MetricGroup.meter`."""
        if isinstance(time_span_in_seconds, bool) or not isinstance(time_span_in_seconds, int):
            raise TypeError(
                f"The time span of the meter {name!r} is a number of seconds, an int, not "
                f"{type(time_span_in_seconds).__qualname__}: {time_span_in_seconds!r}."
            )
        if not 1 <= time_span_in_seconds < 1 << 31:
            raise ValueError(
                f"The time span of the meter {name!r} is at least 1 second, not "
                f"{time_span_in_seconds}."
            )
        return self._metric(name, KeptMeter, lambda: KeptMeter(time_span_in_seconds))

    def distribution(self, name: str) -> Distribution:
        """A distribution; see :meth:`MetricGroup.distribution`."""
        return self._metric(name, KeptDistribution, KeptDistribution)

    def _group(self, name: str, kind: MetricGroupType) -> GenericMetricGroup:
        _check(name, "metric group")
        group = self._groups.get((name, kind))
        if group is None:
            group = self._groups[name, kind] = GenericMetricGroup(self, name, kind)
        return group

    def _metric(self, name: str, kind: type[K], make: Callable[[], K]) -> K:
        _check(name, "metric")
        metric = self._metrics.get(name)
        if metric is None:
            metric = make()
            if self._register is not None:
                self._register(self._path(), name, metric)
            self._metrics[name] = metric
        if not isinstance(metric, kind):
            raise ValueError(
                f"The metric {name!r} is a {metric.kind.lower()} already. Give the "
                f"{kind.kind.lower()} another name, or put it into a group of its own with "
                "add_group()."
            )
        return cast("K", metric)

    def _path(self) -> list[tuple[str, str | None]]:
        if self._parent is None or self._name is None:
            return []
        path = self._parent._path()
        if self._type is MetricGroupType.value and path:
            key, _ = path.pop()
            return [*path, (key, self._name)]
        return [*path, (self._name, None)]


def _check(name: Any, what: str) -> None:
    if not isinstance(name, str):
        raise TypeError(f"The name of a {what} is a str, not {type(name).__qualname__}: {name!r}.")
    if not name:
        raise ValueError(f"The name of a {what} cannot be empty.")
