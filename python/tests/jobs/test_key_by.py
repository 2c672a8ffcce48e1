# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""key_by: all records of a key reach one instance, in their order."""

from __future__ import annotations

import decimal
from collections import defaultdict

import pytest

from pyflink._gateway import java_class
from pyflink.common import Row, Types
from pyflink.datastream import (
    DataStream,
    KeyedStream,
    KeySelector,
    MapFunction,
    StreamExecutionEnvironment,
)
from pyflink.datastream.functions import NullByteKeySelector

RECORDS = [(i % 7, i) for i in range(700)]
PAIRS = Types.TUPLE([Types.INT(), Types.INT()])


class Where(MapFunction):
    """The subtask that has got a record."""

    def open(self, runtime_context):
        self.subtask = runtime_context.get_index_of_this_subtask()

    def map(self, value):
        return self.subtask, value


class First(KeySelector):
    def open(self, runtime_context):
        self.position = 0

    def get_key(self, value):
        return value[self.position]


@pytest.fixture
def env() -> StreamExecutionEnvironment:
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(4)
    return env


def subtasks_by_key(placed) -> dict[int, set[int]]:
    subtasks = defaultdict(set)
    for subtask, (key, _) in placed:
        subtasks[key].add(subtask)
    return subtasks


@pytest.mark.parametrize("parallelism", [2, 4])
@pytest.mark.parametrize(
    ("selector", "key_type"),
    [
        (First(), None),
        (First(), Types.LONG()),
        (First(), Types.DOUBLE()),
        (lambda r: str(r[0]), None),
        (lambda r: str(r[0]), Types.STRING()),
        (lambda r: decimal.Decimal(r[0]).scaleb(-(r[1] % 3)).scaleb(r[1] % 3), Types.BIG_DEC()),
        (lambda r: ("k" * r[0], r[0], None), None),
        (lambda r: ("k" * r[0], r[0]), Types.TUPLE([Types.STRING(), Types.INT()])),
        (lambda r: Row(name="k", n=r[0]), None),
        (
            lambda r: Row(name="k", n=r[0]),
            Types.ROW_NAMED(["name", "n"], [Types.STRING(), Types.INT()]),
        ),
        (lambda r: [r[0]], Types.LIST(Types.INT())),
        (lambda r: {"a": 1, "b": r[0]} if r[1] % 2 else {"b": r[0], "a": 1}, None),
        (lambda r: bytes([r[0]]), None),
        (lambda r: r[0] or None, None),
        (lambda r: r[0] or None, Types.LONG()),
        (lambda r: "a" * r[0] or None, Types.STRING()),
    ],
)
def test_a_key_has_one_instance(env, parallelism, selector, key_type) -> None:
    # a shuffle before: so the records of a key come from all instances
    stream = env.from_collection(RECORDS, PAIRS).rebalance().map(lambda r: r, PAIRS)
    keyed = stream.key_by(selector, key_type)
    placed = list(keyed.map(Where()).set_parallelism(parallelism).execute_and_collect())
    assert sorted(record for _, record in placed) == sorted(RECORDS)
    subtasks = subtasks_by_key(placed)
    assert all(len(found) == 1 for found in subtasks.values())
    assert len(set.union(*subtasks.values())) > 1


def test_the_order_of_a_key_s_records_is_kept(env) -> None:
    stream = env.from_collection(RECORDS, PAIRS).map(lambda r: r, PAIRS).set_parallelism(1)
    records = list(stream.key_by(lambda r: r[0]).map(lambda r: r).execute_and_collect())
    assert len(records) == len(RECORDS)
    assert sorted(records, key=lambda r: r[0]) == sorted(RECORDS, key=lambda r: r[0])


def test_keys_are_where_java_has_them(env) -> None:
    placed = list(
        env.from_collection(RECORDS, PAIRS)
        .key_by(lambda r: r[0], Types.INT())
        .map(Where())
        .execute_and_collect()
    )
    groups = java_class("org.apache.flink.runtime.state.KeyGroupRangeAssignment")
    j_max = groups.computeDefaultMaxParallelism(4)
    expected = {key: {groups.assignKeyToParallelOperator(key, j_max, 4)} for key in range(7)}
    assert subtasks_by_key(placed) == expected


def test_the_same_keys_of_two_operators_meet(env) -> None:
    stream = env.from_collection(RECORDS, PAIRS)
    one = stream.map(lambda r: r).key_by(lambda r: {"k": r[0]}).map(Where())
    other = stream.key_by(lambda r: {"k": r[0]}).flat_map(lambda r: [r]).map(Where())
    subtasks = subtasks_by_key(one.union(other).execute_and_collect())
    assert all(len(found) == 1 for found in subtasks.values())


def test_the_other_functions_get_records(env) -> None:
    keyed = env.from_collection(RECORDS, PAIRS).key_by(First(), Types.INT())
    assert isinstance(keyed, KeyedStream)
    assert keyed.get_type() == PAIRS
    few = keyed.filter(lambda r: r[1] < 3)
    assert few.get_type() == PAIRS
    assert sorted(few.execute_and_collect()) == RECORDS[:3]
    many = keyed.flat_map(lambda r: [r[1]] * (r[1] < 2), Types.INT())
    assert sorted(many.execute_and_collect()) == [0, 1]


