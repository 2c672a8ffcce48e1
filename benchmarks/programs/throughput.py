# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A chain of Python functions over numbers; prints the seconds that each job took.

The arguments, after the folder: the shape, the parallelism, the execution mode (PyFlink's), and how
many numbers each job has. The first job is the warm-up.
"""

import json
import sys
import time

from pyflink.common import Configuration, Row, Types, WatermarkStrategy
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors.base import Sink
from pyflink.datastream.connectors.number_seq import NumberSequenceSource
from pyflink.java_gateway import get_gateway

LONG = Types.LONG()
PAIR = Types.TUPLE([Types.LONG(), Types.STRING()])
WIDE = Types.ROW([Types.LONG(), Types.STRING(), Types.DOUBLE(), Types.BOOLEAN(), Types.INT()] * 2)
NESTED = Types.ROW([Types.LONG(), Types.LIST(Types.STRING()), Types.MAP(Types.STRING(), LONG)])
TEXT = "x" * 1000


def longs(numbers):
    """One number of a number, and half of them."""
    return numbers.map(lambda i: i + 1, LONG).filter(lambda i: i % 2 == 0)


def tuples(numbers):
    """A tuple of a number, a tuple of a tuple, and half of them."""
    pairs = numbers.map(lambda i: (i, "value"), PAIR)
    return pairs.map(lambda p: (p[0] + 1, p[1]), PAIR).filter(lambda p: p[0] % 2 == 0)


def objects(numbers):
    """The same with dicts of no declared type."""
    dicts = numbers.map(lambda i: {"id": i, "name": "value"})
    return dicts.map(lambda d: {"id": d["id"] + 1, "name": d["name"]}).filter(
        lambda d: d["id"] % 2 == 0
    )


def rows(numbers):
    """Rows of ten fields."""
    return numbers.map(lambda i: Row(i, "a", 0.5, True, 1, i, "b", 1.5, False, 2), WIDE)


def texts(numbers):
    """Texts of 1 KB."""
    return numbers.map(lambda i: TEXT, Types.STRING())


def nested(numbers):
    """Rows with a list and a map."""
    return numbers.map(lambda i: Row(i, ["a", "b"], {"k": i}), NESTED)


def run(shape, parallelism, mode, size):
    """The seconds of one job."""
    configuration = Configuration()
    configuration.set_string("python.execution-mode", mode)
    env = StreamExecutionEnvironment.get_execution_environment(configuration)
    env.set_parallelism(parallelism)
    source = NumberSequenceSource(1, size)
    numbers = env.from_source(source, WatermarkStrategy.no_watermarks(), "numbers", LONG)
    sinks = get_gateway().jvm.org.apache.flink.streaming.api.functions.sink.v2
    SHAPES[shape](numbers).sink_to(Sink(sinks.DiscardingSink()))
    start = time.perf_counter()
    env.execute()
    return time.perf_counter() - start


SHAPES = {f.__name__: f for f in (longs, tuples, objects, rows, texts, nested)}

if __name__ == "__main__":
    shape, parallelism, mode, *sizes = sys.argv[2:]
    print(json.dumps([run(shape, int(parallelism), mode, int(size)) for size in sizes]))
