# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The metrics of a worker's functions on their way to the engine.

A function changes a number and no more. About once a second the engine asks, and at the end of a
bundle nobody has to: then what has changed since the last time is collected. Gauges are the user's
code and are asked in the thread of the functions only, between two records; what they said then
goes with the others.
"""

from __future__ import annotations

import logging
import numbers
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from pyflink.metrics._group import GenericMetricGroup
from pyflink.metrics._values import Kept, KeptCounter, KeptGauge, KeptMeter

_LOG = logging.getLogger("pyflink.metrics")
_LEAST, _MOST = -(1 << 63), (1 << 63) - 1
_LONGEST_TEXT = 1000


class _Entry:
    """A metric that the engine knows or is about to know."""

    def __init__(
        self, function: int, groups: list[tuple[str, str | None]], name: str, metric: Kept
    ) -> None:
        self.function = function
        self.groups = groups
        self.name = name
        self.metric = metric
        self.sent: Any = None
        self.refused = False


class WorkerMetrics:
    """All metrics of a worker.

    Args:
        protocol: the messages.
        registered: called when a metric has been registered in the midst of records.
    """

    def __init__(self, protocol: Any, registered: Callable[[], None]) -> None:
        self._protocol = protocol
        self._registered = registered
        self._lock = threading.Lock()
        self._entries: list[_Entry] = []
        self._gauges: list[tuple[str, KeptGauge]] = []
        self._told = 0
        self._opening = True
        self._due = False

    def group(self, function: int) -> GenericMetricGroup:
        """The outermost group of a function of the chain."""
        return GenericMetricGroup._reported(partial(self._register, function))

    def opened(self) -> None:
        """Says that the functions are open: from now on the engine hears of new ones at once."""
        self._opening = False

    def _register(
        self, function: int, groups: list[tuple[str, str | None]], name: str, metric: Kept
    ) -> None:
        with self._lock:
            self._entries.append(_Entry(function, groups, name, metric))
            if isinstance(metric, KeptGauge):
                self._gauges.append((name, metric))
        if not self._opening:
            self._registered()

    @property
    def has_gauges(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self._gauges)

    def asked(self) -> None:
        """Says that the engine wants to know; from any thread."""
        self._due = True

    def ask_gauges_if_due(self) -> bool:
        """Asks the gauges if the engine wants to know; in the thread of the functions only."""
        due, self._due = self._due, False
        if due:
            self.ask_gauges()
        return due

    def ask_gauges(self) -> None:
        """Calls the gauges' functions; in the thread of the functions only."""
        for name, gauge in self._gauges:
            try:
                gauge.value = _plain(gauge.ask())
            except Exception:  # whatever the user's function does
                if not gauge.failed:
                    gauge.failed = True
                    _LOG.warning(
                        "The gauge '%s' has failed and keeps its last value. It will be asked "
                        "again, but no more failures of it will be logged.",
                        name,
                        exc_info=True,
                    )

    def take(self) -> bytes:
        """What is new since the last time, as the protocol's ``Metrics``; empty if nothing is."""
        if not self._entries:
            return b""
        refused: list[tuple[_Entry, Exception]] = []
        with self._lock:
            message = self._protocol.Metrics()
            for number in range(self._told, len(self._entries)):
                _describe(message.registered.add(id=number), self._entries[number])
            self._told = len(self._entries)
            for number, entry in enumerate(self._entries):
                value = entry.metric.value
                if value is None or (value == entry.sent and type(value) is type(entry.sent)):
                    continue
                entry.sent = value
                try:
                    _fill(message.changed.add(id=number), entry.metric, value)
                except (TypeError, ValueError, OverflowError) as e:
                    del message.changed[-1]
                    refused.append((entry, e))
            data = message.SerializeToString()
        for entry, error in refused:
            if not entry.refused:
                entry.refused = True
                kind = entry.metric.kind.lower()
                _LOG.warning("The %s '%s' cannot be %r: %s", kind, entry.name, entry.sent, error)
        assert isinstance(data, bytes)
        return data


def _describe(message: Any, entry: _Entry) -> None:
    message.function = entry.function
    message.name = entry.name
    for name, value in entry.groups:
        message.groups.add(name=name, value=value)
    message.kind = (
        message.DESCRIPTOR.fields_by_name["kind"]
        .enum_type.values_by_name[f"METRIC_KIND_{entry.metric.kind}"]
        .number
    )
    if isinstance(entry.metric, KeptMeter):
        message.seconds = entry.metric.seconds


def _fill(message: Any, metric: Kept, value: Any) -> None:
    if isinstance(metric, (KeptCounter, KeptMeter)):
        # Flink's count whole numbers
        _fill_number(message, int(value))
    elif isinstance(value, tuple):
        parts = message.distribution
        parts.count = value[0]
        for part, number in zip((parts.sum, parts.min, parts.max), value[1:], strict=True):
            _fill_number(part, number)
    elif isinstance(value, bool):
        message.flag = value
    elif isinstance(value, str):
        message.text = value
    else:
        _fill_number(message, value)


def _fill_number(message: Any, value: Any) -> None:
    """Sets ``whole`` or ``real``."""
    if isinstance(value, numbers.Integral):
        message.whole = max(_LEAST, min(_MOST, int(value)))
    else:
        message.real = float(value)


def _plain(value: Any) -> Any:
    """What a gauge has returned, as it travels."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        return float(value)
    return str(value)[:_LONGEST_TEXT]
