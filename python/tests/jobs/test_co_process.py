# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""ConnectedStreams.process."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pyflink.common import Configuration, Encoder, Row, Types, WatermarkStrategy
from pyflink.datastream import (
    CoProcessFunction,
    DataStream,
    OutputTag,
    StreamExecutionEnvironment,
)
from pyflink.datastream.connectors import FileSink, NumberSequenceSource

INT, LONG, TEXT = Types.INT(), Types.LONG(), Types.STRING()
FIRST = OutputTag("first", TEXT)
RECORDS = 200_000


class Tell(CoProcessFunction):
    def process_element1(self, value, ctx: CoProcessFunction.Context):
        yield FIRST, str(value)

    def process_element2(self, value, ctx: CoProcessFunction.Context):
        if value is not None:
            return [("second", value)]
        return None


class Fails(CoProcessFunction):
    """Fails at a record of either stream."""

    def process_element1(self, value, ctx):
        yield 1 // value

    def process_element2(self, value, ctx):
        raise LookupError(value)


def notes_of(error: BaseException) -> str:
    return "\n".join(getattr(error, "__notes__", [str(error.__cause__)]))


def test_process(single) -> None:
    numbers, rest = single.from_collection([1, 2], INT), single.from_collection([None, "b", {}])
    told = numbers.connect(rest).process(Tell())
    assert told.get_name() == "Co-Process"
    assert list(told.execute_and_collect()) == [("second", "b"), ("second", {})]
    assert list(told.get_side_output(FIRST).execute_and_collect()) == ["1", "2"]


def test_main_and_side_output_with_functions_around(single) -> None:
    numbers = single.from_collection([1, 2], INT).map(lambda i: 10 * i, INT)
    rest = single.from_collection(["a", "b"]).filter(lambda s: s > "a")
    told = numbers.connect(rest).process(Tell())
    both = told.map(lambda pair: pair[1]).union(told.get_side_output(FIRST).map(lambda s: s + "!"))
    assert sorted(both.execute_and_collect()) == ["10!", "20!", "b"]


def test_side_outputs_of_a_function_that_follows(single) -> None:
    numbers, rest = single.from_collection([1, 2], INT), single.from_collection(["a"])
    told = numbers.connect(rest).process(Tell())
    later = told.map(lambda pair: pair[1]).flat_map(lambda s: [(FIRST, s), s], TEXT)
    assert list(later.get_side_output(FIRST).execute_and_collect()) == ["a"]
    assert list(later.map(str.upper).execute_and_collect()) == ["A"]


def test_connected_twice(single) -> None:
    rows = Types.ROW_NAMED(["id", "name"], [INT, TEXT])
    numbers, named = single.from_collection([1], INT), single.from_collection([(2, "b")], rows)
    once = numbers.connect(named).process(Tell())
    again = once.connect(named).process(Tell())
    assert list(again.execute_and_collect()) == [("second", Row(id=2, name="b"))]
    assert list(again.get_side_output(FIRST).execute_and_collect()) == [
        str(("second", Row(id=2, name="b")))
    ]


def test_two_instances(single) -> None:
    single.set_parallelism(2)
    numbers = single.from_collection(range(1000), INT).rebalance()
    rest = single.from_collection(range(500)).rebalance()
    told = numbers.connect(rest).process(Tell())
    all_of_them = told.map(lambda pair: pair[1]).union(told.get_side_output(FIRST).map(int))
    assert Counter(all_of_them.execute_and_collect()) == Counter([*range(1000), *range(500)])


@pytest.mark.parametrize(
    ("first", "second", "kind", "record"),
    [([1, 0], [], ZeroDivisionError, "0"), ([], ["lost"], LookupError, "'lost'")],
)
def test_a_failure_names_the_operator_and_the_record(single, first, second, kind, record) -> None:
    numbers, words = single.from_collection(first, INT), single.from_collection(second, TEXT)
    stream = numbers.connect(words).process(Fails(), INT).name("both").map(lambda i: i)
    with pytest.raises(kind) as failure:
        list(stream.execute_and_collect())
    assert f"operator 'both', subtask 1 of 1, record: {record}" in notes_of(failure.value)


def test_a_result_of_another_type(single) -> None:
    numbers, words = single.from_collection([2], INT), single.from_collection(["a"], TEXT)
    stream = numbers.connect(words).process(Tell(), LONG).name("tell")
    with pytest.raises(
        TypeError, match=r"expected LONG.*, found tuple \('second', 'a'\)"
    ) as failure:
        list(stream.execute_and_collect())
    assert "operator 'tell', with its result" in notes_of(failure.value)


@pytest.mark.parametrize("function", [len, Tell, None])
def test_what_is_no_co_process_function_is_refused(single, function) -> None:
    numbers = single.from_collection([1], INT)
    with pytest.raises(TypeError, match=r"process\(\) of connected.* is a CoProcessFunction"):
        numbers.connect(numbers).process(function)


def numbers(env: StreamExecutionEnvironment, first: int, last: int) -> DataStream:
    source = NumberSequenceSource(first, last)
    return env.from_source(source, WatermarkStrategy.no_watermarks(), f"from {first}", LONG)


def test_every_result_is_written_exactly_once(tmp_path: Path) -> None:
    settings = Configuration()
    settings.set_string("restart-strategy.type", "fixed-delay")
    settings.set_string("restart-strategy.fixed-delay.attempts", "1")
    settings.set_string("restart-strategy.fixed-delay.delay", "1 ms")
    env = StreamExecutionEnvironment.get_execution_environment(settings)
    env.set_parallelism(2)
    env.enable_checkpointing(20)
    flag = tmp_path / "failed"

    class FailsOnce(CoProcessFunction):
        def process_element1(self, value, ctx):
            if value == RECORDS // 2 and not flag.exists():
                flag.touch()
                raise ValueError(f"on purpose, at {value}")
            yield str(value)

        def process_element2(self, value, ctx):
            yield FIRST, str(value)

    first, second = numbers(env, 1, RECORDS), numbers(env, RECORDS + 1, 2 * RECORDS)
    main = first.connect(second).process(FailsOnce(), TEXT)
    texts = main.map(lambda s: s, TEXT).union(main.get_side_output(FIRST))
    output = tmp_path / "output"
    encoder = Encoder.simple_string_encoder()
    texts.sink_to(FileSink.for_row_format(str(output), encoder).build())
    env.execute()
    assert flag.exists()
    found: Counter[str] = Counter()
    for part in output.rglob("part-*"):
        found.update(part.read_text().splitlines())
    assert len(found) == 2 * RECORDS
    assert set(found.values()) == {1}
