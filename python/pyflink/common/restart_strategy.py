# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What Flink does after a failure, as Flink 1 named it.

Flink 2 knows restart strategies as settings only (``restart-strategy.type`` ...). The classes here
stand for such settings, and the environment takes them as it did in Flink 1.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pyflink._deprecation import deprecated
from pyflink._gateway import java_class

__all__ = ["RestartStrategies", "RestartStrategyConfiguration"]

_TYPE = "restart-strategy.type"
_FIXED_DELAY = "fixed-delay"
_ATTEMPTS = "restart-strategy.fixed-delay.attempts"
_DELAY = "restart-strategy.fixed-delay.delay"
_FAILURE_RATE = "failure-rate"
_MAX_FAILURES = "restart-strategy.failure-rate.max-failures-per-interval"
_INTERVAL = "restart-strategy.failure-rate.failure-rate-interval"
_RATE_DELAY = "restart-strategy.failure-rate.delay"
_NONE = ("none", "off", "disable")

_MILLISECOND = timedelta(milliseconds=1)
_SUCCESSOR = f"the setting '{_TYPE}' in the Configuration of the environment"


class RestartStrategyConfiguration(ABC):
    """What Flink does after a failure; made by :class:`RestartStrategies`.

    Args:
        j_restart_strategy_configuration: always None: Flink 2 has no Java object for it.

    Raises:
        TypeError: if it is not None.
    """

    def __init__(self, j_restart_strategy_configuration: Any = None) -> None:
        if j_restart_strategy_configuration is not None:
            raise TypeError(
                "Flink 2 has no Java objects for restart strategies. Make one with "
                "RestartStrategies, for example RestartStrategies.fixed_delay_restart(3, 1000)."
            )

    def get_description(self) -> str:
        """What the strategy does, in words."""
        return self._describe()

    @abstractmethod
    def _describe(self) -> str: ...

    @abstractmethod
    def _to_configuration(self) -> dict[str, str]:
        """The settings of Flink 2 that mean the same."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        return f"<{self.get_description()}>"


class RestartStrategies:
    """Makes the descriptions of what Flink does after a failure.

    Deprecated: in Flink 2 these are settings.

    Example:
        >>> from pyflink.common import Configuration
        >>> from pyflink.datastream import StreamExecutionEnvironment
        >>> config = Configuration.from_dict(
        ...     {
        ...         "restart-strategy.type": "fixed-delay",
        ...         "restart-strategy.fixed-delay.attempts": "3",
        ...         "restart-strategy.fixed-delay.delay": "1 s",
        ...     }
        ... )
        >>> env = StreamExecutionEnvironment.get_execution_environment(config)
    """

    class NoRestartStrategyConfiguration(RestartStrategyConfiguration):
        """The job fails at the first failure."""

        def __init__(self, j_restart_strategy: Any = None) -> None:
            super().__init__(j_restart_strategy)

        def _describe(self) -> str:
            return "Restart deactivated."

        def _to_configuration(self) -> dict[str, str]:
            return {_TYPE: "none"}

    class FallbackRestartStrategyConfiguration(RestartStrategyConfiguration):
        """What the cluster is configured to do."""

        def __init__(self, j_restart_strategy: Any = None) -> None:
            super().__init__(j_restart_strategy)

        def _describe(self) -> str:
            return "Cluster level default restart strategy"

        def _to_configuration(self) -> dict[str, str]:
            return {}

    class FixedDelayRestartStrategyConfiguration(RestartStrategyConfiguration):
        """The job restarts a number of times, after a pause each time.

        Args:
            restart_attempts: how often it may restart.
            delay_between_attempts_interval: the pause, a timedelta or milliseconds.
            j_restart_strategy: always None.

        Raises:
            ValueError: if a number is negative.
        """

        def __init__(
            self,
            restart_attempts: int | None = None,
            delay_between_attempts_interval: timedelta | int | None = None,
            j_restart_strategy: Any = None,
        ) -> None:
            super().__init__(j_restart_strategy)
            self._restart_attempts = _count(restart_attempts, "restart_attempts", least=0)
            self._delay = _span(delay_between_attempts_interval, "delay_between_attempts_interval")

        def get_restart_attempts(self) -> int:
            """How often the job may restart."""
            return self._restart_attempts

        def get_delay_between_attempts_interval(self) -> timedelta:
            """The pause before a restart."""
            return self._delay

        def _describe(self) -> str:
            return (
                f"Restart with fixed delay ({_millis(self._delay)} ms). "
                f"#{self._restart_attempts} restart attempts."
            )

        def _to_configuration(self) -> dict[str, str]:
            return {
                _TYPE: _FIXED_DELAY,
                _ATTEMPTS: str(self._restart_attempts),
                _DELAY: f"{_millis(self._delay)} ms",
            }

    class FailureRateRestartStrategyConfiguration(RestartStrategyConfiguration):
        """The job restarts as long as it does not fail too often.

        Args:
            max_failure_rate: how many failures within the interval are too many.
            failure_interval: the interval, a timedelta or milliseconds.
            delay_between_attempts_interval: the pause before a restart, likewise.
            j_restart_strategy: always None.

        Raises:
            ValueError: if the rate or the interval is not positive, or the pause is negative.
        """

        def __init__(
            self,
            max_failure_rate: int | None = None,
            failure_interval: timedelta | int | None = None,
            delay_between_attempts_interval: timedelta | int | None = None,
            j_restart_strategy: Any = None,
        ) -> None:
            super().__init__(j_restart_strategy)
            self._max_failure_rate = _count(max_failure_rate, "max_failure_rate", least=1)
            self._failure_interval = _span(failure_interval, "failure_interval")
            if not self._failure_interval:
                raise ValueError("failure_interval must be longer than 0")
            self._delay = _span(delay_between_attempts_interval, "delay_between_attempts_interval")

        def get_max_failure_rate(self) -> int:
            """How many failures within the interval are too many."""
            return self._max_failure_rate

        def get_failure_interval(self) -> timedelta:
            """The interval in which failures are counted."""
            return self._failure_interval

        def get_delay_between_attempts_interval(self) -> timedelta:
            """The pause before a restart."""
            return self._delay

        def _describe(self) -> str:
            return (
                f"Failure rate restart with maximum of {self._max_failure_rate} failures within "
                f"interval {_millis(self._failure_interval)} ms "
                f"and fixed delay {_millis(self._delay)} ms."
            )

        def _to_configuration(self) -> dict[str, str]:
            return {
                _TYPE: _FAILURE_RATE,
                _MAX_FAILURES: str(self._max_failure_rate),
                _INTERVAL: f"{_millis(self._failure_interval)} ms",
                _RATE_DELAY: f"{_millis(self._delay)} ms",
            }

    @staticmethod
    def no_restart() -> RestartStrategyConfiguration:
        """The job fails at the first failure."""
        deprecated("RestartStrategies.no_restart", _SUCCESSOR)
        return RestartStrategies.NoRestartStrategyConfiguration()

    @staticmethod
    def fall_back_restart() -> RestartStrategyConfiguration:
        """The cluster's configuration decides."""
        deprecated("RestartStrategies.fall_back_restart", _SUCCESSOR)
        return RestartStrategies.FallbackRestartStrategyConfiguration()

    @staticmethod
    def fixed_delay_restart(
        restart_attempts: int, delay_between_attempts: timedelta | int
    ) -> RestartStrategyConfiguration:
        """The job restarts a number of times, after a pause each time.

        Args:
            restart_attempts: how often it may restart.
            delay_between_attempts: the pause, a timedelta or milliseconds.

        Raises:
            ValueError: if a number is negative.
        """
        deprecated("RestartStrategies.fixed_delay_restart", _SUCCESSOR)
        return RestartStrategies.FixedDelayRestartStrategyConfiguration(
            restart_attempts, delay_between_attempts
        )

    @staticmethod
    def failure_rate_restart(
        failure_rate: int, failure_interval: timedelta | int, delay_interval: timedelta | int
    ) -> RestartStrategyConfiguration:
        """The job restarts as long as it does not fail too often.

        Args:
            failure_rate: how many failures within the interval are too many.
            failure_interval: the interval, a timedelta or milliseconds.
            delay_interval: the pause before a restart, likewise.

        Raises:
            ValueError: if the rate or the interval is not positive, or the pause is negative.
        """
        deprecated("RestartStrategies.failure_rate_restart", _SUCCESSOR)
        return RestartStrategies.FailureRateRestartStrategyConfiguration(
            failure_rate, failure_interval, delay_interval
        )


