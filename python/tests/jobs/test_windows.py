# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""KeyedStream.window, KeyedStream.count_window and DataStream.window_all."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

import pytest

from pyflink._gateway import java_class
from pyflink.common import Configuration, Time, Types, WatermarkStrategy
from pyflink.datastream import (
    AggregateFunction,
    DataStream,
    KeyedStream,
    OutputTag,
    ProcessFunction,
    ProcessWindowFunction,
    ReduceFunction,
    RuntimeExecutionMode,
    StreamExecutionEnvironment,
    WindowFunction,
)
from pyflink.datastream.connectors import NumberSequenceSource
from pyflink.datastream.functions import AllWindowFunction, ProcessAllWindowFunction
from pyflink.datastream.state import ValueStateDescriptor
from pyflink.datastream.window import (
    CountTumblingWindowAssigner,
    EventTimeSessionWindows,
    GlobalWindows,
    NeverTrigger,
    SlidingEventTimeWindows,
    Trigger,
    TriggerResult,
    TumblingEventTimeWindows,
)

LONG, TEXT = Types.LONG(), Types.STRING()
CLICK = Types.TUPLE([TEXT, LONG])
CLICKS = [("a", 100), ("b", 300), ("a", 900), ("a", 1200), ("b", 2500)]
SECONDS = TumblingEventTimeWindows.of(Time.seconds(1))


class Total(AggregateFunction):
    def create_accumulator(self):
        return 0, 0

    def add(self, value, accumulator):
        return accumulator[0] + value[1], accumulator[1] + 1

    def get_result(self, accumulator) -> float:
        return accumulator[0] / accumulator[1]

    def merge(self, acc_a, acc_b):
        return acc_a[0] + acc_b[0], acc_a[1] + acc_b[1]


class Describe(WindowFunction):
    def apply(self, key, window, inputs) -> list[str]:
        return [f"{key} {window.start} {sorted(inputs)}"]


class Count(ProcessWindowFunction):
    """Counts records; the state of the key counts windows."""

    windows = ValueStateDescriptor("windows", LONG)

    def open(self, runtime_context) -> None:
        self.subtask = runtime_context.get_index_of_this_subtask()

    def process(self, key, context, elements):
        state = context.global_state().get_state(self.windows)
        state.update((state.value() or 0) + 1)
        yield key, state.value(), len(list(elements)) + self.subtask

    def close(self) -> None:
        print("closed")


class Timed(ProcessFunction):
    def process_element(self, value, ctx):
        yield value, ctx.timestamp()


def by_user(click):
    return click[0]


def later(one, other):
    return one[0], max(one[1], other[1])


def by_time(stream: DataStream, time) -> DataStream:
    strategy = WatermarkStrategy.for_monotonous_timestamps().with_timestamp_assigner(time)
    return stream.assign_timestamps_and_watermarks(strategy)


def clicks(env: StreamExecutionEnvironment, record_type=CLICK) -> KeyedStream:
    stream = by_time(env.from_collection(CLICKS, record_type), lambda click, _: click[1])
    return stream.key_by(by_user, TEXT)


def notes_of(error: BaseException) -> str:
    return "\n".join(getattr(error, "__notes__", [str(error.__cause__)]))


# ---- functions and types


@pytest.mark.parametrize("record_type", [None, CLICK])
def test_reduce_gives_records_with_the_timestamp_of_the_window(single, record_type) -> None:
    results = clicks(single, record_type).window(SECONDS).reduce(later)
    assert results.get_type() == (record_type or Types.PICKLED_BYTE_ARRAY())
    found = results.process(Timed()).execute_and_collect()
    assert sorted(found) == [
        (("a", 900), 999),
        (("a", 1200), 1999),
        (("b", 300), 999),
        (("b", 2500), 2999),
    ]


