# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Timers with a namespace; PyFlink 1.13 has them in ``pyflink.datastream.timerservice``."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Generic, TypeVar

K = TypeVar("K")
N = TypeVar("N")


class InternalTimer(ABC, Generic[K, N]):
    """A timer that was set for a key and a namespace, such as a window."""

    @abstractmethod
    def get_timestamp(self) -> int:
        """The time that it was set to, in milliseconds."""

    @abstractmethod
    def get_key(self) -> K:
        """The key."""

    @abstractmethod
    def get_namespace(self) -> N:
        """The namespace."""


class InternalTimerService(ABC, Generic[N]):
    """The time, and timers of the current key, each in a namespace.

    All times are milliseconds since 1970-01-01T00:00:00Z.
    """

    @abstractmethod
    def current_processing_time(self) -> int:
        """What the clock of the machine shows."""

    @abstractmethod
    def current_watermark(self) -> int:
        """The watermark; ``-2**63`` before the first one."""

    @abstractmethod
    def register_processing_time_timer(self, namespace: N, t: int) -> None:
        """Sets a timer that fires when the clock shows a time.

        Args:
            namespace: the namespace.
            t: the time.
        """

    @abstractmethod
    def register_event_time_timer(self, namespace: N, t: int) -> None:
        """Sets a timer that fires when the watermark passes a time.

        Args:
            namespace: the namespace.
            t: the time.
        """

    @abstractmethod
    def delete_processing_time_timer(self, namespace: N, t: int) -> None:
        """Takes a timer back that has not fired yet.

        Args:
            namespace: the namespace.
            t: the time that it was set to.
        """

    @abstractmethod
    def delete_event_time_timer(self, namespace: N, t: int) -> None:
        """Takes a timer back that has not fired yet.

        Args:
            namespace: the namespace.
            t: the time that it was set to.
        """
