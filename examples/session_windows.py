# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Session windows: a user's clicks belong together until there is none for half an hour."""

from pyflink.common import Time, Types, WatermarkStrategy
from pyflink.datastream import StreamExecutionEnvironment, WindowFunction
from pyflink.datastream.window import EventTimeSessionWindows

MINUTE = 60_000


class Describe(WindowFunction):
    def apply(self, key, window, inputs):
        pages = [page for _, page, _ in sorted(inputs, key=lambda click: click[2])]
        minutes = (window.end - window.start) // MINUTE - 30
        yield f"{key}: {' '.join(pages)} in {minutes} minutes"


env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
clicks = env.from_collection(
    [
        ("ann", "home", 0),
        ("bob", "home", 3 * MINUTE),
        ("ann", "cart", 12 * MINUTE),
        ("ann", "home", 55 * MINUTE),
        ("bob", "help", 20 * MINUTE),
        # makes one session of two
        ("ann", "pay", 30 * MINUTE),
    ],
    Types.TUPLE([Types.STRING(), Types.STRING(), Types.LONG()]),
)
strategy = WatermarkStrategy.for_monotonous_timestamps()
strategy = strategy.with_timestamp_assigner(lambda click, _: click[2])
sessions = (
    clicks.assign_timestamps_and_watermarks(strategy)
    .key_by(lambda click: click[0], Types.STRING())
    .window(EventTimeSessionWindows.with_gap(Time.minutes(30)))
    .apply(Describe(), Types.STRING())
)
sessions.print()
env.execute("sessions")
