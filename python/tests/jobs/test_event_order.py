# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What is no record keeps its place among the records, as in a Java operator."""

from __future__ import annotations

from pathlib import Path

import pytest

from pyflink._gateway import java_class
from pyflink.common import Types
from pyflink.datastream import DataStream, SourceFunction, StreamExecutionEnvironment

EVENTS = 20_000


@pytest.fixture
def env(single: StreamExecutionEnvironment, test_jar: Path) -> StreamExecutionEnvironment:
    single.add_jars(test_jar.as_uri())
    return single


def events(env: StreamExecutionEnvironment, change) -> list[str]:
    script = java_class("io.flinker.testing.EventScript")(EVENTS)
    source = env.add_source(SourceFunction(script), type_info=Types.LONG())
    log = java_class("io.flinker.testing.EventLog")()
    changed = change(source)._j_data_stream.transform(
        "log", Types.STRING().get_java_type_info(), log
    )
    return list(DataStream(changed).execute_and_collect())


@pytest.fixture
def java_events(env: StreamExecutionEnvironment) -> list[str]:
    found = events(env, lambda source: source.rebalance())
    assert sum("watermark" in event for event in found) > EVENTS / 40
    assert sum("@" in event for event in found) > EVENTS / 2
    assert "WatermarkStatus(IDLE)" in found
    assert found[-1] == "end"
    return found


def test_map_keeps_the_order_of_all_events(env, java_events) -> None:
    def change(source):
        return source.map(lambda i: i, Types.LONG())

    assert events(env, change) == java_events


def test_two_python_operators_in_one_task(env, java_events) -> None:
    def change(source):
        once = source.map(lambda i: i + 1, Types.LONG())
        return once.disable_chaining().map(lambda i: i - 1, Types.LONG())

    assert events(env, change) == java_events


def test_filter_and_flat_map_keep_timestamps_and_places(env, java_events) -> None:
    def change(source):
        even = source.filter(lambda i: i % 2 == 0)
        return even.flat_map(lambda i: [i] * (i % 3), Types.LONG())

    expected = []
    for event in java_events:
        value = event.partition("@")[0]
        if not value.isdigit():
            expected.append(event)
        elif int(value) % 2 == 0:
            expected += [event] * (int(value) % 3)
    assert events(env, change) == expected
