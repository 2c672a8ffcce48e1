# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A sum for each of many keys; prints the most memory that the worker of the sums has had.

The arguments, after the folder: the size of the cache and the number of keys.
"""

import json
import sys
import threading
import time
from pathlib import Path

from keyed import LONG, Sum
from pyflink.common import Configuration, WatermarkStrategy
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors.base import Sink
from pyflink.datastream.connectors.number_seq import NumberSequenceSource
from pyflink.java_gateway import get_gateway


def private_bytes() -> int:
    """The most private memory that a descendant of this process has, of those that are Python."""
    most = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
            if fields["Name"].strip().startswith("python"):
                most = max(most, int(fields.get("RssAnon", "0 kB").split()[0]) * 1024)
        except (OSError, ValueError):
            continue
    return most


def watch(found: list[int]) -> None:
    while True:
        found[0] = max(found[0], private_bytes())
        time.sleep(0.05)


def run(cache: str, keys: int) -> int:
    configuration = Configuration()
    configuration.set_string("flinker.state.cache-size", cache)
    configuration.set_string("state.backend.type", "rocksdb")
    env = StreamExecutionEnvironment.get_execution_environment(configuration)
    env.set_parallelism(1)
    source = NumberSequenceSource(1, keys)
    numbers = env.from_source(source, WatermarkStrategy.no_watermarks(), "numbers", LONG)
    sinks = get_gateway().jvm.org.apache.flink.streaming.api.functions.sink.v2
    sums = numbers.key_by(lambda i: i, LONG).process(Sum(), LONG)
    sums.sink_to(Sink(sinks.DiscardingSink()))
    found = [0]
    threading.Thread(target=watch, args=(found,), daemon=True).start()
    env.execute()
    return found[0]


print(json.dumps(run(sys.argv[2], int(sys.argv[3]))))
