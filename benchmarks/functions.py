#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Python functions: records per second, latency, start, memory."""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Callable

from startup import await_archive, print_table

import measure
import rates
from environments import Environment

_SHAPES = {
    "longs": "map+filter, LONG",
    "tuples": "map+map+filter, (LONG, STRING)",
    "objects": "map+map+filter, Python objects",
    "rows": "map, Row of 10 fields",
    "texts": "map, 1 KB STRING",
    "nested": "map, Row with LIST and MAP",
}
_BYTEWAX_SHAPES = ("longs", "tuples", "objects")


def make_peers(fresh: bool) -> tuple[Environment, Environment, list[rates.Peer]]:
    """All peers, with sizes that make a few seconds for each."""
    quick = dict.fromkeys(_SHAPES, (1000000, 2000000, 8000000))
    quick["longs"] = (4_000_000, 4_000_000, 20_000_000)
    quick["texts"] = (100_000, 200_000, 1_000_000)
    return rates.peers(
        fresh,
        "throughput.py",
        quick,
        dict.fromkeys(_SHAPES, (20000, 50000, 200000)),
        dict.fromkeys(_SHAPES, (50000, 100000, 500000)),
        "throughput_bytewax.py",
        _BYTEWAX_SHAPES,
    )


def main() -> None:
    """Measures all peers in turn and prints tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fresh", action="store_true", help="make the environments again")
    parser.add_argument("--runs", type=int, default=3, help="runs of each (default: 3)")
    parser.add_argument(
        "--only", choices=["throughput", "latency", "start", "flat"], help="one table of them"
    )
    options = parser.parse_args()
    flinker, pyflink, found = make_peers(options.fresh)
    measure.seconds(flinker, "two_records.py")
    await_archive(flinker)
    tables: dict[str, Callable[[], None]] = {
        "throughput": lambda: rates.table(found, _SHAPES, [1, 2], options.runs),
        "latency": lambda: latency(flinker, pyflink),
        "start": lambda: start(flinker, pyflink, options.runs),
        "flat": lambda: flat(flinker),
    }
    for name, table in tables.items():
        if options.only in (None, name):
            table()
            print(flush=True)


def latency(flinker: Environment, pyflink: Environment) -> None:
    """How long a record takes from socket to socket, without the first fifth of them.

    Once for all of them, and once for those that were on their way while the machine was steady.
    """
    rows: list[tuple[str, ...]] = [
        ("ms, socket to socket", "p50", "p99", "most", "steady: share", "p50", "p99", "most")
    ]
    jobs = [
        (flinker, "none", "Flink without a map"),
        (flinker, "map", "Flinker, Python map"),
        (pyflink, "map", "PyFlink 2.3.0, Python map"),
    ]
    for rate, count in ((200, 3000), (10_000, 100_000)):
        for environment, kind, what in jobs:
            arguments = [str(rate), str(count), kind]
            output = measure.seconds(environment, "latency.py", *arguments)[1]
            found = json.loads(output)[count // 5 :]
            steady = [latency for latency, is_steady in found if is_steady]
            every = _points([latency for latency, _ in found])
            share = f"{len(steady) / len(found):.0%}"
            rows.append((f"{what}, {rate}/s", *every, share, *_points(steady)))
    print_table(rows)


def _points(latencies: list[float]) -> list[str]:
    """Median, 99th percentile and maximum, in milliseconds."""
    found = sorted(latencies)
    return [
        f"{1000 * found[int(q * (len(found) - 1))]:.2f}" if found else "-" for q in (0.5, 0.99, 1)
    ]


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
