# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Keyed state, timers and windows at parallelism 2."""

from __future__ import annotations


def test_state_timers_and_windows(program, run) -> None:
    job = program(
        """
        from pyflink.common import Time, Types, WatermarkStrategy
        from pyflink.common.watermark_strategy import TimestampAssigner
        from pyflink.datastream import KeyedProcessFunction, StreamExecutionEnvironment
        from pyflink.datastream.state import ValueStateDescriptor
        from pyflink.datastream.window import TumblingEventTimeWindows

        class First(TimestampAssigner):
            def extract_timestamp(self, value, record_timestamp):
                return value[0]

        class SumAtEnd(KeyedProcessFunction):
            def open(self, runtime_context):
                self.sum = runtime_context.get_state(ValueStateDescriptor("sum", Types.LONG()))

            def process_element(self, value, ctx):
                self.sum.update((self.sum.value() or 0) + value[0])
                ctx.timer_service().register_event_time_timer(10_000)

            def on_timer(self, timestamp, ctx):
                yield ctx.get_current_key(), self.sum.value()

        env = StreamExecutionEnvironment.get_execution_environment()
        env.set_parallelism(2)
        numbers = env.from_collection(
            [(n, n % 3) for n in range(300)], Types.TUPLE([Types.LONG(), Types.LONG()])
        ).assign_timestamps_and_watermarks(
            WatermarkStrategy.for_monotonous_timestamps().with_timestamp_assigner(First())
        )
        keyed = numbers.key_by(lambda pair: pair[1], Types.LONG())
        print(sorted(keyed.process(SumAtEnd()).execute_and_collect()))
        windows = keyed.window(TumblingEventTimeWindows.of(Time.milliseconds(100)))
        sums = windows.reduce(lambda a, b: (a[0] + b[0], a[1]))
        print(sorted(sums.execute_and_collect()))
        """
    )
    answer = run(job)
    assert answer.returncode == 0, answer.stderr
    sums, windows = answer.stdout.splitlines()
    assert sums == str([(key, sum(range(key, 300, 3))) for key in range(3)])
    expected = [
        (sum(n for n in range(start, start + 100) if n % 3 == key), key)
        for start in (0, 100, 200)
        for key in range(3)
    ]
    assert windows == str(sorted(expected))
