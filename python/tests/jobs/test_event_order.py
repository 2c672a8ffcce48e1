# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What is no record keeps its place among the records, as in a Java operator."""

from __future__ import annotations

from pathlib import Path

import pytest

from pyflink._gateway import java_class
from pyflink.common import Types
from pyflink.datastream import (
    CoProcessFunction,
    DataStream,
    OutputTag,
    ProcessFunction,
    SourceFunction,
    StreamExecutionEnvironment,
)

EVENTS = 20_000
THIRD = OutputTag("third", Types.STRING())


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


def text_of(value: int, ctx: ProcessFunction.Context) -> str:
    return f"{value} after {ctx.timer_service().current_watermark()}"


class Split(ProcessFunction):
    """What SplitEvents does in Java."""

    def process_element(self, value, ctx):
        text = text_of(value, ctx)
        yield text if value % 3 else (THIRD, text)


class CoSplit(CoProcessFunction):
    """What CoSplitEvents does in Java."""

    def process_element1(self, value, ctx):
        text = text_of(value, ctx)
        yield text if value % 3 else (THIRD, text)

    def process_element2(self, value, ctx):
        text = text_of(-value, ctx)
        return [text if value % 3 else (THIRD, text)]


def main_output(stream: DataStream) -> DataStream:
    return stream


def third(stream: DataStream) -> DataStream:
    return stream.get_side_output(THIRD)


@pytest.mark.parametrize("output", [main_output, third])
def test_process_and_its_side_outputs(env, output) -> None:
    def in_java(source):
        split = java_class("io.flinker.testing.SplitEvents")()
        text = Types.STRING().get_java_type_info()
        return output(DataStream(source._j_data_stream.rebalance().process(split, text)))

    def in_python(source):
        return output(source.process(Split(), Types.STRING()))

    expected = events(env, in_java)
    assert len([event for event in expected if "after" in event]) > EVENTS / 5
    assert "WatermarkStatus(IDLE)" in expected
    assert expected[-1] == "end"
    assert events(env, in_python) == expected


@pytest.mark.parametrize("output", [main_output, third])
def test_two_inputs_and_their_side_outputs(env, output) -> None:
    def in_turns(source, factory):
        """One stream for both inputs, or there would be no order to compare."""
        both = java_class("io.flinker.testing.InTurns")(factory)
        moved = source._j_data_stream.rebalance()
        text = Types.STRING().get_java_type_info()
        return output(DataStream(moved.transform("both", text, both)))

    def in_java(source):
        return in_turns(source, java_class("io.flinker.testing.CoSplitEvents").factory())

    def in_python(source):
        elsewhere = StreamExecutionEnvironment.get_execution_environment()
        numbers = elsewhere.from_collection([1], Types.LONG())
        stream = numbers.connect(numbers).process(CoSplit(), Types.STRING())
        factory = stream._j_data_stream.getTransformation().getOperatorFactory()
        chain = factory.chain()
        # which side outputs are read is known in a graph only, and this is none
        tags = java_class("java.util.List").of(THIRD.get_java_output_tag())
        chain = java_class("io.flinker.operators.PythonChain")(
            chain.functions(),
            chain.inputTypes(),
            chain.outputType(),
            tags,
            None,
            False,
            False,
            False,
        )
        return in_turns(source, getattr(factory, "with")(chain))

    expected = events(env, in_java)
    assert len([event for event in expected if "after" in event]) > EVENTS / 5
    assert len([event for event in expected if event.startswith("-")]) > EVENTS / 20
    assert len({event.partition("after")[2] for event in expected}) > EVENTS / 100
    assert expected[-1] == "end"
    assert events(env, in_python) == expected
