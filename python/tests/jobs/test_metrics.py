# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Metrics of functions among Flink's own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from pyflink.common import Configuration, Types
from pyflink.datastream import (
    DataStream,
    MapFunction,
    RuntimeContext,
    StreamExecutionEnvironment,
)
from pyflink.java_gateway import get_gateway

LOG = "io.flinker.testing.MetricLog"


@pytest.fixture
def env(test_jar) -> StreamExecutionEnvironment:
    """An environment on a cluster that reports to the log, under short names."""
    get_gateway().jvm.io.flinker.gateway.UserJars.add(test_jar.as_uri())
    settings = Configuration()
    settings.set_string("metrics.reporter.log.factory.class", LOG)
    settings.set_string("metrics.scope.operator", "<job_name>.<operator_name>.<subtask_index>")
    env = StreamExecutionEnvironment.get_execution_environment(settings)
    env.set_parallelism(1)
    return env


def call(method: str, argument: str) -> Any:
    return getattr(get_gateway().jvm.io.flinker.testing.MetricLog, method)(argument)


def await_end(job: str) -> None:
    """A task says that it has finished before it gives back what it holds."""
    deadline = time.monotonic() + 20
    while call("live", job):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def run(stream, job: str) -> dict[str, str]:
    """What the metrics of a job's operators came to."""
    stream.print()
    stream.get_execution_environment().execute(job)
    await_end(job)
    found = {}
    for line in (call("last", job) or "").splitlines():
        name, value = line.removeprefix(job + ".").split(" ", 1)
        found[name] = value
    return found


class Watched(MapFunction):
    """Runs what it is given with its metrics."""

    def __init__(self, open: Callable[[Any], Any], each: Callable[[Any, Any], Any]) -> None:
        self._open = open
        self._each = each

    def open(self, runtime_context: RuntimeContext) -> None:
        self._metric = self._open(runtime_context.get_metrics_group())

    def map(self, value):
        self._each(self._metric, value)
        return value


def test_a_counter(env) -> None:
    counting = Watched(lambda group: group.counter("ups"), lambda counter, i: counter.inc(i))
    stream = env.from_collection([5, -2, 4], Types.INT()).map(counting).name("up")
    assert run(stream, "counter")["up.0.ups"] == "counter 7"


def test_a_counter_counts_whole_numbers(env, caplog) -> None:
    counting = Watched(lambda group: group.counter("n"), lambda counter, i: counter.inc(0.75))
    stream = env.from_collection([1, 2], Types.INT()).map(counting).name("m")
    assert run(stream, "fractions-counted")["m.0.n"] == "counter 1"

    counting = Watched(lambda group: group.counter("n"), lambda counter, i: counter.inc(i))
    stream = env.from_collection([float("nan")], Types.DOUBLE()).map(counting).name("m")
    assert run(stream, "nan")["m.0.n"] == "counter 0"
    assert [record.getMessage() for record in caplog.records] == [
        "The counter 'n' cannot be nan: cannot convert float NaN to integer"
    ]


def test_huge_numbers(env) -> None:
    counting = Watched(lambda group: group.counter("n"), lambda counter, i: counter.inc(i))
    stream = env.from_collection([1 << 62] * 3, Types.LONG()).map(counting).name("m")
    assert run(stream, "huge")["m.0.n"] == f"counter {(1 << 63) - 1}"


def test_a_meter(env) -> None:
    marking = Watched(lambda group: group.meter("events", 5), lambda meter, i: meter.mark_event(i))
    stream = env.from_collection([1, 2], Types.INT()).map(marking).name("mark")
    assert run(stream, "meter")["mark.0.events"] == "meter 3"


@pytest.mark.parametrize(
    ("value", "shown"), [(7, "7"), (0.5, "0.5"), (True, "true"), ("on", "on"), ([1], "[1]")]
)
def test_a_gauge(env, value, shown) -> None:
    def gauge(group):
        group.gauge("level", lambda: value)

    stream = env.from_collection([1], Types.INT()).map(Watched(gauge, lambda _, i: None)).name("m")
    assert run(stream, "gauge")["m.0.level"] == f"gauge {shown}"


