#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""From the command to the first result of a job on a stock cluster: submit, and flink run -py.

Every round gives each peer a cluster that has just started, of the same stock Flink with the same
settings, on whose task managers PyFlink is installed (Flinker does not need it). There the same
program is submitted first, and then again.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from startup import await_archive, print_table

from environments import HERE, ROOT, Environment, make

sys.path.insert(0, str(ROOT))

from build_tools.flink_cluster import StandaloneCluster, distribution

_VERSION = "2.3.0"
_CACHE = Path.home() / ".cache" / "flinker-tests"
_PROGRAM = HERE / "programs" / "submitted.py"
_SECONDS = 240
_POLL_SECONDS = 0.005


def main() -> None:
    """Measures both peers in turn and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="clusters for each (default: 3)")
    parser.add_argument("--later", type=int, default=2, help="submissions after the first")
    parser.add_argument("--fresh", action="store_true", help="make the environments again")
    options = parser.parse_args()
    flinker, pyflink = make(options.fresh)
    # it is there after the first start on a machine
    subprocess.run(
        [flinker.python, "-m", "pyflink", "run", str(_PROGRAM), "warm"],
        env=flinker.variables(),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    await_archive(flinker)
    for peer in (flinker, pyflink):
        # what a machine keeps from its first submission on: compiled modules, Flinker's archive
        list(_submissions(peer, pyflink, 1))
    first: dict[Environment, list[Times]] = {flinker: [], pyflink: []}
    later: dict[Environment, list[Times]] = {flinker: [], pyflink: []}
    for number in range(options.rounds):
        # neither is always the first
        for peer in (flinker, pyflink) if number % 2 == 0 else (pyflink, flinker):
            runs = list(_submissions(peer, pyflink, 1 + options.later))
            first[peer].append(runs[0])
            later[peer] += runs[1:]
            print(f"{peer.name}: {runs}", file=sys.stderr)

    rows = [("", "Flinker", "PyFlink 2.3.0", "ratio")]
    for what, found in (("first submission", first), ("later submissions", later)):
        for part, name in enumerate(("to the first result", "to the end of the command")):
            ours, theirs = (
                statistics.median(times[part] for times in found[peer])
                for peer in (flinker, pyflink)
            )
            cells = f"{ours:.2f} s", f"{theirs:.2f} s", f"1/{theirs / ours:.1f}"
            rows.append((f"{what}, {name}", *cells))
    print_table(rows)


#: Seconds from the start of the command to the first result, and to the command's end.
Times = tuple[float, float]


def _submissions(peer: Environment, pyflink: Environment, number: int) -> Iterator[Times]:
    """The same program on a new cluster, again and again."""
    with tempfile.TemporaryDirectory() as folder:
        cluster = StandaloneCluster(
            distribution(_VERSION, _CACHE),
            Path(folder),
            settings={"taskmanager.memory.managed.size": "128m"},
            # PyFlink's workers are of the python that is found there
            environment={"PATH": pyflink.variables()["PATH"], "PYTHONPATH": ""},
        )
        try:
            cluster.start(task_managers=1)
            for _ in range(number):
                yield _submission(peer, pyflink, cluster)
        finally:
            cluster.stop()


def _submission(peer: Environment, pyflink: Environment, cluster: StandaloneCluster) -> Times:
    mark = f"mark{time.monotonic_ns()}"
    if peer is pyflink:
        address = cluster.address.removeprefix("http://")
        (script,) = peer.folder.glob("lib/python*/site-packages/pyflink/bin/flink")
        command = ["bash", str(script), "run", "-m", address, "-py", str(_PROGRAM), mark]
    else:
        program = peer.folder / "bin" / "flinker"
        command = [str(program), "submit", "-t", cluster.address, str(_PROGRAM), mark]
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command, env=peer.variables(), stdout=said, stderr=subprocess.STDOUT
        )
        seen = None
        while process.poll() is None or seen is None:
            elapsed = time.perf_counter() - start
            if seen is None and _is_printed(cluster, mark):
                seen = elapsed
            if elapsed > _SECONDS or process.returncode:
                process.kill()
                said.seek(0)
                raise RuntimeError(f"{peer.name} has failed:\n{said.read()}\n{cluster.log()}")
            time.sleep(_POLL_SECONDS)
        return seen, time.perf_counter() - start


def _is_printed(cluster: StandaloneCluster, mark: str) -> bool:
    outputs = (cluster.folder / "log").glob("taskmanager-*.out")
    return any(mark in output.read_text("utf-8", "replace") for output in outputs)


if __name__ == "__main__":
    os.environ.pop("FLINKER_TARGET", None)
    main()
