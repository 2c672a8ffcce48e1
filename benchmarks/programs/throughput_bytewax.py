# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What Bytewax can express of throughput.py and keyed.py; same arguments, same output."""

import json
import sys
import time

import bytewax.operators as op
from bytewax.dataflow import Dataflow
from bytewax.inputs import DynamicSource, StatelessSourcePartition
from bytewax.outputs import DynamicSink, StatelessSinkPartition
from bytewax.testing import cluster_main

_BATCH = 1000


class Numbers(DynamicSource):
    """The numbers from 1 on, shared out among the workers."""

    def __init__(self, size):
        self._size = size

    def build(self, step_id, worker_index, worker_count):
        """One worker's share."""
        share = self._size // worker_count
        return _Numbers(worker_index * share + 1, (worker_index + 1) * share + 1)


class _Numbers(StatelessSourcePartition):
    def __init__(self, start, end):
        self._at, self._end = start, end

    def next_batch(self):
        if self._at >= self._end:
            raise StopIteration
        start, self._at = self._at, min(self._end, self._at + _BATCH)
        return list(range(start, self._at))


class Nothing(DynamicSink):
    """Takes everything and keeps nothing."""

    def build(self, step_id, worker_index, worker_count):
        """One for each worker."""
        return _Nothing()


class _Nothing(StatelessSinkPartition):
    def write_batch(self, items):
        pass


def longs(numbers):
    """One number of a number, and half of them."""
    return op.filter("even", op.map("next", numbers, lambda i: i + 1), lambda i: i % 2 == 0)


def tuples(numbers):
    """A tuple of a number, a tuple of a tuple, and half of them."""
    pairs = op.map("pair", numbers, lambda i: (i, "value"))
    nexts = op.map("next", pairs, lambda p: (p[0] + 1, p[1]))
    return op.filter("even", nexts, lambda p: p[0] % 2 == 0)


def objects(numbers):
    """The same with dicts."""
    dicts = op.map("dict", numbers, lambda i: {"id": i, "name": "value"})
    nexts = op.map("next", dicts, lambda d: {"id": d["id"] + 1, "name": d["name"]})
    return op.filter("even", nexts, lambda d: d["id"] % 2 == 0)


def sums(numbers, keys):
    """A sum for each key."""
    keyed = op.key_on("key", numbers, lambda i: str(i % keys))

    def add(total, number):
        total = (total or 0) + number
        return total, total

    return op.stateful_map("sum", keyed, add)


def sum_500(numbers):
    """A sum for each of 500 keys."""
    return sums(numbers, 500)


def sum_1m(numbers):
    """A sum for each of a million keys."""
    return sums(numbers, 1_000_000)


def reduce_1000(numbers):
    """A sum for each of 1,000 keys."""
    return sums(numbers, 1000)


def run(shape, parallelism, size):
    """The seconds of one flow."""
    flow = Dataflow("throughput")
    op.output("nothing", SHAPES[shape](op.input("numbers", flow, Numbers(size))), Nothing())
    start = time.perf_counter()
    cluster_main(flow, [], 0, worker_count_per_proc=parallelism)
    return time.perf_counter() - start


SHAPES = {f.__name__: f for f in (longs, tuples, objects, sum_500, sum_1m, reduce_1000)}

if __name__ == "__main__":
    shape, parallelism, _, *sizes = sys.argv[2:]
    print(json.dumps([run(shape, int(parallelism), int(size)) for size in sizes]))
