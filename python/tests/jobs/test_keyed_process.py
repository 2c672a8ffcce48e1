# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""KeyedStream.process, and functions of other kinds that keep state of keys."""

from __future__ import annotations

import pytest

from pyflink.common import Row, Types
from pyflink.datastream import (
    FilterFunction,
    FlatMapFunction,
    KeyedProcessFunction,
    MapFunction,
    OutputTag,
    ProcessFunction,
)
from pyflink.datastream.state import (
    ListStateDescriptor,
    MapStateDescriptor,
    ReducingStateDescriptor,
    ValueStateDescriptor,
)

INT, LONG, TEXT = Types.INT(), Types.LONG(), Types.STRING()
WORDS = ["to", "be", "or", "not", "to", "be"]
COUNT = ValueStateDescriptor("count", LONG)


class Count(KeyedProcessFunction):
    def open(self, runtime_context) -> None:
        self.count = runtime_context.get_state(COUNT)

    def process_element(self, value, ctx: KeyedProcessFunction.Context):
        count = (self.count.value() or 0) + 1
        self.count.update(count)
        yield ctx.get_current_key(), count


class CountMap(MapFunction):
    def open(self, runtime_context) -> None:
        self.count = runtime_context.get_state(COUNT)

    def map(self, value) -> str:
        count = (self.count.value() or 0) + 1
        self.count.update(count)
        return f"{value}{count}"


class Twice(FlatMapFunction):
    def open(self, runtime_context) -> None:
        self.seen = runtime_context.get_list_state(ListStateDescriptor("seen", TEXT))

    def flat_map(self, value):
        self.seen.add(value)
        if len(list(self.seen)) == 2:
            yield value
            yield value.upper()


class Unseen(FilterFunction):
    def open(self, runtime_context) -> None:
        self.seen = runtime_context.get_state(ValueStateDescriptor("seen", Types.BOOLEAN()))

    def filter(self, value) -> bool:
        seen = self.seen.value()
        self.seen.update(True)
        return not seen


def by_word(env):
    return env.from_collection(WORDS, TEXT).key_by(lambda word: word, TEXT)


def test_process(single) -> None:
    counted = by_word(single).process(Count(), Types.TUPLE([TEXT, LONG]))
    assert counted.get_name() == "KEYED PROCESS"
    assert list(counted.execute_and_collect()) == [
        ("to", 1),
        ("be", 1),
        ("or", 1),
        ("not", 1),
        ("to", 2),
        ("be", 2),
    ]


def test_keys_of_no_declared_type(single) -> None:
    words = single.from_collection(WORDS)
    counted = words.key_by(lambda word: (len(word), {"first": word[0]})).process(Count())
    assert list(counted.execute_and_collect())[-2:] == [
        ((2, {"first": "t"}), 2),
        ((2, {"first": "b"}), 2),
    ]


def test_map_flat_map_and_filter(single) -> None:
    mapped = by_word(single).map(CountMap())
    assert mapped.get_type() == TEXT
    assert list(mapped.execute_and_collect()) == ["to1", "be1", "or1", "not1", "to2", "be2"]
    doubled = by_word(single).flat_map(Twice(), TEXT)
    assert list(doubled.execute_and_collect()) == ["to", "TO", "be", "BE"]
    unseen = by_word(single).filter(Unseen())
    assert unseen.get_type() == TEXT
    assert list(unseen.execute_and_collect()) == ["to", "be", "or", "not"]


def test_plain_functions_of_a_keyed_stream(single) -> None:
    assert list(by_word(single).map(len, INT).execute_and_collect()) == [2, 2, 2, 3, 2, 2]
    assert list(by_word(single).filter(lambda word: "o" in word).execute_and_collect()) == [
        "to",
        "or",
        "not",
        "to",
    ]


def test_side_outputs(single) -> None:
    late = OutputTag("late", TEXT)

    class Repeated(Count):
        def process_element(self, value, ctx):
            for key, count in super().process_element(value, ctx):
                yield (late, key) if count > 1 else value

    first = by_word(single).process(Repeated(), TEXT)
    assert list(first.get_side_output(late).execute_and_collect()) == ["to", "be"]
    assert list(first.execute_and_collect()) == ["to", "be", "or", "not"]


