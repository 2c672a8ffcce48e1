# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Python functions under checkpoints: every result exactly once, whatever fails."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from pyflink.common import Configuration, Encoder, Types, WatermarkStrategy
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors import FileSink, NumberSequenceSource

RECORDS = 400_000


def fail(value: int) -> None:
    raise ValueError(f"on purpose, at {value}")


def leave(value: int) -> None:
    os._exit(1)


def kill(value: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_the_nursery(value: int) -> None:
    # and with it all workers there are, of which this is one
    os.kill(os.getppid(), signal.SIGKILL)
    signal.pause()


def kill_the_nursery_late(value: int) -> None:
    # the tasks before have had their records, and wait for a checkpoint that this one holds up
    time.sleep(1)
    kill_the_nursery(value)


def fill_the_disk(value: int) -> None:
    # what this process may write at most is as good as a full disk
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    with tempfile.TemporaryFile() as file:
        file.write(b"x" * 2000)
        file.flush()


class Failing:
    """Passes values on; at some of them, once each, something happens."""

    def __init__(self, folder: Path, failures: dict[int, Callable[[int], None]]) -> None:
        self.folder = folder
        self.failures = failures

    def __call__(self, value: int) -> int:
        if value in self.failures:
            # whoever makes the file is the first one here, in whatever attempt
            with contextlib.suppress(FileExistsError):
                (self.folder / str(value)).touch(exist_ok=False)
                self.failures[value](value)
        return value

    def happened(self) -> set[int]:
        return {int(path.name) for path in self.folder.iterdir()}


def environment(failures: int) -> StreamExecutionEnvironment:
    settings = Configuration()
    settings.set_string("restart-strategy.type", "fixed-delay")
    settings.set_string("restart-strategy.fixed-delay.attempts", str(failures))
    settings.set_string("restart-strategy.fixed-delay.delay", "1 ms")
    env = StreamExecutionEnvironment.get_execution_environment(settings)
    env.set_parallelism(2)
    return env.enable_checkpointing(20)


def run(
    folder: Path,
    first: dict[int, Callable[[int], None]],
    second: dict[int, Callable[[int], None]],
    records: int = RECORDS,
) -> None:
    """Two chains of Python functions with a rebalance between them, at a parallelism of 2."""
    parts = []
    for i, failures in enumerate((first, second)):
        (folder / f"failed {i}").mkdir()
        parts.append(Failing(folder / f"failed {i}", failures))
    env = environment(len(first) + len(second))
    source = NumberSequenceSource(1, records)
    numbers = env.from_source(source, WatermarkStrategy.no_watermarks(), "numbers", Types.LONG())
    shuffled = numbers.map(parts[0], Types.LONG()).filter(lambda value: True).rebalance()
    texts = shuffled.map(parts[1], Types.LONG()).map(str, Types.STRING())
    output = folder / "output"
    encoder = Encoder.simple_string_encoder()
    texts.sink_to(FileSink.for_row_format(str(output), encoder).build())
    env.execute()
    assert parts[0].happened() == set(first)
    assert parts[1].happened() == set(second)
    found: Counter[str] = Counter()
    for part in output.rglob("part-*"):
        found.update(part.read_text().splitlines())
    assert len(found) == records
    assert set(found.values()) == {1}


@pytest.mark.parametrize("failure", [fail, leave, kill, fill_the_disk])
@pytest.mark.parametrize("chain", ["first", "second"])
def test_every_result_is_written_exactly_once(tmp_path: Path, failure, chain) -> None:
    failures = {RECORDS // 2: failure}
    run(tmp_path, failures if chain == "first" else {}, failures if chain == "second" else {})


def test_the_nursery_is_killed_while_all_tasks_run(tmp_path: Path) -> None:
    run(tmp_path, {1000: kill_the_nursery}, {})


def test_the_nursery_is_killed_while_tasks_wait_for_their_last_checkpoint(tmp_path: Path) -> None:
    run(tmp_path, {}, {1000: kill_the_nursery_late}, records=1000)


def test_five_failures_in_a_run(tmp_path: Path) -> None:
    seed = int(os.environ.get("FLINKER_TEST_SEED", "20240507"))
    print(f"FLINKER_TEST_SEED={seed}")
    random = Random(seed)
    places = random.sample(range(1, RECORDS + 1), 5)
    failures = [random.choice([fail, leave, kill]) for _ in places]
    plan = list(zip(places, failures, strict=True))
    run(tmp_path, dict(plan[:2]), dict(plan[2:]))