def test_a_distribution(env) -> None:
    updating = Watched(lambda group: group.distribution("sizes"), lambda sizes, i: sizes.update(i))
    stream = env.from_collection([3, 1, 8], Types.INT()).map(updating).name("m")
    metrics = run(stream, "distribution")
    assert metrics["m.0.sizes"] == "gauge DistributionResult{sum=12, count=3, min=1, max=8}"
    parts = ("count", "sum", "min", "max", "mean")
    values = [metrics[f"m.0.sizes_{part}"] for part in parts]
    assert values == ["gauge 3", "gauge 12", "gauge 1", "gauge 8", "gauge 4.0"]


def test_a_distribution_of_fractions_and_one_of_nothing(env) -> None:
    def both(group):
        group.distribution("none")
        return group.distribution("some")

    stream = env.from_collection([0.5, 1.0], Types.DOUBLE())
    metrics = run(stream.map(Watched(both, lambda some, x: some.update(x))).name("m"), "fractions")
    assert metrics["m.0.some_mean"] == "gauge 0.75"
    assert metrics["m.0.none_count"] == "gauge 0"
    assert metrics["m.0.none_mean"] == "gauge null"


def test_groups_and_user_variables(env) -> None:
    def nested(group):
        return group.add_group("cache").add_group("city", "Berlin").counter("hits")

    stream = env.from_collection([1], Types.INT())
    stream = stream.map(Watched(nested, lambda hits, i: hits.inc())).name("m")
    metrics = run(stream, "groups")
    assert metrics["m.0.cache.city.Berlin.hits"] == "counter 1"
    variables = call("variables", "groups.m.0.cache.city.Berlin.hits")
    assert "<city>=Berlin" in variables
    assert "<operator_name>=m, " in variables


def test_functions_of_a_chain_have_their_own(env) -> None:
    def counting(step: int) -> Watched:
        return Watched(lambda group: group.counter("n"), lambda n, i: n.inc(step))

    stream = env.from_collection([1, 2], Types.INT()).map(counting(1)).name("one")
    stream = stream.map(counting(10)).name("ten").map(counting(100)).name("ten")
    metrics = run(stream, "chain")
    assert {name: value for name, value in metrics.items() if name.endswith(".0.n")} == {
        "one.0.n": "counter 2",
        "ten.0.n": "counter 20",
        "ten-2.0.n": "counter 200",
    }


def test_each_subtask_has_its_own(env) -> None:
    env.set_parallelism(2)
    counting = Watched(lambda group: group.counter("n"), lambda n, i: n.inc())
    stream = env.from_collection(list(range(10)), Types.INT()).rebalance().map(counting).name("m")
    metrics = run(stream, "subtasks")
    assert (metrics["m.0.n"], metrics["m.1.n"]) == ("counter 5", "counter 5")


def becomes(identifier: str, value: str, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while call("now", identifier) != value:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_values_come_while_a_function_works(env, tmp_path) -> None:
    done = tmp_path / "done"

    def wait(metrics, value):
        metrics.inc()
        while not done.exists():
            time.sleep(0.01)

    waiting = Watched(lambda group: group.counter("begun"), wait)
    env.from_collection([1], Types.INT()).map(waiting).name("m").print()
    client = env.execute_async("busy")
    try:
        assert becomes("busy.m.0.begun", "counter 1")
    finally:
        done.touch()
    client.get_job_execution_result().result()


def test_gauges_are_asked_while_the_input_pauses(env, tmp_path) -> None:
    level = tmp_path / "level"
    level.write_text("low")

    def gauge(group):
        group.gauge("level", level.read_text)

    def late(metrics, value):
        metrics[0].add_group("late").counter("n").inc()

    watched = Watched(lambda group: [group, gauge(group)], late)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        lines = env._j_stream_execution_environment.socketTextStream("127.0.0.1", port)
        DataStream(lines).map(watched).name("m").print()
        client = env.execute_async("pause")
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"a line\n")
            assert becomes("pause.m.0.level", "gauge low")
            level.write_text("high")
            assert becomes("pause.m.0.level", "gauge high")
            # registered with a record
            assert becomes("pause.m.0.late.n", "counter 1")
        client.get_job_execution_result().result()


