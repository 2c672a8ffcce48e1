# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Restart strategies of Flink 1 and the settings of Flink 2 that they stand for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pyflink.common import RestartStrategies, restart_strategy
from pyflink.common.execution_config import ExecutionConfig
from pyflink.java_gateway import get_gateway

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

STRATEGIES = [
    (
        lambda: RestartStrategies.no_restart(),
        "Restart deactivated.",
        {"restart-strategy.type": "none"},
    ),
    (
        lambda: RestartStrategies.fall_back_restart(),
        "Cluster level default restart strategy",
        {},
    ),
    (
        lambda: RestartStrategies.fixed_delay_restart(3, 1000),
        "Restart with fixed delay (1000 ms). #3 restart attempts.",
        {
            "restart-strategy.type": "fixed-delay",
            "restart-strategy.fixed-delay.attempts": "3",
            "restart-strategy.fixed-delay.delay": "1000 ms",
        },
    ),
    (
        lambda: RestartStrategies.failure_rate_restart(3, timedelta(minutes=6), 10_000),
        (
            "Failure rate restart with maximum of 3 failures within interval 360000 ms "
            "and fixed delay 10000 ms."
        ),
        {
            "restart-strategy.type": "failure-rate",
            "restart-strategy.failure-rate.max-failures-per-interval": "3",
            "restart-strategy.failure-rate.failure-rate-interval": "360000 ms",
            "restart-strategy.failure-rate.delay": "10000 ms",
        },
    ),
]


@pytest.fixture
def config() -> ExecutionConfig:
    return ExecutionConfig(get_gateway().jvm.org.apache.flink.api.common.ExecutionConfig())


@pytest.mark.parametrize(("make", "description", "settings"), STRATEGIES)
def test_words_and_settings(make, description: str, settings: dict[str, str]) -> None:
    strategy = make()
    assert strategy.get_description() == description
    assert strategy._to_configuration() == settings
    assert strategy == make()
    assert hash(strategy) == hash(make())
    assert [other() == strategy for other, _, _ in STRATEGIES].count(True) == 1


@pytest.mark.parametrize(("make", "description", "settings"), STRATEGIES)
def test_what_is_set_is_got(config, make, description: str, settings: dict[str, str]) -> None:
    assert config.set_restart_strategy(make()) is config
    assert config.get_restart_strategy() == make()


def test_one_replaces_the_other(config) -> None:
    for make, _, settings in STRATEGIES:
        config.set_restart_strategy(make())
        j_settings = config._j_execution_config.toConfiguration().toMap()
        left = {key: j_settings[key] for key in j_settings if key.startswith("restart-strategy")}
        assert left == settings


def test_numbers_are_kept() -> None:
    fixed = RestartStrategies.fixed_delay_restart(3, timedelta(seconds=1, milliseconds=500))
    assert fixed.get_restart_attempts() == 3
    assert fixed.get_delay_between_attempts_interval() == timedelta(milliseconds=1500)
    rate = RestartStrategies.failure_rate_restart(5, 60_000, 1)
    assert rate.get_max_failure_rate() == 5
    assert rate.get_failure_interval() == timedelta(minutes=1)
    assert rate.get_delay_between_attempts_interval() == timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("settings", "strategy"),
    [
        ({}, RestartStrategies.FallbackRestartStrategyConfiguration()),
        (
            {"restart-strategy.type": "off"},
            RestartStrategies.NoRestartStrategyConfiguration(),
        ),
        (
            {"restart-strategy": "fixeddelay", "restart-strategy.fixed-delay.delay": "2 min"},
            RestartStrategies.FixedDelayRestartStrategyConfiguration(1, 120_000),
        ),
        (
            {"restart-strategy.type": "failure-rate"},
            RestartStrategies.FailureRateRestartStrategyConfiguration(1, 60_000, 1000),
        ),
        ({"restart-strategy.type": "exponential-delay"}, None),
    ],
)
def test_settings_of_flink_2_are_understood(settings, strategy) -> None:
    assert restart_strategy._from_configuration(settings) == strategy


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: RestartStrategies.fixed_delay_restart(-1, 0), "restart_attempts must be at least"),
        (lambda: RestartStrategies.fixed_delay_restart(1, -1), "must not be negative"),
        (lambda: RestartStrategies.failure_rate_restart(0, 1, 1), "max_failure_rate must be"),
        (lambda: RestartStrategies.failure_rate_restart(1, 0, 1), "failure_interval must be"),
    ],
)
def test_numbers_out_of_range(make, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: RestartStrategies.fixed_delay_restart("3", 0), "restart_attempts is an int"),
        (lambda: RestartStrategies.fixed_delay_restart(3, "1 s"), "a timedelta or milliseconds"),
        (
            lambda: RestartStrategies.NoRestartStrategyConfiguration(object()),
            "Flink 2 has no Java objects for restart strategies",
        ),
    ],
)
def test_values_of_other_types(make, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        make()