def test_a_reduce_function_with_open(single) -> None:
    class Sum(ReduceFunction):
        def open(self, runtime_context) -> None:
            self.plus = 1

        def reduce(self, value1, value2):
            return value1[0], value1[1] + value2[1] + self.plus

    results = clicks(single).window(SECONDS).reduce(Sum())
    assert ("a", 1001) in list(results.execute_and_collect())


def test_aggregate(single) -> None:
    results = clicks(single).window(SECONDS).aggregate(Total())
    # from the annotation of get_result
    assert results.get_type() == Types.DOUBLE()
    assert sorted(results.execute_and_collect()) == [300.0, 500.0, 1200.0, 2500.0]


@pytest.mark.parametrize("accumulator_type", [Types.TUPLE([LONG, LONG]), None])
def test_types_of_accumulators_and_results(single, accumulator_type) -> None:
    windows = clicks(single).window(SECONDS)
    results = windows.aggregate(
        Total(), accumulator_type=accumulator_type, output_type=Types.DOUBLE()
    )
    assert sorted(results.execute_and_collect()) == [300.0, 500.0, 1200.0, 2500.0]


def test_a_list_of_types_is_a_row(single) -> None:
    class Pair(Total):
        def get_result(self, accumulator):
            return list(accumulator)

    results = clicks(single).window(SECONDS).aggregate(Pair(), None, [LONG, LONG], [LONG, LONG])
    assert results.get_type() == Types.ROW([LONG, LONG])
    assert sorted(tuple(row) for row in results.execute_and_collect()) == [
        (300, 1),
        (1000, 2),
        (1200, 1),
        (2500, 1),
    ]


def test_apply(single) -> None:
    results = clicks(single).window(SECONDS).apply(Describe())
    assert results.get_type() == TEXT
    assert sorted(results.execute_and_collect()) == [
        "a 0 [('a', 100), ('a', 900)]",
        "a 1000 [('a', 1200)]",
        "b 0 [('b', 300)]",
        "b 2000 [('b', 2500)]",
    ]


def test_a_window_function_after_a_reduce_and_an_aggregate_function(single) -> None:
    windows = clicks(single).window(SECONDS)
    reduced = windows.reduce(later, Describe())
    assert reduced.get_type() == TEXT
    assert "a 0 [('a', 900)]" in list(reduced.execute_and_collect())
    aggregated = windows.aggregate(Total(), window_function=Describe())
    assert "a 0 [500.0]" in list(aggregated.execute_and_collect())


def test_process_with_state_and_a_life(single, capsys) -> None:
    results = clicks(single).window(SECONDS).process(Count(), Types.TUPLE([TEXT, LONG, LONG]))
    assert sorted(results.execute_and_collect()) == [
        ("a", 1, 2),
        ("a", 2, 1),
        ("b", 1, 1),
        ("b", 2, 1),
    ]
    assert capsys.readouterr().out == "closed\n"


def test_what_older_programs_call_the_output_type(single) -> None:
    windows = clicks(single).window(SECONDS)
    assert windows.process(Count(), result_type=Types.TUPLE([TEXT, LONG, LONG])).get_type()
    assert windows.apply(Describe(), result_type=TEXT).get_type() == TEXT


def test_side_outputs(single) -> None:
    odd = OutputTag("odd", LONG)

    class Split(ProcessWindowFunction):
        def process(self, key, context, elements):
            for _, time in elements:
                yield time
                if time % 500:
                    yield odd, time

    results = clicks(single).window(SECONDS).process(Split(), LONG)
    found = results.get_side_output(odd).process(Timed()).execute_and_collect()
    assert sorted(found) == [(100, 999), (300, 999), (900, 999), (1200, 1999)]


# ---- windows


def test_sessions(single) -> None:
    assigner = EventTimeSessionWindows.with_gap(Time.milliseconds(800))
    results = clicks(single).window(assigner).apply(Describe())
    assert sorted(results.execute_and_collect()) == [
        "a 100 [('a', 100), ('a', 900), ('a', 1200)]",
        "b 2500 [('b', 2500)]",
        "b 300 [('b', 300)]",
    ]


