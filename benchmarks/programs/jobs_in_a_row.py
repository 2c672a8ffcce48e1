# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The tutorial's job five times in one process; prints the seconds of each as JSON."""

import json
import sys
import time

from pyflink.common import Encoder, Types
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors import FileSink

seconds = []
for run in range(5):
    start = time.perf_counter()
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(1)
    ds = env.from_collection(
        collection=[(1, "aaa"), (2, "bbb")],
        type_info=Types.ROW([Types.INT(), Types.STRING()]),
    )
    path = f"{sys.argv[1]}/{run}"
    ds.sink_to(FileSink.for_row_format(path, Encoder.simple_string_encoder()).build())
    env.execute("tutorial_job")
    seconds.append(time.perf_counter() - start)
print(json.dumps(seconds))
