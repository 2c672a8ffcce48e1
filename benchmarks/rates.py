# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Records per second of the same program on Flinker and its peers."""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass

from startup import print_table

import measure
from environments import Environment, make, make_bytewax

#: How many records the warm-up and the two jobs have whose slope is the rate.
Sizes = tuple[int, int, int]


@dataclass(frozen=True)
class Peer:
    """Who is measured, and how many records make a few seconds for it."""

    name: str
    environment: Environment
    mode: str
    program: str
    sizes: dict[str, Sizes]

    def rate(self, shape: str, parallelism: int) -> float | None:
        """Records per second: the slope between two jobs, after a warm-up."""
        sizes = self.sizes.get(shape)
        if sizes is None:
            return None
        arguments = [shape, str(parallelism), self.mode, *map(str, sizes)]
        output = measure.seconds(self.environment, self.program, *arguments)[1]
        _, small, large = json.loads(output)
        return (sizes[2] - sizes[1]) / (large - small)


def peers(
    fresh: bool,
    program: str,
    quick: dict[str, Sizes],
    slow: dict[str, Sizes],
    middle: dict[str, Sizes],
    bytewax_program: str,
    bytewax_shapes: tuple[str, ...],
) -> tuple[Environment, Environment, list[Peer]]:
    """Flinker, PyFlink in both modes, and Bytewax if it can be installed.

    Args:
        fresh: whether the environments are made again.
        program: what runs on Flinker and PyFlink.
        quick: the sizes for Flinker and Bytewax, by shape.
        slow: those for PyFlink in process mode.
        middle: those for PyFlink in thread mode.
        bytewax_program: what runs on Bytewax.
        bytewax_shapes: which of the shapes it has.
    """
    flinker, pyflink = make(fresh)
    bytewax = make_bytewax(fresh)
    found = [
        Peer("Flinker", flinker, "process", program, quick),
        Peer("PyFlink, process", pyflink, "process", program, slow),
        Peer("PyFlink, thread", pyflink, "thread", program, middle),
    ]
    if bytewax is not None:
        sizes = {shape: quick[shape] for shape in bytewax_shapes}
        found.append(Peer("Bytewax", bytewax, "", bytewax_program, sizes))
    return flinker, pyflink, found


def table(found: list[Peer], shapes: dict[str, str], parallelisms: list[int], runs: int) -> None:
    """Prints records per second, the median of some runs."""
    rows: list[tuple[str, ...]] = [("1000 records/s", *(peer.name for peer in found), "ratios")]
    for parallelism in parallelisms:
        for shape, what in shapes.items():
            rates: list[list[float]] = [[] for _ in found]
            for _ in range(runs):
                for peer, rate in zip(found, rates, strict=True):
                    measured = peer.rate(shape, parallelism)
                    if measured is not None:
                        rate.append(measured)
            medians = [statistics.median(rate) if rate else None for rate in rates]
            ours = medians[0]
            assert ours is not None
            cells = [_thousands(median) for median in medians]
            ratios = ", ".join(f"{ours / median:.1f}" for median in medians[1:] if median)
            rows.append((f"{what}; parallelism {parallelism}", *cells, ratios))
            print(rows[-1], flush=True)
    print_table(rows)


def _thousands(rate: float | None) -> str:
    if rate is None:
        return ""
    return f"{rate / 1000:.0f}" if rate >= 20_000 else f"{rate / 1000:.1f}"
