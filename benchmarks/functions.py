#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Python functions: records per second, latency, start, memory."""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Callable
from dataclasses import dataclass

from startup import await_archive, print_table

import measure
from environments import Environment, make, make_bytewax

_SHAPES = {
    "longs": "map+filter, LONG",
    "tuples": "map+map+filter, (LONG, STRING)",
    "objects": "map+map+filter, Python objects",
    "rows": "map, Row of 10 fields",
    "texts": "map, 1 KB STRING",
    "nested": "map, Row with LIST and MAP",
}
_BYTEWAX_SHAPES = ("longs", "tuples", "objects")


@dataclass(frozen=True)
class Peer:
    """Who is measured, and how many records make a few seconds for it."""

    name: str
    environment: Environment
    mode: str
    program: str
    sizes: dict[str, tuple[int, int, int]]

    def rate(self, shape: str, parallelism: int) -> float | None:
        """Records per second: the slope between two jobs, after a warm-up."""
        sizes = self.sizes.get(shape)
        if sizes is None:
            return None
        arguments = [shape, str(parallelism), self.mode, *map(str, sizes)]
        output = measure.seconds(self.environment, self.program, *arguments)[1]
        _, small, large = json.loads(output)
        return (sizes[2] - sizes[1]) / (large - small)


def peers(fresh: bool) -> tuple[Environment, Environment, list[Peer]]:
    """Flinker, PyFlink in both modes, and Bytewax if it can be installed."""
    flinker, pyflink = make(fresh)
    bytewax = make_bytewax(fresh)
    quick = dict.fromkeys(_SHAPES, (1000000, 2000000, 8000000))
    quick["longs"] = (4_000_000, 4_000_000, 20_000_000)
    quick["texts"] = (100_000, 200_000, 1_000_000)
    slow = dict.fromkeys(_SHAPES, (20000, 50000, 200000))
    middle = dict.fromkeys(_SHAPES, (50000, 100000, 500000))
    found = [
        Peer("Flinker", flinker, "process", "throughput.py", quick),
        Peer("PyFlink, process", pyflink, "process", "throughput.py", slow),
        Peer("PyFlink, thread", pyflink, "thread", "throughput.py", middle),
    ]
    if bytewax is not None:
        sizes = {shape: quick[shape] for shape in _BYTEWAX_SHAPES}
        found.append(Peer("Bytewax", bytewax, "", "throughput_bytewax.py", sizes))
    return flinker, pyflink, found


def main() -> None:
    """Measures all peers in turn and prints tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fresh", action="store_true", help="make the environments again")
    parser.add_argument("--runs", type=int, default=3, help="runs of each (default: 3)")
    parser.add_argument(
        "--only", choices=["throughput", "latency", "start", "flat"], help="one table of them"
    )
    options = parser.parse_args()
    flinker, pyflink, found = peers(options.fresh)
    measure.seconds(flinker, "two_records.py")
    await_archive(flinker)
    tables: dict[str, Callable[[], None]] = {
        "throughput": lambda: throughput(found, options.runs),
        "latency": lambda: latency(flinker, pyflink),
        "start": lambda: start(flinker, pyflink, options.runs),
        "flat": lambda: flat(flinker),
    }
    for name, table in tables.items():
        if options.only in (None, name):
            table()
            print(flush=True)


def throughput(found: list[Peer], runs: int) -> None:
    """Records per second, the median of some runs."""
    rows: list[tuple[str, ...]] = [("1000 records/s", *(peer.name for peer in found), "ratios")]
    for parallelism in (1, 2):
        for shape, what in _SHAPES.items():
            rates: list[list[float]] = [[] for _ in found]
            for _ in range(runs):
                for peer, rate in zip(found, rates, strict=True):
                    measured = peer.rate(shape, parallelism)
                    if measured is not None:
                        rate.append(measured)
            medians = [statistics.median(rate) if rate else None for rate in rates]
            ours = medians[0]
            assert ours is not None
            cells = [f"{median / 1000:.0f}" if median else "" for median in medians]
            ratios = ", ".join(f"{ours / median:.1f}" for median in medians[1:] if median)
            rows.append((f"{what}; parallelism {parallelism}", *cells, ratios))
            print(rows[-1], flush=True)
    print_table(rows)


def latency(flinker: Environment, pyflink: Environment) -> None:
    """How long a record takes from socket to socket, without the first fifth of them."""
    rows: list[tuple[str, ...]] = [("ms, socket to socket", "p50", "p99", "most")]
    jobs = [
        (flinker, "none", "Flink without a map"),
        (flinker, "map", "Flinker, Python map"),
        (pyflink, "map", "PyFlink 2.3.0, Python map"),
    ]
    for rate, count in ((200, 3000), (10_000, 100_000)):
        for environment, kind, what in jobs:
            arguments = [str(rate), str(count), kind]
            output = measure.seconds(environment, "latency.py", *arguments)[1]
            found = sorted(json.loads(output)[count // 5 :])
            points = [found[int(q * (len(found) - 1))] for q in (0.5, 0.99, 1)]
            rows.append((f"{what}, {rate}/s", *(f"{1000 * point:.2f}" for point in points)))
    print_table(rows)


def start(flinker: Environment, pyflink: Environment, runs: int) -> None:
    """Two records as a whole process, its memory, and forty workers."""
    rows: list[tuple[str, ...]] = [
        ("two records through a map", "Flinker", "PyFlink 2.3.0", "ratio")
    ]
    seconds: list[list[float]] = [[], []]
    for _ in range(runs):
        for peer, times in zip((flinker, pyflink), seconds, strict=True):
            times.append(measure.seconds(peer, "two_records.py")[0])
    ours, theirs = map(statistics.median, seconds)
    rows.append(("whole process", f"{ours:.2f} s", f"{theirs:.2f} s", f"1/{theirs / ours:.1f}"))
    ours, theirs = (measure.peak_megabytes(p, "two_records.py") for p in (flinker, pyflink))
    rows.append(("peak memory", f"{ours:.0f} MB", f"{theirs:.0f} MB", f"1/{theirs / ours:.1f}"))
    print_table(rows)
    found = json.loads(measure.seconds(flinker, "ten_operators.py")[1])
    private = statistics.median(found["private"])
    print(
        f"ten operators at parallelism 4: first result after {found['seconds']:.2f} s, "
        f"{private:.1f} MB of private memory a worker"
    )


def flat(flinker: Environment) -> None:
    """Whether a record costs the same in a small job and in a large one."""
    rows: list[tuple[str, ...]] = [("map+filter, LONG", "seconds", "ns a record", "peak memory")]
    for size in (100_000, 1_000_000, 10_000_000, 100_000_000):
        arguments = ["longs", "1", "process", "4000000", str(size)]
        taken = json.loads(measure.seconds(flinker, "throughput.py", *arguments)[1])[1]
        memory = measure.peak_megabytes(flinker, "throughput.py", *arguments)
        rows.append(
            (f"{size:,} records", f"{taken:.2f}", f"{1e9 * taken / size:.0f}", f"{memory:.0f} MB")
        )
    print_table(rows)


if __name__ == "__main__":
    main()
