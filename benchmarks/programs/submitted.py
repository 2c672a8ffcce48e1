# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A map over a few records, printed where the task manager's standard output goes."""

import sys

from pyflink.common import Types
from pyflink.datastream import StreamExecutionEnvironment

mark = sys.argv[1]
env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
numbers = env.from_collection([1, 2, 3], Types.INT())
numbers.map(lambda number: f"{mark}-{number}", Types.STRING()).print()
env.execute("submitted")
