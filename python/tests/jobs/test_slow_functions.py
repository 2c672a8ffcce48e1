# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Functions that take their time do not hold up checkpoints."""

from __future__ import annotations

import time
from pathlib import Path

from pyflink.common import Types, WatermarkStrategy
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors import NumberSequenceSource

LONG = Types.LONG()


def slowly(number: int) -> int:
    time.sleep(0.01)
    return number


def test_a_savepoint_does_not_wait_for_much(
    single: StreamExecutionEnvironment, tmp_path: Path
) -> None:
    """A megabyte of numbers on their way to the function would take it twenty minutes."""
    source = NumberSequenceSource(1, 10_000_000)
    numbers = single.from_source(source, WatermarkStrategy.no_watermarks(), "numbers", LONG)
    done = tmp_path / "done"

    def note(number: int) -> int:
        done.write_text(str(number))
        return number

    numbers.map(slowly, LONG).map(note, LONG).print()
    client = single.execute_async()
    deadline = time.monotonic() + 30
    while not done.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    client.stop_with_savepoint(False, tmp_path.as_uri()).result()
    # what went on its way before anything was known of the function, and a little more
    assert int(done.read_text()) < 1000


def test_results_do_not_wait_for_one_another(
    single: StreamExecutionEnvironment, tmp_path: Path
) -> None:
    """Not even the first ones, of which nobody knows yet that they take long."""
    log = tmp_path / "log"

    def make(number: int) -> int:
        time.sleep(0.3)
        return number

    def note(word: str, number: int) -> int:
        with log.open("a") as file:
            file.write(f"{word} {number}\n")
        return number

    numbers = single.from_collection(list(range(8)), LONG)
    made = numbers.map(make, LONG).map(lambda number: note("made", number), LONG)
    made.rebalance().map(lambda number: note("got", number), LONG).print()
    single.execute()
    lines = log.read_text().splitlines()
    for number in range(6):
        assert lines.index(f"got {number}") < lines.index(f"made {number + 2}")
