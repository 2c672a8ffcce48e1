# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Jobs with state and timers that are stopped with a savepoint and go on in another form."""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path

import pytest

from pyflink.common import Configuration, Encoder, Time, Types, WatermarkStrategy
from pyflink.datastream import KeyedProcessFunction, StreamExecutionEnvironment
from pyflink.datastream.connectors import FileSink
from pyflink.datastream.connectors.base import Source
from pyflink.datastream.state import (
    ListStateDescriptor,
    MapStateDescriptor,
    ReducingStateDescriptor,
    StateTtlConfig,
    ValueStateDescriptor,
)
from pyflink.java_gateway import get_gateway

LONG, TEXT = Types.LONG(), Types.STRING()
KEYS = 20
NUMBERS = 20_000
END = 2**62


def numbers(env, test_jar: Path, rate: float, count: int = NUMBERS):
    """0, 1, 2 ... so many each second; a savepoint knows how far they have come."""
    env.add_jars(test_jar.as_uri())
    jvm = get_gateway().jvm
    limits = jvm.org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy
    source = jvm.org.apache.flink.connector.datagen.source.DataGeneratorSource(
        jvm.io.flinker.testing.SameNumber(),
        count,
        limits.perSecond(float(rate)),
        LONG.get_java_type_info(),
    )
    return env.from_source(Source(source), WatermarkStrategy.no_watermarks(), "n", LONG).uid("n")


def environment(
    backend: str, parallelism: int, savepoint: str | None, restarts: str = "disable"
) -> StreamExecutionEnvironment:
    settings = Configuration()
    settings.set_string("state.backend.type", backend)
    settings.set_string("flinker.state.cache-size", "10 kb")
    settings.set_string("restart-strategy.type", restarts)
    if savepoint is not None:
        settings.set_string("execution.state-recovery.path", savepoint)
    env = StreamExecutionEnvironment.get_execution_environment(settings)
    env.set_parallelism(parallelism)
    return env


def stop(client, folder: Path, seconds: float) -> str:
    """Stops a job some time after all of it runs; returns where the savepoint is."""
    deadline = time.monotonic() + 60
    while True:
        try:
            # only taken when all tasks run
            client.trigger_savepoint((folder / "first").as_uri()).result()
            break
        except Exception as e:
            if "Not all required tasks" not in str(e) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    time.sleep(seconds)
    return client.stop_with_savepoint(False, folder.as_uri()).result()


class Everything(KeyedProcessFunction):
    """State of every kind, a timer for the end of time and one for soon."""

    def open(self, runtime_context) -> None:
        get = runtime_context
        self.count = get.get_state(ValueStateDescriptor("count", LONG))
        self.tens = get.get_list_state(ListStateDescriptor("tens", LONG))
        self.last = get.get_map_state(MapStateDescriptor("last", LONG, LONG))
        self.sum = get.get_reducing_state(ReducingStateDescriptor("sum", int.__add__, LONG))

    def process_element(self, value, ctx):
        count = (self.count.value() or 0) + 1
        self.count.update(count)
        if count % 10 == 0:
            self.tens.add(value)
        self.last[count % 300] = value
        self.sum.add(value)
        if count == 1:
            timers = ctx.timer_service()
            timers.register_event_time_timer(END)
            timers.register_processing_time_timer(timers.current_processing_time() + 1000)
        yield f"{ctx.get_current_key()} {count} {value}"

    def on_timer(self, timestamp, ctx):
        if timestamp != END:
            yield f"{ctx.get_current_key()} soon"
            return
        last = sum(self.last.values())
        yield f"{ctx.get_current_key()} end {self.sum.get()} {sum(self.tens)} {last}"


class MoreThanEverything(Everything):
    """As the program has become since: other code, and more state."""

    def open(self, runtime_context) -> None:
        super().open(runtime_context)
        self.more = runtime_context.get_state(ValueStateDescriptor("more", TEXT))

    def process_element(self, value, ctx):
        self.more.update("more")
        yield from super().process_element(value, ctx)


