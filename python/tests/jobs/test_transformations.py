# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Transformations that need no Python function."""

from __future__ import annotations

import json

import pytest

from pyflink.common import Types
from pyflink.datastream import SlotSharingGroup, StreamExecutionEnvironment
from pyflink.util.exceptions import JavaError

PAIR = Types.TUPLE([Types.INT(), Types.STRING()])


@pytest.fixture
def env() -> StreamExecutionEnvironment:
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(2)
    return env


@pytest.mark.parametrize("partitioning", ["rebalance", "rescale", "shuffle", "forward", "global_"])
def test_partitioning_keeps_every_record(env, partitioning: str) -> None:
    numbers = env.from_collection(range(100), Types.INT())
    if partitioning == "forward":
        env.set_parallelism(1)
    moved = getattr(numbers, partitioning)()
    assert sorted(moved.execute_and_collect()) == list(range(100))


def test_broadcast_reaches_every_instance(env, capsys) -> None:
    env.from_collection([7], Types.INT()).broadcast().print().set_parallelism(3)
    env.execute()
    assert sorted(capsys.readouterr().out.split()) == sorted("1> 7 2> 7 3> 7".split())


def test_global_reaches_the_first_instance_only(env, capsys) -> None:
    env.from_collection([1, 2, 3], Types.INT()).global_().print().set_parallelism(3)
    env.execute()
    assert capsys.readouterr().out == "1> 1\n1> 2\n1> 3\n"


def test_union(env) -> None:
    streams = [env.from_collection([n], Types.INT()) for n in range(4)]
    assert sorted(streams[0].union(*streams[1:]).execute_and_collect()) == [0, 1, 2, 3]


def test_union_of_different_types_is_refused(env) -> None:
    numbers = env.from_collection([1], Types.INT())
    words = env.from_collection(["a"], Types.STRING())
    with pytest.raises(JavaError, match="Cannot union streams of different types"):
        numbers.union(words)


def test_project(env) -> None:
    stream = env.from_collection([(1, "a"), (2, "b")], PAIR).project(1, 0, 1)
    assert stream.get_type() == Types.TUPLE([Types.STRING(), Types.INT(), Types.STRING()])
    assert sorted(stream.execute_and_collect()) == [("a", 1, "a"), ("b", 2, "b")]


def test_project_of_what_is_not_there(env) -> None:
    pairs = env.from_collection([(1, "a")], PAIR)
    with pytest.raises(IndexError, match="no field 5; the tuples have 2 fields, 0 to 1"):
        pairs.project(5)
    with pytest.raises(ValueError, match="at least one field position"):
        pairs.project()
    with pytest.raises(TypeError, match="takes fields of tuples"):
        env.from_collection([1], Types.INT()).project(0)


def test_settings_of_operators_are_in_the_plan(env) -> None:
    stream = env.from_collection([1], Types.INT()).rebalance()
    numbers = env.from_collection([1], Types.INT()).name("numbers").uid("numbers-1")
    assert stream.get_execution_environment().get_parallelism() == 2
    assert numbers.get_name() == "numbers"
    sink = numbers.disable_chaining().print().name("screen").set_parallelism(3).uid("screen-1")
    sink.set_description("the screen").slot_sharing_group("screens").disable_chaining()
    nodes = {node["type"]: node for node in json.loads(env.get_execution_plan())["nodes"]}
    assert nodes["Sink: screen"]["parallelism"] == 3
    assert nodes["Sink: screen"]["contents"] == "the screen"


def test_slot_sharing_groups_with_resources(env) -> None:
    group = SlotSharingGroup.builder("small").build()
    env.register_slot_sharing_group(group)
    stream = env.from_collection([1], Types.INT()).slot_sharing_group(group)
    assert list(stream.execute_and_collect()) == [1]


def test_a_bad_parallelism_is_refused(env) -> None:
    with pytest.raises(JavaError, match="Parallelism must be at least one"):
        env.set_parallelism(0)


def test_get_type(env) -> None:
    row = Types.ROW_NAMED(["id", "name"], [Types.INT(), Types.STRING()])
    assert env.from_collection([(1, "a")], row).get_type() == row
    assert env.from_collection([1]).get_type() == Types.PICKLED_BYTE_ARRAY()
