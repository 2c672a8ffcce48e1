# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A second way out: what cannot be read goes to a side output and does not stop the job."""

from pyflink.common import Types
from pyflink.datastream import OutputTag, ProcessFunction, StreamExecutionEnvironment

UNREADABLE = OutputTag("unreadable", Types.STRING())


class Parse(ProcessFunction):
    def process_element(self, value, ctx):
        try:
            yield int(value)
        except ValueError as e:
            yield UNREADABLE, f"{value}: {e}"


env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
lines = env.from_collection(["1", "two", "3"], Types.STRING())
numbers = lines.process(Parse(), Types.LONG())
numbers.map(lambda i: i * i, Types.LONG()).print("square")
numbers.get_side_output(UNREADABLE).print("unreadable")
env.execute("parse")
