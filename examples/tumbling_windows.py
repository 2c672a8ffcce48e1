# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Tumbling windows: the mean response time of each page and minute; no request is kept."""

from pyflink.common import Duration, Time, Types, WatermarkStrategy
from pyflink.datastream import (
    AggregateFunction,
    ProcessWindowFunction,
    StreamExecutionEnvironment,
)
from pyflink.datastream.window import TumblingEventTimeWindows


class Mean(AggregateFunction):
    def create_accumulator(self):
        return 0, 0

    def add(self, value, accumulator):
        total, count = accumulator
        return total + value[1], count + 1

    def get_result(self, accumulator):
        total, count = accumulator
        return total / count

    def merge(self, acc_a, acc_b):
        return acc_a[0] + acc_b[0], acc_a[1] + acc_b[1]


class Describe(ProcessWindowFunction):
    def process(self, key, context, elements):
        (mean,) = elements
        yield f"{key} in minute {context.window().start // 60_000}: {mean:.1f} ms"


env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
# the page, how long the response took, and when the request came, in milliseconds
requests = env.from_collection(
    [("/", 12, 1_000), ("/", 8, 59_000), ("/cart", 30, 61_000), ("/", 5, 58_000), ("/", 7, 62_000)],
    Types.TUPLE([Types.STRING(), Types.LONG(), Types.LONG()]),
)
strategy = WatermarkStrategy.for_bounded_out_of_orderness(Duration.of_seconds(5))
strategy = strategy.with_timestamp_assigner(lambda request, _: request[2])
means = (
    requests.assign_timestamps_and_watermarks(strategy)
    .key_by(lambda request: request[0], Types.STRING())
    .window(TumblingEventTimeWindows.of(Time.minutes(1)))
    .aggregate(Mean(), Describe(), output_type=Types.STRING())
)
with means.execute_and_collect("response times") as results:
    for line in sorted(results):
        print(line)
