# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""State, timers and windows of keys; prints the seconds that each job took.

The arguments, after the folder: the shape, the parallelism, the execution mode (PyFlink's), and how
many numbers each job has. The first job is the warm-up. A setting may follow the mode, after a
comma: ``process,state.backend.type=rocksdb``.
"""

import json
import sys
import time

from pyflink.common import Configuration, Time, Types, WatermarkStrategy
from pyflink.common.watermark_strategy import TimestampAssigner
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors.base import Sink
from pyflink.datastream.connectors.number_seq import NumberSequenceSource
from pyflink.datastream.functions import AggregateFunction, KeyedProcessFunction
from pyflink.datastream.state import MapStateDescriptor, ValueStateDescriptor
from pyflink.datastream.window import (
    EventTimeSessionWindows,
    SlidingEventTimeWindows,
    TumblingEventTimeWindows,
)
from pyflink.java_gateway import get_gateway

LONG = Types.LONG()


class Sum(KeyedProcessFunction):
    """The sum of the numbers of each key so far."""

    def open(self, runtime_context):
        self.sum = runtime_context.get_state(ValueStateDescriptor("sum", Types.LONG()))

    def process_element(self, value, ctx):
        total = (self.sum.value() or 0) + value
        self.sum.update(total)
        yield total


class Counts(KeyedProcessFunction):
    """How often each of a hundred things has been there, for each key."""

    def open(self, runtime_context):
        self.counts = runtime_context.get_map_state(
            MapStateDescriptor("counts", Types.LONG(), Types.LONG())
        )

    def process_element(self, value, ctx):
        what = value // 1000 % 100
        count = (self.counts.get(what) or 0) + 1
        self.counts.put(what, count)
        yield count


class Alarm(KeyedProcessFunction):
    """A timer for each record."""

    def process_element(self, value, ctx):
        ctx.timer_service().register_event_time_timer(value + 1000)

    def on_timer(self, timestamp, ctx):
        yield timestamp


class Total(AggregateFunction):
    """A sum."""

    def create_accumulator(self):
        return 0

    def add(self, value, accumulator):
        return accumulator + value

    def get_result(self, accumulator):
        return accumulator

    def merge(self, a, b):
        return a + b


class Itself(TimestampAssigner):
    """A number is its own timestamp."""

    def extract_timestamp(self, value, record_timestamp):
        return value


def timed(numbers):
    """The numbers, a millisecond apart."""
    strategy = WatermarkStrategy.for_monotonous_timestamps().with_timestamp_assigner(Itself())
    return numbers.assign_timestamps_and_watermarks(strategy)


def by(numbers, keys):
    """The numbers, spread over some keys."""
    return numbers.key_by(lambda i: i % keys, LONG)


def sum_500(numbers):
    """A sum for each of 500 keys."""
    return by(numbers, 500).process(Sum(), LONG)


def sum_1m(numbers):
    """A sum for each of a million keys."""
    return by(numbers, 1_000_000).process(Sum(), LONG)


def reduce_1000(numbers):
    """The same by reduce, 1,000 keys."""
    return by(numbers, 1000).reduce(lambda a, b: a + b)


def map_state(numbers):
    """A map of a hundred entries for each of 1,000 keys."""
    return by(numbers, 1000).process(Counts(), LONG)


def timers(numbers):
    """A timer for each record, of 1,000 keys."""
    return by(timed(numbers), 1000).process(Alarm(), LONG)


def tumbling(numbers):
    """The sum of each second, of 100 keys."""
    windows = by(timed(numbers), 100).window(TumblingEventTimeWindows.of(Time.seconds(1)))
    return windows.aggregate(Total(), output_type=LONG)


def sliding(numbers):
    """The sum of a second, five times a second, of 100 keys."""
    assigner = SlidingEventTimeWindows.of(Time.seconds(1), Time.milliseconds(200))
    return by(timed(numbers), 100).window(assigner).aggregate(Total(), output_type=LONG)


def session(numbers):
    """The sum of what is less than 50 ms apart, of keys that come for 20 ms at a time."""
    keyed = timed(numbers).key_by(lambda i: i // 20 % 100, LONG)
    windows = keyed.window(EventTimeSessionWindows.with_gap(Time.milliseconds(50)))
    return windows.aggregate(Total(), output_type=LONG)


def run(shape, parallelism, mode, size):
    """The seconds of one job."""
    mode, *settings = mode.split(",")
    configuration = Configuration()
    configuration.set_string("python.execution-mode", mode)
    for setting in settings:
        configuration.set_string(*setting.split("="))
    env = StreamExecutionEnvironment.get_execution_environment(configuration)
    env.set_parallelism(parallelism)
    source = NumberSequenceSource(1, size)
    numbers = env.from_source(source, WatermarkStrategy.no_watermarks(), "numbers", LONG)
    sinks = get_gateway().jvm.org.apache.flink.streaming.api.functions.sink.v2
    SHAPES[shape](numbers).sink_to(Sink(sinks.DiscardingSink()))
    start = time.perf_counter()
    env.execute()
    return time.perf_counter() - start


SHAPES = {
    f.__name__: f
    for f in (sum_500, sum_1m, reduce_1000, map_state, timers, tumbling, sliding, session)
}

if __name__ == "__main__":
    shape, parallelism, mode, *sizes = sys.argv[2:]
    print(json.dumps([run(shape, int(parallelism), mode, int(size)) for size in sizes]))
