# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Timestamps from Python and Java's watermarks after them: all as with a Java assigner."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest

from pyflink._gateway import java_class
from pyflink.common import Duration, Types, WatermarkStrategy
from pyflink.common.watermark_strategy import TimestampAssigner
from pyflink.datastream import DataStream, SourceFunction, StreamExecutionEnvironment
from pyflink.datastream.connectors.number_seq import NumberSequenceSource

EVENTS = 20_000
NO_TIMESTAMP = -(2**63)


class LikeJava(TimestampAssigner):
    """What io.flinker.testing.EveryEvent says."""

    def extract_timestamp(self, value, record_timestamp):
        return 3 * value + (1 if record_timestamp == NO_TIMESTAMP else record_timestamp % 10)


@pytest.fixture
def env(single: StreamExecutionEnvironment, test_jar: Path) -> StreamExecutionEnvironment:
    single.add_jars(test_jar.as_uri())
    return single


def log(stream: DataStream) -> list[str]:
    j_log = java_class("io.flinker.testing.EventLog")()
    j_stream = stream._j_data_stream.transform("log", Types.STRING().get_java_type_info(), j_log)
    return list(DataStream(j_stream).execute_and_collect())


def script(env: StreamExecutionEnvironment) -> DataStream:
    j_script = java_class("io.flinker.testing.EventScript")(EVENTS)
    return env.add_source(SourceFunction(j_script), type_info=Types.LONG())


def pause_at_two(value: int) -> int:
    if value == 2:
        time.sleep(1)
    return value


def every_event() -> WatermarkStrategy:
    return WatermarkStrategy(java_class("io.flinker.testing.EveryEvent")())


def test_all_events_are_as_with_a_java_assigner(env) -> None:
    expected = log(script(env).assign_timestamps_and_watermarks(every_event()))
    assert "WatermarkStatus(IDLE)" in expected
    assert sum("watermark" in event for event in expected) > EVENTS / 10
    assert sum("@" in event for event in expected) > EVENTS / 2
    strategy = every_event().with_timestamp_assigner(LikeJava())
    assert log(script(env).assign_timestamps_and_watermarks(strategy)) == expected
    chained = script(env).map(lambda i: i, Types.LONG())
    assert log(chained.assign_timestamps_and_watermarks(strategy)) == expected


@pytest.mark.parametrize(
    ("strategy", "last"),
    [
        (WatermarkStrategy.for_monotonous_timestamps, "watermark 2999"),
        (
            lambda: WatermarkStrategy.for_bounded_out_of_orderness(Duration.of_millis(5)),
            "watermark 2994",
        ),
        (WatermarkStrategy.no_watermarks, None),
        (
            lambda: WatermarkStrategy.for_monotonous_timestamps().with_idleness(timedelta(days=1)),
            "watermark 2999",
        ),
        (
            lambda: WatermarkStrategy.for_monotonous_timestamps().with_watermark_alignment(
                "group", Duration.of_seconds(1)
            ),
            "watermark 2999",
        ),
    ],
)
def test_every_generator(env, strategy, last) -> None:
    assigned = strategy().with_timestamp_assigner(lambda value, time: 1000 * value)
    # the pause lets the generators speak, which do so now and then
    numbers = env.from_collection([3, 2], Types.LONG()).map(pause_at_two, Types.LONG())
    found = log(numbers.assign_timestamps_and_watermarks(assigned))
    expected = ["3@3000", "2@2000", "end"]
    assert [event for event in found if "watermark" not in event] == expected
    own = [event for event in found if "watermark" in event and str(2**63 - 1) not in event]
    assert own[-1:] == ([last] if last else [])


def test_a_quiet_stream_becomes_idle(env) -> None:
    strategy = WatermarkStrategy.for_monotonous_timestamps().with_idleness(
        timedelta(milliseconds=50)
    )
    assigned = strategy.with_timestamp_assigner(lambda value, time: value)
    stream = env.from_collection([1, 2], Types.LONG()).map(pause_at_two, Types.LONG())
    found = log(stream.assign_timestamps_and_watermarks(assigned))
    assert "WatermarkStatus(IDLE)" in found
    assert found.index("1@1") < found.index("WatermarkStatus(IDLE)") < found.index("2@2")


