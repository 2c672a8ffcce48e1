# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Two records through a Python function."""

from pyflink.common import Types
from pyflink.datastream import StreamExecutionEnvironment

env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
env.from_collection([1, 2], Types.LONG()).map(lambda i: i + 1, Types.LONG()).print()
env.execute("two_records")