def test_several_states_of_one_function(single) -> None:
    class Everything(KeyedProcessFunction):
        def open(self, runtime_context):
            get = runtime_context
            self.all = get.get_list_state(ListStateDescriptor("all", TEXT))
            self.by_length = get.get_map_state(MapStateDescriptor("by length", INT, TEXT))
            self.longest = get.get_reducing_state(
                ReducingStateDescriptor("longest", lambda a, b: max(a, b, key=len), TEXT)
            )

        def process_element(self, value, ctx):
            self.all.add(value)
            self.by_length[len(value)] = value
            self.longest.add(value)
            yield list(self.all), dict(self.by_length.items()), self.longest.get()

    keyed = single.from_collection(["a", "bb", "c"], TEXT).key_by(lambda word: 0, INT)
    *_, last = keyed.process(Everything()).execute_and_collect()
    assert last == (["a", "bb", "c"], {1: "c", 2: "bb"}, "bb")


def test_timers(single) -> None:
    class Ring(KeyedProcessFunction):
        def process_element(self, value, ctx):
            ctx.timer_service().register_event_time_timer(value)
            ctx.timer_service().register_event_time_timer(value + 1)
            ctx.timer_service().delete_event_time_timer(value)

        def on_timer(self, timestamp, ctx: KeyedProcessFunction.OnTimerContext):
            yield ctx.get_current_key(), timestamp, ctx.time_domain().name

    rung = single.from_collection([5, 3, 4], LONG).key_by(lambda i: i % 2, LONG).process(Ring())
    assert list(rung.execute_and_collect()) == [
        (1, 4, "EVENT_TIME"),
        (0, 5, "EVENT_TIME"),
        (1, 6, "EVENT_TIME"),
    ]


def test_the_type_of_results_comes_from_the_annotations_of_both_methods(single) -> None:
    class Agrees(KeyedProcessFunction):
        def process_element(self, value, ctx) -> list[str]:
            return [value]

        def on_timer(self, timestamp, ctx) -> list[str]:
            return []

    class Differs(Agrees):
        def on_timer(self, timestamp, ctx) -> list[int]:
            return []

    class HasNoTimers(KeyedProcessFunction):
        def process_element(self, value, ctx) -> list[str]:
            return [value]

    assert by_word(single).process(Agrees()).get_type() == TEXT
    assert by_word(single).process(HasNoTimers()).get_type() == TEXT
    assert by_word(single).process(Differs()).get_type() == Types.PICKLED_BYTE_ARRAY()


def test_a_keyed_stream_of_a_keyed_stream(single) -> None:
    counted = by_word(single).process(Count(), Types.TUPLE([TEXT, LONG]))
    by_count = counted.key_by(lambda pair: pair[1], LONG)
    assert list(by_count.process(Count()).execute_and_collect()) == [
        (1, 1),
        (1, 2),
        (1, 3),
        (1, 4),
        (2, 1),
        (2, 2),
    ]


def test_rows_and_named_fields(single) -> None:
    record_type = Types.ROW_NAMED(["user", "n"], [TEXT, INT])
    rows = single.from_collection([("ann", 1), ("bob", 2), ("ann", 3)], record_type)

    class Last(KeyedProcessFunction):
        def open(self, runtime_context):
            self.last = runtime_context.get_state(ValueStateDescriptor("last", record_type))

        def process_element(self, value, ctx):
            before = self.last.value()
            self.last.update(value)
            if before is not None:
                yield Row(user=before.user, n=value.n - before.n)

    changes = rows.key_by(lambda row: row.user, TEXT).process(Last(), record_type)
    assert list(changes.execute_and_collect()) == [Row(user="ann", n=2)]


def test_a_keyed_function_needs_keys(single) -> None:
    with pytest.raises(TypeError, match=r"Count is a KeyedProcessFunction.*call key_by\(\) first"):
        single.from_collection(WORDS, TEXT).process(Count())


class NoKeys(ProcessFunction):
    def process_element(self, value, ctx):
        yield value


@pytest.mark.parametrize("func", [NoKeys(), len, Count, None])
def test_what_is_no_keyed_process_function(single, func) -> None:
    with pytest.raises(TypeError, match=r"process\(\) of a KeyedStream: .* a KeyedProcessFunction"):
        by_word(single).process(func)