@pytest.mark.parametrize("backend", ["hashmap", "rocksdb"])
def test_stopped_rescaled_changed_and_ended(tmp_path: Path, test_jar: Path, backend) -> None:
    output = tmp_path / "output"

    def lines(pattern: str = "part-*") -> list[str]:
        return [line for part in output.rglob(pattern) for line in part.read_text().splitlines()]

    def start(parallelism, savepoint, function, rate, *, changed=False):
        env = environment(backend, parallelism, savepoint)
        keyed = numbers(env, test_jar, rate).key_by(lambda n: n % KEYS, LONG)
        results = keyed.process(function, TEXT).uid("everything")
        if changed:
            # in the operator that has the state, and in one of its own
            results = results.map(str.strip, TEXT).uid("strip").rebalance()
            results = results.map(str.strip, TEXT).uid("strip again")
        sink = FileSink.for_row_format(str(output), Encoder.simple_string_encoder()).build()
        results.sink_to(sink).uid("files")
        return env.execute_async()

    path = stop(start(1, None, Everything(), 2000), tmp_path / "1", 0.5)
    before = len(lines(".part-*"))
    assert KEYS < before < NUMBERS
    path = stop(start(4, path, Everything(), 2000), tmp_path / "2", 0.3)
    assert before < len(lines("*part-*")) < NUMBERS
    client = start(2, path, MoreThanEverything(), 8000, changed=True)
    client.get_job_execution_result().result()
    check(lines())


def check(lines: list[str]) -> None:
    found = defaultdict(list)
    for key, what, *more in map(str.split, lines):
        found[key, what if not what.isdigit() else "count"].append((what, *more))
    for key in range(KEYS):
        counted = list(enumerate(range(key, NUMBERS, KEYS), 1))
        name = str(key)
        assert sorted(found[name, "count"]) == sorted((str(i), str(n)) for i, n in counted)
        tens = sum(n for i, n in counted if i % 10 == 0)
        last = sum(n for _, n in counted[-300:])
        total = sum(n for _, n in counted)
        assert found[name, "end"] == [("end", str(total), str(tens), str(last))]
        assert found[name, "soon"] == [("soon",)]


# ---- what cannot go on


class Keeps(KeyedProcessFunction):
    """Has one state.

    Args:
        method: the runtime context's, that declares it.
        descriptor: of the state.
        keep: puts a value into it.
    """

    def __init__(self, method: str, descriptor, keep) -> None:
        self.method = method
        self.descriptor = descriptor
        self.keep = keep

    def open(self, runtime_context) -> None:
        self.state = getattr(runtime_context, self.method)(self.descriptor)

    def process_element(self, value, ctx):
        self.keep(self.state, value)
        yield value


def expiring(descriptor):
    descriptor.enable_time_to_live(StateTtlConfig.new_builder(Time.hours(1)).build())
    return descriptor


UPDATE = "get_state", (lambda state, value: state.update(value))
ADD = "get_list_state", (lambda state, value: state.add(value))
PUT = "get_map_state", (lambda state, value: state.put(value, value))


def test_state_that_is_declared_in_another_way(tmp_path: Path, test_jar: Path) -> None:
    """It ends the job, which would otherwise be tried again for ever."""

    def start(savepoint, ways, keys=LONG):
        env = environment("hashmap", 2, savepoint, "exponential-delay")
        keyed = numbers(env, test_jar, 1000, 400 if savepoint else NUMBERS)
        for name, ((method, keep), descriptor) in ways.items():
            keyed.key_by(lambda n: n % 5, keys).process(Keeps(method, descriptor, keep), LONG).uid(
                name
            ).print()
        return env.execute_async()

    def named(kind, *types):
        return kind("last", *types)

    saved = {
        "value": (UPDATE, named(ValueStateDescriptor, LONG)),
        "list": (ADD, named(ListStateDescriptor, LONG)),
        "map": (PUT, named(MapStateDescriptor, LONG, LONG)),
    }
    path = stop(start(None, saved), tmp_path, 0.2)

    def refused(message, ways, **changes) -> None:
        with pytest.raises(Exception, match=message):
            start(path, {**saved, **ways}, **changes).get_job_execution_result().result()

    declared = "(?s)The state 'last' was written as {} and is now declared as {}: .*'KEYED PROCESS'"
    of_texts = named(ValueStateDescriptor, TEXT)
    refused(declared.format("Long", "String"), {"value": (UPDATE, of_texts)})
    to_texts = named(MapStateDescriptor, LONG, TEXT)
    refused(declared.format("Long", "String"), {"map": (PUT, to_texts)})
    one = named(ValueStateDescriptor, LONG)
    refused(declared.format("a list state", "a value state"), {"list": (UPDATE, one)})
    short = expiring(named(ValueStateDescriptor, LONG))
    refused(declared.format("Long", "Long with a time to live"), {"value": (UPDATE, short)})
    refused("The keys of the state were written as Long and are now Int: ", {}, keys=Types.INT())
