# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Sliding windows: each minute, how many visitors there were in the last three."""

from pyflink.common import Time, Types, WatermarkStrategy
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.functions import AllWindowFunction
from pyflink.datastream.window import SlidingEventTimeWindows


class Visitors(AllWindowFunction):
    def apply(self, window, inputs):
        names = {name for name, _ in inputs}
        yield f"until minute {window.end // 60_000}: {len(names)} ({', '.join(sorted(names))})"


env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
visits = env.from_collection(
    [("ann", 10_000), ("bob", 70_000), ("ann", 90_000), ("eve", 200_000)],
    Types.TUPLE([Types.STRING(), Types.LONG()]),
)
strategy = WatermarkStrategy.for_monotonous_timestamps()
strategy = strategy.with_timestamp_assigner(lambda visit, _: visit[1])
visitors = (
    visits.assign_timestamps_and_watermarks(strategy)
    .window_all(SlidingEventTimeWindows.of(Time.minutes(3), Time.minutes(1)))
    .apply(Visitors(), Types.STRING())
)
visitors.print()
env.execute("visitors")