@pytest.mark.parametrize(
    ("slide", "expected"), [(0, [3, 12]), (1, [3, 6, 9, 12, 15]), (4, [3, 15])]
)
def test_count_windows(single, slide: int, expected: list[int]) -> None:
    numbers = single.from_collection(list(range(7)), LONG).key_by(lambda i: 0, LONG)
    results = numbers.count_window(3, slide).reduce(lambda a, b: a + b)
    assert list(results.execute_and_collect()) == expected


class Sum(AllWindowFunction):
    def apply(self, window, inputs) -> list[int]:
        return [sum(inputs)]


class Numbered(ProcessAllWindowFunction):
    windows = ValueStateDescriptor("windows", LONG)

    def process(self, context, elements):
        state = context.global_state().get_state(self.windows)
        state.update((state.value() or 0) + 1)
        yield state.value(), context.window().id, list(elements)


def test_all_records_in_windows(single) -> None:
    single.set_parallelism(2)
    numbers = single.from_collection(list(range(6)), LONG).map(lambda i: i, LONG)
    numbers.set_parallelism(1)
    windows = numbers.window_all(CountTumblingWindowAssigner.of(3))
    for results, expected in [
        (windows.apply(Sum()), [3, 12]),
        (windows.process(Numbered()), [(1, 0, [0, 1, 2]), (2, 1, [3, 4, 5])]),
        (windows.reduce(lambda a, b: a + b), [3, 12]),
        (windows.reduce(lambda a, b: a + b, Sum()), [3, 12]),
    ]:
        transformation = results._j_data_stream.getTransformation()
        assert transformation.getParallelism() == 1
        assert transformation.getMaxParallelism() == 1
        assert list(results.execute_and_collect()) == expected


def test_windows_of_all_instances(single) -> None:
    numbers = single.from_source(
        NumberSequenceSource(0, 9999), WatermarkStrategy.no_watermarks(), "numbers", LONG
    )
    timed = by_time(numbers, lambda i, _: i)
    single.set_parallelism(2)
    windows = timed.key_by(lambda i: i % 7).window(
        SlidingEventTimeWindows.of(Time(2000), Time(500))
    )
    results = list(windows.aggregate(Ones(), Marked()).execute_and_collect())
    expected: Counter[tuple[int, int]] = Counter()
    for i in range(10000):
        for start in range(i - i % 500, i - 2000, -500):
            expected[i % 7, start] += 1
    assert {(key, start): count for key, start, count in results} == expected
    assert len(results) == len(expected)


class Ones(AggregateFunction):
    def create_accumulator(self):
        return 0

    def add(self, value, accumulator):
        return accumulator + 1

    def get_result(self, accumulator):
        return accumulator

    def merge(self, acc_a, acc_b):
        return acc_a + acc_b


class Marked(WindowFunction):
    def apply(self, key, window, inputs):
        for value in inputs:
            yield key, window.start, value


