# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Records that come late: for a minute a window takes them and fires again; then it is too late."""

import time

from pyflink.common import Time, Types, WatermarkStrategy
from pyflink.datastream import OutputTag, StreamExecutionEnvironment
from pyflink.datastream.window import TumblingEventTimeWindows

LATE = OutputTag("late", Types.TUPLE([Types.STRING(), Types.LONG()]))
MINUTE = 60_000


def slowly(record):
    # so that the watermark goes on before the last records come
    time.sleep(0.3)
    return record


env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
env.get_config().set_auto_watermark_interval(10)
records = env.from_collection(
    [
        ("in time", 5 * MINUTE),
        ("the next minute", 6 * MINUTE + MINUTE // 2),
        ("late", 5 * MINUTE + 1),
        ("too late", 4 * MINUTE),
    ],
    Types.TUPLE([Types.STRING(), Types.LONG()]),
)
strategy = WatermarkStrategy.for_monotonous_timestamps()
strategy = strategy.with_timestamp_assigner(lambda record, _: record[1])
counts = (
    records.map(slowly, records.get_type())
    .assign_timestamps_and_watermarks(strategy)
    .window_all(TumblingEventTimeWindows.of(Time.minutes(1)))
    .allowed_lateness(MINUTE)
    .side_output_late_data(LATE)
    .reduce(lambda a, b: (f"{a[0]} + {b[0]}", a[1]))
)
counts.map(lambda record: record[0]).print("minute")
counts.get_side_output(LATE).map(lambda record: record[0]).print("late")
env.execute("late records")
