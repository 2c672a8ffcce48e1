# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""DataStream.map: functions of all kinds, types of records and results."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import partial
from operator import itemgetter

import pytest

from pyflink.common import Row, Types
from pyflink.datastream import MapFunction, RuntimeContext, StreamExecutionEnvironment


def add(a: int, b: int) -> int:
    return a + b


class Scale:
    def __init__(self, factor: int) -> None:
        self.factor = factor

    def __call__(self, value: int) -> int:
        return value * self.factor

    def halve(self, value: int) -> float:
        return value / self.factor


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (lambda i: i + 1, [2, 3, 4]),
        (partial(add, 10), [11, 12, 13]),
        (Scale(3), [3, 6, 9]),
        (Scale(2).halve, [0.5, 1.0, 1.5]),
        (str, ["1", "2", "3"]),
        (lambda i: None, [None, None, None]),
        (lambda i: (yield i) or i, None),
    ],
    ids=["lambda", "partial", "callable", "bound method", "builtin", "None", "generator"],
)
def test_functions_of_all_kinds(single, function, expected) -> None:
    stream = single.from_collection([1, 2, 3]).map(function)
    if expected is None:
        with pytest.raises(TypeError, match="cannot pickle 'generator' object"):
            list(stream.execute_and_collect())
    else:
        assert list(stream.execute_and_collect()) == expected


def test_a_closure_travels(single) -> None:
    offset = {"value": 40}
    stream = single.from_collection([1, 2], Types.INT())
    results = stream.map(lambda i: i + offset["value"], Types.INT())
    assert list(results.execute_and_collect()) == [41, 42]


@pytest.mark.parametrize(
    ("output_type", "values"),
    [
        (Types.LONG(), [0, -1, 2**63 - 1]),
        (Types.DOUBLE(), [0.5, float("inf")]),
        (Types.STRING(), ["", "\0", "\N{GRINNING FACE}"]),
        (Types.TUPLE([Types.INT(), Types.STRING()]), [(1, "a"), (2, "b")]),
        (Types.ROW_NAMED(["i", "s"], [Types.INT(), Types.STRING()]), [Row(i=1, s=None)]),
        (Types.LIST(Types.LONG()), [[], [1, 2]]),
        (Types.MAP(Types.STRING(), Types.LONG()), [{"a": 1}]),
        (Types.PICKLED_BYTE_ARRAY(), [{1, 2}, (3, [4])]),
    ],
    ids=str,
)
def test_typed_results(single, output_type, values) -> None:
    indexes = single.from_collection(list(range(len(values))), Types.INT())
    assert list(indexes.map(lambda i: values[i], output_type).execute_and_collect()) == values


def test_the_type_of_the_result(single) -> None:
    stream = single.from_collection([1], Types.INT())
    assert stream.map(str, Types.STRING()).get_type() == Types.STRING()
    assert stream.map(str).get_type() == Types.PICKLED_BYTE_ARRAY()


@dataclass
class Point:
    x: int
    y: int


def test_objects_of_the_program_s_own_classes(single) -> None:
    stream = single.from_collection([Point(1, 2), Point(3, 4)])
    swapped = stream.map(lambda p: Point(p.y, p.x)).map(lambda p: (p.x, p.y))
    assert list(swapped.execute_and_collect()) == [(2, 1), (4, 3)]


def test_a_tuple_is_taken_as_a_row(single) -> None:
    row = Types.ROW([Types.INT(), Types.STRING()])
    stream = single.from_collection([1], Types.INT()).map(lambda i: (i, "a"), row)
    assert list(stream.map(itemgetter(1)).execute_and_collect()) == ["a"]


class Described(MapFunction):
    def open(self, runtime_context: RuntimeContext) -> None:
        self.context = runtime_context

    def map(self, value: int) -> tuple:
        context = self.context
        return (
            value,
            context.get_index_of_this_subtask(),
            context.get_number_of_parallel_subtasks(),
            context.get_max_number_of_parallel_subtasks() >= 1,
            context.get_attempt_number(),
            "described" in context.get_task_name(),
            context.get_task_name_with_subtasks().endswith("(1/1)#0"),
            context.get_job_parameter("absent", "default"),
        )


def test_open_receives_the_runtime_context(single) -> None:
    stream = single.from_collection([7], Types.INT()).map(Described()).name("described")
    assert list(stream.execute_and_collect()) == [(7, 0, 1, True, 0, True, True, "default")]


def test_every_instance_has_an_object_of_its_own(single) -> None:
    stream = single.from_collection(list(range(8)), Types.INT()).rebalance()
    pids = stream.map(lambda i: os.getpid(), Types.INT()).set_parallelism(2)
    found = set(pids.execute_and_collect())
    assert len(found) == 2
    assert os.getpid() not in found


def test_many_records_keep_their_order(single) -> None:
    numbers = range(300_000)
    stream = single.from_collection(list(numbers), Types.LONG())
    result = list(stream.map(lambda i: i + 1, Types.LONG()).execute_and_collect())
    assert result == list(range(1, 300_001))


def test_large_records(single) -> None:
    stream = single.from_collection([20_000_000, 1, 5_000_000], Types.INT())
    texts = stream.map(lambda i: "x" * i, Types.STRING()).map(len, Types.INT())
    assert list(texts.execute_and_collect()) == [20_000_000, 1, 5_000_000]
    apart = stream.map(lambda i: "x" * i, Types.STRING()).disable_chaining().map(len, Types.INT())
    assert list(apart.execute_and_collect()) == [20_000_000, 1, 5_000_000]


def test_what_is_no_function_is_refused(single) -> None:
    stream = single.from_collection([1], Types.INT())
    with pytest.raises(TypeError, match=r"map\(\) takes a function or a MapFunction, but got 3"):
        stream.map(3)


def test_a_worker_never_starts_a_jvm(single) -> None:
    def environment(value):
        return StreamExecutionEnvironment.get_execution_environment()

    stream = single.from_collection([1], Types.INT()).map(environment)
    with pytest.raises(RuntimeError, match="A Python function runs in a worker"):
        list(stream.execute_and_collect())


def test_the_interpreter_can_be_chosen(single, tmp_path) -> None:
    python = tmp_path / "my-python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} -X my_python "$@"\n')
    python.chmod(0o755)
    single.set_python_executable(str(python))
    stream = single.from_collection([1], Types.INT()).map(lambda i: "my_python" in sys._xoptions)
    assert list(stream.execute_and_collect()) == [True]