class AtMost(Trigger):
    """Fires a global window with every so many records, and says how often it has."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.count = ValueStateDescriptor("count", LONG)

    def on_element(self, element, timestamp, window, ctx):
        state = ctx.get_partitioned_state(self.count)
        state.update((state.value() or 0) + 1)
        fires = state.value() % self.most == 0
        return TriggerResult.FIRE_AND_PURGE if fires else TriggerResult.CONTINUE

    def on_event_time(self, time, window, ctx):
        return TriggerResult.CONTINUE

    def on_processing_time(self, time, window, ctx):
        return TriggerResult.CONTINUE

    def on_merge(self, window, ctx):
        pass

    def clear(self, window, ctx):
        ctx.get_partitioned_state(self.count).clear()


def test_a_trigger_of_the_users(single) -> None:
    numbers = single.from_collection(list(range(7)), LONG).key_by(lambda i: 0, LONG)
    windows = numbers.window(GlobalWindows.create()).trigger(AtMost(2))
    assert list(windows.reduce(lambda a, b: a + b).execute_and_collect()) == [1, 5, 9]


# ---- the job


def test_names(single) -> None:
    results = clicks(single).window(SECONDS).reduce(later, Count())
    assert results.get_name() == "TumblingEventTimeWindows"
    description = results._j_data_stream.getTransformation().getDescription()
    expected = "Window(TumblingEventTimeWindows(1000, 0), EventTimeTrigger, later, Count)"
    assert description == expected
    everything = clicks(single).window_all(CountTumblingWindowAssigner.of(1)).reduce(later)
    description = everything._j_data_stream.getTransformation().getDescription()
    assert description == "WindowAll(CountTumblingWindowAssigner(1), PurgingTrigger, later)"


def test_functions_after_windows_are_in_their_worker(single) -> None:
    results = clicks(single).window(SECONDS).reduce(later).map(by_user, TEXT)
    assert sorted(results.filter(lambda user: user != "b").execute_and_collect()) == ["a", "a"]


@pytest.mark.parametrize("backend", ["hashmap", "rocksdb"])
def test_a_failure_loses_and_doubles_nothing(test_jar: Path, backend: str) -> None:
    settings = Configuration()
    settings.set_string("state.backend.type", backend)
    settings.set_string("restart-strategy.type", "fixed-delay")
    settings.set_string("restart-strategy.fixed-delay.attempts", "1")
    settings.set_string("restart-strategy.fixed-delay.delay", "1 ms")
    env = StreamExecutionEnvironment.get_execution_environment(settings)
    env.set_parallelism(1).enable_checkpointing(20)
    env.add_jars(test_jar.as_uri())
    numbers = env.from_source(
        NumberSequenceSource(0, 19_999), WatermarkStrategy.no_watermarks(), "numbers", LONG
    )
    fails = java_class("io.flinker.testing.FailsAfterCheckpoint")()
    j_numbers = numbers._j_data_stream.map(fails)
    slow = DataStream(j_numbers.returns(LONG.get_java_type_info()))
    keyed = by_time(slow, lambda i, _: i).key_by(lambda i: i % 3, LONG)
    # of several pieces, at every checkpoint open, and one that a session merges
    tumbling = keyed.window(TumblingEventTimeWindows(15_000, 0)).apply(Checked(), LONG)
    sessions = keyed.window(EventTimeSessionWindows(5)).aggregate(Ones(), output_type=LONG)
    found = list(tumbling.union(sessions).execute_and_collect())
    assert sorted(found) == [1666, 1667, 1667, 5000, 5000, 5000, 6666, 6667, 6667]


class Checked(WindowFunction):
    def apply(self, key, window, inputs):
        numbers = list(inputs)
        assert numbers == list(range(numbers[0], numbers[0] + 3 * len(numbers), 3))
        yield len(numbers)


def test_batch_mode(single) -> None:
    single.set_runtime_mode(RuntimeExecutionMode.BATCH)
    late = OutputTag("late", CLICK)
    windows = clicks(single).window(SECONDS).side_output_late_data(late)
    assert sorted(windows.apply(Describe()).execute_and_collect()) == [
        "a 0 [('a', 100), ('a', 900)]",
        "a 1000 [('a', 1200)]",
        "b 0 [('b', 300)]",
        "b 2000 [('b', 2500)]",
    ]


def test_debug_mode() -> None:
    settings = Configuration().set_string("flinker.debug", "true")
    env = StreamExecutionEnvironment.get_execution_environment(settings)
    results = clicks(env).window(SECONDS).apply(Describe())
    assert "b 0 [('b', 300)]" in list(results.execute_and_collect())


# ---- errors


@pytest.mark.parametrize(
    ("use", "error", "message"),
    [
        (lambda k: k.window(TumblingEventTimeWindows), TypeError, "the class TumblingEventTimeW"),
        (lambda k: k.window(5), TypeError, r"window\(\): the window_assigner is a WindowAssigner"),
        (lambda k: k.window_all(5), TypeError, r"window_all\(\): the window_assigner is a Window"),
        (lambda k: k.count_window(0), ValueError, "the window_size is at least 1; not 0"),
        (lambda k: k.count_window(3, -1), ValueError, "the window_slide is at least 1; not -1"),
        (lambda k: k.window(SECONDS).trigger("x"), TypeError, r"trigger\(\): the trigger is a Tr"),
        (
            lambda k: k.window(EventTimeSessionWindows(5)).trigger(NeverTrigger()),
            ValueError,
            r"NeverTrigger cannot be used with EventTimeSessionWindows, .* can_merge\(\) says no",
        ),
        (lambda k: k.window(SECONDS).allowed_lateness(-1), ValueError, "is 0 or more; not -1"),
        (lambda k: k.window(SECONDS).allowed_lateness("1"), TypeError, "the time_ms is a int"),
        (lambda k: k.window(SECONDS).side_output_late_data("x"), TypeError, "is an OutputTag"),
        (lambda k: k.window(SECONDS).reduce(5), TypeError, "the reduce_function is a function of"),
        (lambda k: k.window(SECONDS).reduce(Total), TypeError, "the reduce_function is a function"),
        (lambda k: k.window(SECONDS).aggregate(later), TypeError, "is an AggregateFunction"),
        (lambda k: k.window(SECONDS).apply(later), TypeError, "is a WindowFunction, for example"),
        (lambda k: k.window(SECONDS).process(Describe()), TypeError, "is a ProcessWindowFunction"),
        (
            lambda k: k.window(SECONDS).reduce(later, later),
            TypeError,
            r"for example MyWindowFunction\(\) or MyProcessWindowFunction\(\); not",
        ),
        (
            lambda k: k.window_all(SECONDS).reduce(later, Describe()),
            TypeError,
            r"MyAllWindowFunction\(\) or MyProcessAllWindowFunction\(\); not",
        ),
        (
            lambda k: k.window(SECONDS).apply(Describe(), "text"),
            TypeError,
            r"apply\(\): the output_type is a TypeInformation",
        ),
    ],
)
def test_wrong_use(single, use, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        use(clicks(single))


def test_a_failure_names_the_operator_and_the_record(single) -> None:
    class Fails(WindowFunction):
        def apply(self, key, window, inputs):
            yield 1 // window.start

    results = clicks(single).window(SECONDS).apply(Fails()).name("inverse")
    with pytest.raises(ZeroDivisionError) as failure:
        list(results.execute_and_collect())
    assert "operator 'inverse', subtask 1 of 1" in notes_of(failure.value)


def test_a_result_of_another_type_names_the_function(single) -> None:
    results = clicks(single).window(SECONDS).apply(Describe(), LONG)
    with pytest.raises(Exception, match=r"function 'Describe.apply': expected LONG"):
        list(results.execute_and_collect())


def test_a_reduced_value_of_another_type(single) -> None:
    results = clicks(single).window(SECONDS).reduce(lambda a, b: "text")
    with pytest.raises(Exception, match=r"'window-contents' of the key 'a': expected TUPLE of 2"):
        list(results.execute_and_collect())


def test_records_without_timestamps(single) -> None:
    stream = single.from_collection(CLICKS, CLICK).key_by(by_user, TEXT).window(SECONDS)
    with pytest.raises(ValueError, match=r"call assign_timestamps_and_watermarks\(\) before"):
        list(stream.reduce(later).execute_and_collect())


def test_a_function_that_cannot_be_sent(single) -> None:
    class Locked(Describe):
        def __init__(self) -> None:
            self.lock = threading.Lock()

    with pytest.raises(Exception, match="the attribute 'lock' of .*Locked is a _thread.lock"):
        clicks(single).window(SECONDS).apply(Locked())