def test_each_value_of_a_record_has_its_own_time(env) -> None:
    many = env.from_collection([0], Types.LONG()).flat_map(lambda _: [1, 2, 3], Types.LONG())
    # the second one is not told what the first one got
    strategy = WatermarkStrategy.no_watermarks().with_timestamp_assigner(
        lambda value, time: value if time == NO_TIMESTAMP else -1
    )
    found = log(many.assign_timestamps_and_watermarks(strategy))
    assert found[:3] == ["1@1", "2@2", "3@3"]


def test_the_source_s_time_is_what_an_assigner_is_told(env) -> None:
    first = WatermarkStrategy.no_watermarks().with_timestamp_assigner(lambda value, _: 100 * value)
    second = WatermarkStrategy.no_watermarks().with_timestamp_assigner(lambda _, time: time + 1)
    once = env.from_collection([1, 2], Types.LONG()).assign_timestamps_and_watermarks(first)
    assert log(once.assign_timestamps_and_watermarks(second))[:2] == ["1@101", "2@201"]


def test_from_source(env) -> None:
    strategy = every_event().with_timestamp_assigner(lambda value, _: 7 * value)
    stream = env.from_source(NumberSequenceSource(1, 3), strategy, "numbers", Types.LONG())
    assert stream.get_name() == "numbers"
    # settings are those of the source
    stream.name("counted").uid("numbers").set_parallelism(1)
    found = log(stream)
    assert found[:6] == ["1@7", "watermark 2", "2@14", "watermark 9", "3@21", "watermark 16"]


def test_an_aligned_source(env) -> None:
    strategy = WatermarkStrategy.for_monotonous_timestamps().with_watermark_alignment(
        "group", Duration.of_seconds(1)
    )
    strategy = strategy.with_timestamp_assigner(lambda value, _: 7 * value)
    stream = env.from_source(NumberSequenceSource(1, 3), strategy, "numbers", Types.LONG())
    assert [event for event in log(stream) if "@" in event] == ["1@7", "2@14", "3@21"]


def test_a_keyed_stream(env) -> None:
    strategy = WatermarkStrategy.no_watermarks().with_timestamp_assigner(lambda value, _: value)
    keyed = env.from_collection([1, 2], Types.LONG()).key_by(lambda i: 0)
    assert log(keyed.assign_timestamps_and_watermarks(strategy))[:2] == ["1@1", "2@2"]


@pytest.mark.parametrize("found", [None, 1.5, "1", 2**63])
def test_what_is_no_timestamp(env, found) -> None:
    strategy = WatermarkStrategy.no_watermarks().with_timestamp_assigner(
        lambda value, _: found if value == 2 else value
    )
    stream = env.from_collection([1, 2], Types.LONG()).map(lambda i: i, Types.LONG())
    with pytest.raises(TypeError, match=f"this one returns {found!r}, of type") as failure:
        log(stream.assign_timestamps_and_watermarks(strategy))
    notes = str(getattr(failure.value, "__notes__", failure.value.__cause__))
    assert "operator 'Extract-Timestamp', subtask 1 of 1, record: 2" in notes


def test_an_assigner_that_raises(env) -> None:
    strategy = WatermarkStrategy.no_watermarks().with_timestamp_assigner(
        lambda value, _: 1 // value
    )
    with pytest.raises(ZeroDivisionError) as failure:
        log(env.from_collection([0]).assign_timestamps_and_watermarks(strategy))
    notes = str(getattr(failure.value, "__notes__", failure.value.__cause__))
    assert "operator 'Extract-Timestamp', subtask 1 of 1, record: 0" in notes


def test_bad_arguments(env) -> None:
    with pytest.raises(TypeError, match="the watermark_strategy is a WatermarkStrategy, for exam"):
        env.from_collection([0]).assign_timestamps_and_watermarks(LikeJava())
    for assigner in (None, 3, LikeJava):
        with pytest.raises(TypeError, match="takes an object of a TimestampAssigner class or a"):
            WatermarkStrategy.no_watermarks().with_timestamp_assigner(assigner)
