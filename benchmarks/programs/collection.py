# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A million tuples as a source, into a sink that drops them; prints the seconds as JSON."""

import json
import time

from pyflink.common import Types
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.functions import SinkFunction

DISCARD = "org.apache.flink.streaming.api.functions.sink.legacy.DiscardingSink"

tuples = [(i, "aaa") for i in range(1_000_000)]
env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
env.from_collection([(1, "a")], Types.TUPLE([Types.INT(), Types.STRING()])).add_sink(
    SinkFunction(DISCARD)
)
env.execute("warm-up")
start = time.perf_counter()
ds = env.from_collection(tuples, Types.TUPLE([Types.INT(), Types.STRING()]))
built = time.perf_counter()
ds.add_sink(SinkFunction(DISCARD))
env.execute("collection")
print(json.dumps({"build": built - start, "run": time.perf_counter() - built}))
