# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Timers: a sensor that has been silent for ten seconds is reported."""

from pyflink.common import Types, WatermarkStrategy
from pyflink.datastream import KeyedProcessFunction, StreamExecutionEnvironment
from pyflink.datastream.state import ValueStateDescriptor

SILENCE = 10_000


class Silence(KeyedProcessFunction):
    def open(self, runtime_context):
        alarm = ValueStateDescriptor("alarm", Types.LONG())
        self.alarm = runtime_context.get_state(alarm)

    def process_element(self, value, ctx):
        timers = ctx.timer_service()
        if self.alarm.value() is not None:
            timers.delete_event_time_timer(self.alarm.value())
        self.alarm.update(ctx.timestamp() + SILENCE)
        timers.register_event_time_timer(self.alarm.value())

    def on_timer(self, timestamp, ctx):
        self.alarm.clear()
        yield f"{ctx.get_current_key()} has been silent from {timestamp - SILENCE} on"


env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
readings = env.from_collection(
    [("attic", 1_000), ("cellar", 2_000), ("attic", 9_000), ("attic", 15_000)],
    Types.TUPLE([Types.STRING(), Types.LONG()]),
)
strategy = WatermarkStrategy.for_monotonous_timestamps().with_timestamp_assigner(
    lambda reading, _: reading[1]
)
silences = (
    readings.assign_timestamps_and_watermarks(strategy)
    .key_by(lambda reading: reading[0], Types.STRING())
    .process(Silence(), Types.STRING())
)
silences.print()
env.execute("silence")
