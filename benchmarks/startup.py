#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Start-up: the tutorial as a whole process, a second job, memory, and size on disk."""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import time

import measure
from environments import Environment, make

_ARCHIVE_SECONDS = 180


def main() -> None:
    """Measures both peers in turn and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs after the first (default: 5)")
    parser.add_argument("--fresh", action="store_true", help="make the environments again")
    options = parser.parse_args()
    flinker, pyflink = make(options.fresh)
    peers = (flinker, pyflink)

    # the very first run of each, with nothing cached
    shutil.rmtree(flinker.folder / "flinker-cache", ignore_errors=True)
    first = {peer: measure.seconds(peer, "tutorial.py")[0] for peer in peers}
    await_archive(flinker)
    later: dict[Environment, list[float]] = {peer: [] for peer in peers}
    jobs: dict[Environment, list[float]] = {peer: [] for peer in peers}
    collections: dict[Environment, list[dict[str, float]]] = {peer: [] for peer in peers}
    for _ in range(options.runs):
        for peer in peers:
            later[peer].append(measure.seconds(peer, "tutorial.py")[0])
    for _ in range(max(1, options.runs // 2)):
        for peer in peers:
            jobs[peer] += json.loads(measure.seconds(peer, "jobs_in_a_row.py")[1])[1:2]
            collections[peer].append(json.loads(measure.seconds(peer, "collection.py")[1]))
    memory = {peer: measure.peak_megabytes(peer, "tutorial.py") for peer in peers}

    rows = [("", "Flinker", "PyFlink 2.3.0", "ratio")]

    def row(what: str, values: dict[Environment, float], unit: str, digits: int = 2) -> None:
        ours, theirs = values[flinker], values[pyflink]
        cells = [f"{value:.{digits}f} {unit}" for value in (ours, theirs)]
        rows.append((what, *cells, f"1/{theirs / ours:.1f}"))

    def median(values: dict[Environment, list[float]]) -> dict[Environment, float]:
        return {peer: statistics.median(found) for peer, found in values.items()}

    row("tutorial, whole process, very first run", first, "s")
    row(f"tutorial, whole process, median of {options.runs} later runs", median(later), "s")
    row("second job in the same process", median(jobs), "s")
    for part, what in (("build", "from_collection of 1 M tuples"), ("run", "its job")):
        row(what, median({p: [c[part] for c in found] for p, found in collections.items()}), "s")
    row("peak memory, tutorial", memory, "MB", 0)
    installed = {peer: peer.installed() for peer in peers}
    row("installed size", {p: size / 2**20 for p, (size, _) in installed.items()}, "MB", 0)
    row("distributions", {p: count for p, (_, count) in installed.items()}, "", 0)
    print_table(rows)
    print("later runs:", {p.name: [round(s, 2) for s in found] for p, found in later.items()})


def await_archive(flinker: Environment) -> None:
    """Waits for the class-data archive that the first run leaves to the background."""
    deadline = time.monotonic() + _ARCHIVE_SECONDS
    while time.monotonic() < deadline:
        if any((flinker.folder / "flinker-cache" / "class-data").glob("*.stamp")):
            return
        time.sleep(0.5)
    print("no class-data archive was made; the later runs are without it")


def print_table(rows: list[tuple[str, ...]]) -> None:
    """Prints a Markdown table whose first row is the head."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for index, row in enumerate(rows):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        print("| " + " | ".join(cells) + " |")
        if index == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")


if __name__ == "__main__":
    main()
