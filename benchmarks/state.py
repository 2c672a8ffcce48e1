#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""State, timers and windows of keys: records per second, checkpoints, recovery, memory."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import replace

from startup import await_archive, print_table

import measure
import rates
from environments import Environment

_SHAPES = {
    "sum_500": "ValueState sum, 500 keys",
    "sum_1m": "ValueState sum, 1 M keys",
    "reduce_1000": "key_by + reduce, 1,000 keys",
    "map_state": "MapState of 100 entries, 1,000 keys",
    "timers": "a timer for each record, 1,000 keys",
    "tumbling": "tumbling windows of 1 s, aggregate, 100 keys",
    "sliding": "sliding windows, 5 at a time, aggregate, 100 keys",
    "session": "session windows, aggregate, 100 keys",
}
_BYTEWAX_SHAPES = ("sum_500", "sum_1m", "reduce_1000")
_ROCKSDB = "process,state.backend.type=rocksdb"


def make_peers(fresh: bool) -> tuple[Environment, Environment, list[rates.Peer]]:
    """All peers, with sizes that make a few seconds for each."""
    quick = dict.fromkeys(_SHAPES, (500_000, 1_000_000, 3_000_000))
    quick["sum_500"] = quick["reduce_1000"] = (1_000_000, 1_000_000, 5_000_000)
    # beyond the first number of each key
    quick["sum_1m"] = (1_000_000, 2_000_000, 4_000_000)
    slow = dict.fromkeys(_SHAPES, (2_000, 4_000, 12_000))
    slow["sum_1m"] = (2_000, 4_000, 8_000)
    # of few, the rate is mostly chance
    slow["timers"] = (4_000, 10_000, 60_000)
    slow["tumbling"] = slow["sliding"] = (2_000, 6_000, 20_000)
    middle = dict.fromkeys(_SHAPES, (20_000, 40_000, 160_000))
    return rates.peers(
        fresh,
        "keyed.py",
        quick,
        slow,
        middle,
        "throughput_bytewax.py",
        _BYTEWAX_SHAPES,
    )


def main() -> None:
    """Measures all peers in turn and prints tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fresh", action="store_true", help="make the environments again")
    parser.add_argument("--runs", type=int, default=3, help="runs of each (default: 3)")
    parser.add_argument(
        "--only", choices=["throughput", "rocksdb", "checkpoint", "memory"], help="one table"
    )
    options = parser.parse_args()
    flinker, _, found = make_peers(options.fresh)
    measure.seconds(flinker, "two_records.py")
    await_archive(flinker)
    rocksdb = replace(found[0], name="Flinker, RocksDB", mode=_ROCKSDB)
    shapes = {shape: _SHAPES[shape] for shape in ("sum_500", "sum_1m", "map_state", "timers")}
    tables: dict[str, Callable[[], None]] = {
        "throughput": lambda: rates.table(found, _SHAPES, [1], options.runs),
        "rocksdb": lambda: rates.table([found[0], rocksdb], shapes, [1], options.runs),
        "checkpoint": lambda: checkpoint(flinker),
        "memory": lambda: memory(flinker),
    }
    for name, table in tables.items():
        if options.only in (None, name):
            table()
            print(flush=True)


def checkpoint(flinker: Environment) -> None:
    """How long a checkpoint takes of which a million keys have changed, and a recovery from it."""
    rows: list[tuple[str, ...]] = [("1 M changed keys", "checkpoint", "size", "recovery")]
    for backend in ("hashmap", "rocksdb"):
        found = json.loads(measure.seconds(flinker, "checkpoint.py", backend, "1000000")[1])
        rows.append(
            (
                backend,
                f"{found['checkpoint']:.2f} s",
                f"{found['bytes'] / 2**20:.0f} MB",
                f"{found['recovery']:.2f} s",
            )
        )
    print_table(rows)


def memory(flinker: Environment) -> None:
    """The most memory of a worker, for numbers of keys and sizes of its cache."""
    rows: list[tuple[str, ...]] = [("ValueState sum", "most memory of the worker")]
    for cache in ("32mb", "128mb"):
        for keys in (100_000, 1_000_000, 10_000_000):
            found = json.loads(measure.seconds(flinker, "many_keys.py", cache, str(keys))[1])
            rows.append((f"{keys:,} keys, cache of {cache}", f"{found / 2**20:.0f} MB"))
    print_table(rows)


if __name__ == "__main__":
    main()
