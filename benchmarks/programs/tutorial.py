# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The tutorial in its modern form; the folder to write to is the argument."""

import sys

from pyflink.common import Encoder, Types
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors import FileSink

env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
ds = env.from_collection(
    collection=[(1, "aaa"), (2, "bbb")],
    type_info=Types.ROW([Types.INT(), Types.STRING()]),
)
ds.sink_to(FileSink.for_row_format(sys.argv[1], Encoder.simple_string_encoder()).build())
env.execute("tutorial_job")