def _from_configuration(settings: Mapping[str, str]) -> RestartStrategyConfiguration | None:
    """The strategy that settings mean; None if Flink 1 had no name for it."""
    kind = settings.get(_TYPE, settings.get("restart-strategy"))
    if kind is None:
        return RestartStrategies.FallbackRestartStrategyConfiguration()
    kind = kind.lower().replace("fixeddelay", _FIXED_DELAY).replace("failurerate", _FAILURE_RATE)
    if kind in _NONE:
        return RestartStrategies.NoRestartStrategyConfiguration()
    if kind == _FIXED_DELAY:
        return RestartStrategies.FixedDelayRestartStrategyConfiguration(
            int(settings.get(_ATTEMPTS, 1)), _parse(settings.get(_DELAY, "1 s"))
        )
    if kind == _FAILURE_RATE:
        return RestartStrategies.FailureRateRestartStrategyConfiguration(
            int(settings.get(_MAX_FAILURES, 1)),
            _parse(settings.get(_INTERVAL, "1 min")),
            _parse(settings.get(_RATE_DELAY, "1 s")),
        )
    return None


def _replacement(
    strategy: RestartStrategyConfiguration, present: Mapping[str, str]
) -> dict[str, str | None]:
    """What to set, and with None what to remove, so that only this strategy is left."""
    settings: dict[str, str | None] = {
        key: None for key in present if key.startswith("restart-strategy")
    }
    settings.update(strategy._to_configuration())
    return settings


def _parse(text: str) -> timedelta:
    return timedelta(
        milliseconds=java_class("org.apache.flink.util.TimeUtils").parseDuration(text).toMillis()
    )


def _millis(span: timedelta) -> int:
    return span // _MILLISECOND


def _count(value: int | None, name: str, *, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} is an int, not {value!r}")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, not {value}")
    return value


def _span(value: timedelta | int | None, name: str) -> timedelta:
    if isinstance(value, int) and not isinstance(value, bool):
        value = timedelta(milliseconds=value)
    if not isinstance(value, timedelta):
        raise TypeError(f"{name} is a timedelta or milliseconds, not {value!r}")
    if value < timedelta(0):
        raise ValueError(f"{name} must not be negative, but is {value}")
    return value