def test_gauges_are_asked_in_the_midst_of_a_message(env, tmp_path) -> None:
    done = tmp_path / "done"
    seen = []

    def work(_, value):
        if not done.exists():
            time.sleep(0.01)
        seen.append(value)

    watched = Watched(lambda group: group.gauge("seen", lambda: len(seen)), work)
    numbers = env.from_collection(list(range(10_000)), Types.INT())
    numbers.map(watched).name("m").filter(lambda i: False).print()
    client = env.execute_async("slow")
    try:
        deadline = time.monotonic() + 20
        while (call("now", "slow.m.0.seen") or "gauge 0") in ("gauge 0", "gauge null"):
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        done.touch()
    client.get_job_execution_result().result()
    await_end("slow")
    assert call("last", "slow.m.0.seen") == "slow.m.0.seen gauge 10000\n"


def test_a_gauge_that_fails_is_reported_once_and_the_job_goes_on(env, caplog) -> None:
    def gauge(group):
        answers = iter([3])
        group.gauge("level", lambda: next(answers))

    stream = env.from_collection([1], Types.INT()).map(Watched(gauge, lambda _, i: None)).name("m")
    assert run(stream, "broken")["m.0.level"] == "gauge 3"
    (record,) = caplog.records
    assert record.getMessage().startswith("The gauge 'level' has failed and keeps its last value.")
    assert record.exc_text.rstrip().endswith("StopIteration")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda group: group.counter(5), "The name of a metric is a str, not int: 5."),
        (lambda group: group.gauge("g", 5), "The gauge 'g' needs a function that returns"),
        (lambda group: group.add_group(None), "The name of a metric group is a str, not NoneType"),
        (lambda group: group.meter("m", "5"), "The time span of the meter 'm' is a number of"),
    ],
    ids=["name", "gauge", "group", "meter"],
)
def test_bad_input(env, wrong, message) -> None:
    stream = env.from_collection([1], Types.INT()).map(Watched(wrong, lambda _, i: None))
    with pytest.raises(TypeError, match=message):
        list(stream.execute_and_collect())


def test_metrics_can_be_switched_off(env) -> None:
    off = Configuration()
    off.set_string("python.metric.enabled", "false")
    env.configure(off)
    counting = Watched(lambda group: group.counter("n"), lambda n, i: n.inc())
    stream = env.from_collection([1], Types.INT()).map(counting).name("m")
    assert "m.0.n" not in run(stream, "off")


@pytest.fixture
def debugged(env) -> StreamExecutionEnvironment:
    """The same where functions run in this process."""
    env.configure(Configuration().set_string("flinker.debug", "true"))
    return env


def test_metrics_of_functions_in_this_process(debugged) -> None:
    def both(group):
        group.gauge("level", lambda: "high")
        return group.counter("ups")

    stream = debugged.from_collection([5, -2, 4], Types.INT())
    stream = stream.map(Watched(both, lambda counter, i: counter.inc(i))).name("up")
    metrics = run(stream, "debugged")
    assert (metrics["up.0.ups"], metrics["up.0.level"]) == ("counter 7", "gauge high")


def test_gauges_are_asked_in_this_process_as_well(debugged) -> None:
    """In the midst of a message, and while the input pauses."""

    def midst(metrics, line):
        seen, deadline = metrics
        if call("now", "mine.m.0.seen") in (None, "gauge null", "gauge 0"):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        seen.append(line)

    def gauge(group):
        seen: list[str] = []
        group.gauge("seen", lambda: len(seen))
        return seen, time.monotonic() + 15

    answers = []

    def feed(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"work\n" * 2000)
            answers.append(becomes("mine.m.0.seen", "gauge 2000"))
            connection.sendall(b"last\n")
            answers.append(becomes("mine.m.0.seen", "gauge 2001"))

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        feeder = threading.Thread(target=feed, args=(server,), daemon=True)
        feeder.start()
        port = server.getsockname()[1]
        lines = debugged._j_stream_execution_environment.socketTextStream("127.0.0.1", port)
        watched = DataStream(lines).map(Watched(gauge, midst)).name("m")
        watched.filter(lambda line: False).print()
        debugged.execute("mine")
        feeder.join(20)
    assert answers == [True, True]
