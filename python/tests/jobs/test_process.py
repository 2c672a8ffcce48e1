# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""DataStream.process."""

from __future__ import annotations

import time

import pytest

from pyflink.common import Types
from pyflink.datastream import OutputTag, ProcessFunction, SourceFunction

TEXT = Types.STRING()


class Returns(ProcessFunction):
    """Returns what a function makes of the record and the context."""

    def __init__(self, function) -> None:
        self.function = function

    def process_element(self, value, ctx):
        return self.function(value, ctx)


class Words(ProcessFunction):
    def open(self, runtime_context) -> None:
        self.subtask = runtime_context.get_index_of_this_subtask()

    def process_element(self, value, ctx: ProcessFunction.Context):
        for word in value.split():
            yield word, self.subtask

    def close(self) -> None:
        print("closed", self.subtask)


def notes_of(error: BaseException) -> str:
    return "\n".join(getattr(error, "__notes__", [str(error.__cause__)]))


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (lambda line, ctx: [line, line], ["to be", "to be", "or not", "or not"]),
        (lambda line, ctx: None, []),
        (lambda line, ctx: (), []),
        (lambda line, ctx: [("a", 1), (), []], [("a", 1), (), []] * 2),
    ],
    ids=["list", "None", "empty", "tuples without a tag"],
)
def test_process(single, function, expected) -> None:
    stream = single.from_collection(["to be", "or not"], TEXT).process(Returns(function))
    assert stream.get_name() == "PROCESS"
    assert list(stream.execute_and_collect()) == expected


def test_a_generator_with_open_and_close(single, capsys) -> None:
    stream = single.from_collection(["to be", "or not"], TEXT)
    words = stream.process(Words(), Types.TUPLE([TEXT, Types.INT()]))
    assert list(words.execute_and_collect()) == [("to", 0), ("be", 0), ("or", 0), ("not", 0)]
    assert capsys.readouterr().out == "closed 0\n"


def test_every_instance_has_its_own_function(single) -> None:
    single.set_parallelism(2)
    stream = single.from_collection(["a", "b", "c", "d"], TEXT).rebalance()
    words = list(stream.process(Words()).execute_and_collect())
    assert sorted(word for word, _ in words) == ["a", "b", "c", "d"]
    assert {subtask for _, subtask in words} == {0, 1}


def test_a_chain_with_functions_before_and_after(single) -> None:
    lines = single.from_collection(["to", "or"], TEXT).map(lambda line: line + " be", TEXT)
    words = lines.process(Words()).filter(lambda word: word[0] != "or").map(lambda word: word[0])
    words.print()
    assert '"Map, PROCESS, Filter, Map, str"' in single.get_execution_plan()
    assert list(words.execute_and_collect()) == ["to", "be", "be"]


def test_the_time_of_the_clock(single) -> None:
    before = time.time() * 1000
    stream = single.from_collection([1], Types.INT()).process(
        Returns(lambda value, ctx: [ctx.timer_service().current_processing_time()])
    )
    (now,) = stream.execute_and_collect()
    assert before - 1 <= now <= time.time() * 1000


@pytest.mark.parametrize("kind", ["processing_time", "event_time"])
@pytest.mark.parametrize("verb", ["register", "delete"])
def test_timers_need_a_key(single, verb: str, kind: str) -> None:
    method = f"{verb}_{kind}_timer"
    stream = single.from_collection([1], Types.INT()).process(
        Returns(lambda value, ctx: getattr(ctx.timer_service(), method)(5))
    )
    with pytest.raises(RuntimeError, match=rf"{method}\(\).*call key_by\(\) before process\(\)"):
        list(stream.execute_and_collect())


def test_a_failure_names_the_operator_and_the_record(single) -> None:
    def invert(value, ctx):
        yield 1 / value

    stream = single.from_collection([2, 0], Types.INT()).map(lambda i: i)
    with pytest.raises(ZeroDivisionError) as failure:
        list(stream.process(Returns(invert)).name("inverse").map(str).execute_and_collect())
    assert "operator 'inverse', subtask 1 of 1, record: 0" in notes_of(failure.value)


@pytest.mark.parametrize("function", [len, lambda value, ctx: [], Words, None])
def test_what_is_no_process_function_is_refused(single, function) -> None:
    stream = single.from_collection([1], Types.INT())
    with pytest.raises(TypeError, match=r"process\(\): the function is a ProcessFunction"):
        stream.process(function)


def test_context_of_records_with_timestamps(single, test_jar) -> None:
    single.add_jars(test_jar.as_uri())
    source = SourceFunction("io.flinker.testing.TimedNumbers")
    stream = single.add_source(source, type_info=Types.LONG()).process(
        Returns(lambda i, ctx: [(i, ctx.timestamp(), ctx.timer_service().current_watermark())])
    )
    # the first half have no timestamps; there is a watermark before every fifth one
    seen = list(stream.execute_and_collect())
    assert seen == [
        (i, None if i < 500 else 10 * i, i // 5 * 5 - 1 if i >= 5 else -(2**63))
        for i in range(1000)
    ]


def test_a_tag_that_nobody_reads(single) -> None:
    tag = OutputTag("unread", Types.INT())
    stream = single.from_collection([1], Types.INT())
    kept = stream.process(Returns(lambda i, ctx: [(tag, i), i, (tag, "no int")]))
    kept.get_side_output(tag)
    assert list(kept.map(str).execute_and_collect()) == ["1"]
