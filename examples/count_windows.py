# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Count windows: the highest of the last three readings of a sensor, with every reading."""

from pyflink.common import Types
from pyflink.datastream import StreamExecutionEnvironment

env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
readings = env.from_collection(
    [("attic", 20), ("attic", 24), ("cellar", 8), ("attic", 23), ("attic", 21), ("attic", 22)],
    Types.TUPLE([Types.STRING(), Types.LONG()]),
)
highest = (
    readings.key_by(lambda reading: reading[0], Types.STRING())
    .count_window(3, 1)
    .reduce(lambda a, b: max(a, b, key=lambda reading: reading[1]))
)
# the cellar has had one reading only, which fills no window
highest.print()
env.execute("highest")