def test_streams_and_results_of_records(env) -> None:
    stream = env.from_collection(RECORDS, PAIRS)
    keyed = stream.key_by(lambda r: r[0])
    assert sorted(keyed.execute_and_collect()) == sorted(RECORDS)
    assert sorted(keyed.union(stream, keyed).execute_and_collect()) == sorted(3 * RECORDS)
    assert sorted(keyed.project(1).execute_and_collect()) == [(i,) for i in range(700)]
    again = keyed.key_by(lambda r: 0)
    assert isinstance(again, KeyedStream)
    assert len({s for s, _ in again.map(Where()).execute_and_collect()}) == 1
    assert (
        len({s for s, _ in stream.key_by(NullByteKeySelector()).map(Where()).execute_and_collect()})
        == 1
    )


def test_printed_lines_are_records(env, capfd) -> None:
    keyed = env.from_collection(RECORDS[:50], PAIRS).key_by(lambda r: r[0])
    keyed.print("typed")
    env.from_collection(RECORDS[:50]).key_by(lambda r: r[0]).print().set_parallelism(2)
    env.execute()
    lines = capfd.readouterr().out.splitlines()
    typed = [line.removeprefix("typed:").split("> ") for line in lines if line.startswith("typed")]
    untyped = [line.split("> ") for line in lines if not line.startswith("typed")]
    for printed, parallelism in (typed, 4), (untyped, 2):
        assert len(printed) == 50
        subtasks = defaultdict(set)
        for subtask, record in printed:
            subtasks[record.split(",")[0]].add(subtask)
        assert all(len(found) == 1 for found in subtasks.values())
        assert {s for found in subtasks.values() for s in found} <= set("1234"[:parallelism])


def test_in_java_it_is_a_keyed_stream(env) -> None:
    keyed = env.from_collection(RECORDS, PAIRS).key_by(First(), Types.INT())
    j_stream = keyed._j_data_stream
    assert j_stream.getClass().getSimpleName() == "KeyedStream"
    assert str(j_stream.getKeyType().toString()) == "Key<Integer>"
    pairs = DataStream(j_stream)
    assert set(pairs.execute_and_collect()) == {(r[0], r) for r in RECORDS}


@pytest.mark.parametrize(
    "call",
    [
        lambda keyed: keyed.shuffle(),
        lambda keyed: keyed.rebalance(),
        lambda keyed: keyed.rescale(),
        lambda keyed: keyed.forward(),
        lambda keyed: keyed.broadcast(),
        lambda keyed: keyed.global_(),
        lambda keyed: keyed.partition_custom(lambda k, n: 0, lambda r: r),
    ],
)
def test_the_partitioning_stays(env, call) -> None:
    with pytest.raises(TypeError, match="the keys of a KeyedStream say where its records go"):
        call(env.from_collection(RECORDS, PAIRS).key_by(First()))


@pytest.mark.parametrize(
    ("setting", "arguments"),
    [
        ("get_name", ()),
        ("name", ("n",)),
        ("uid", ("u",)),
        ("set_uid_hash", ("0" * 32,)),
        ("set_description", ("d",)),
        ("set_parallelism", (2,)),
        ("set_max_parallelism", (2,)),
        ("force_non_parallel", ()),
        ("set_buffer_timeout", (1,)),
        ("start_new_chain", ()),
        ("disable_chaining", ()),
        ("slot_sharing_group", ("g",)),
        ("cache", ()),
    ],
)
def test_it_has_no_settings(env, setting, arguments) -> None:
    keyed = env.from_collection(RECORDS, PAIRS).key_by(First())
    with pytest.raises(TypeError, match=rf"{setting}\(\): a KeyedStream is not an operator"):
        getattr(keyed, setting)(*arguments)


def test_bad_arguments(env) -> None:
    stream = env.from_collection(RECORDS, PAIRS)
    for selector in (3, First):
        with pytest.raises(TypeError, match=r"key_by\(\): the key_selector is a function or"):
            stream.key_by(selector)
    with pytest.raises(TypeError, match=r"key_by\(\): the key_type is a TypeInformation"):
        stream.key_by(First(), int)
    for key_type, name in [
        (Types.PRIMITIVE_ARRAY(Types.BYTE()), "PRIMITIVE_ARRAY"),
        (Types.ROW([Types.BASIC_ARRAY(Types.STRING())]), "BASIC_ARRAY"),
        (Types.TUPLE([Types.PICKLED_BYTE_ARRAY()]), "Python object"),
    ]:
        with pytest.raises(TypeError, match=f"there is a {name} in it.*Leave the key_type out"):
            stream.key_by(First(), key_type)


def test_errors_name_the_operator_and_the_record(env) -> None:
    stream = env.from_collection([(1, 2)], PAIRS)
    with pytest.raises(IndexError) as failure:
        list(stream.key_by(lambda r: r[5]).execute_and_collect())
    notes = str(getattr(failure.value, "__notes__", failure.value.__cause__))
    assert "operator 'KeyBy', subtask 1 of 1, record: (1, 2)" in notes
    with pytest.raises(TypeError, match="of type generator, cannot be a key"):
        list(stream.key_by(lambda r: (i for i in r)).execute_and_collect())
    with pytest.raises(TypeError, match=r"expected LONG .*found str 'a'"):
        list(stream.key_by(lambda r: "a", Types.LONG()).execute_and_collect())
