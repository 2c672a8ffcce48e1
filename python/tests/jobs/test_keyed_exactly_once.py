# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Rising numbers through keys, state, timers and windows into files, while much fails.

Nothing is lost, nothing is there twice, and nothing is out of order.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections import defaultdict
from pathlib import Path
from random import Random

import pytest

from pyflink.common import Configuration, Encoder, Time, Types, WatermarkStrategy
from pyflink.common.watermark_strategy import TimestampAssigner
from pyflink.datastream import (
    KeyedProcessFunction,
    ProcessWindowFunction,
    StreamExecutionEnvironment,
)
from pyflink.datastream.connectors import FileSink, NumberSequenceSource
from pyflink.datastream.state import MapStateDescriptor, ValueStateDescriptor
from pyflink.datastream.window import TumblingEventTimeWindows

LONG, TEXT = Types.LONG(), Types.STRING()
NUMBERS = 20_000
KEYS = 50
WINDOW = 1000
FAILURES = 7


class Plan:
    """What fails where, each once.

    Args:
        folder: notes what has failed.
        places: what fails at which numbers.
    """

    def __init__(self, folder: Path, places: dict[int, str]) -> None:
        self.folder = folder
        self.places = places

    def comes_to(self, number: int) -> str | None:
        """What is to fail now."""
        kind = self.places.get(number)
        return kind if kind and self.first(f"{number} {kind}") else None

    def first(self, name: str) -> bool:
        """Whether nobody has asked for this name before, in whatever attempt."""
        with contextlib.suppress(FileExistsError):
            (self.folder / name).touch(exist_ok=False)
            return True
        return False


class Fragile:
    """Part of a state: fails once when it is written, or once when it is read again."""

    def __init__(self, plan: Plan, number: int, when: str) -> None:
        self.parts = plan, number, when

    def __reduce__(self):
        plan, number, when = self.parts
        if when == "written" and plan.first(f"{number} {when} in a checkpoint"):
            os.kill(os.getpid(), signal.SIGKILL)
        return read_again, self.parts


def read_again(plan: Plan, number: int, when: str) -> Fragile:
    if when == "read" and plan.first(f"{number} {when} again"):
        raise ValueError("on purpose, as state is read")
    return Fragile(plan, number, when)


class Count(KeyedProcessFunction):
    """Counts the numbers of each key, and for each of them sets a timer.

    Args:
        plan: what fails.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def open(self, runtime_context) -> None:
        attempt = runtime_context.get_attempt_number()
        if attempt in (1, 3) and self.plan.first(f"open {attempt}"):
            raise ValueError("on purpose, in open()")
        get = runtime_context
        self.count = get.get_state(ValueStateDescriptor("count", LONG))
        self.last = get.get_map_state(MapStateDescriptor("last", LONG, LONG))
        self.fragile = get.get_state(ValueStateDescriptor("fragile", None))

    def process_element(self, value, ctx):
        match self.plan.comes_to(value):
            case "raise":
                raise ValueError(f"on purpose, at {value}")
            case "exit":
                os._exit(1)
            case "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            case "written" | "read" as when:
                self.fragile.update(Fragile(self.plan, value, when))
        count = (self.count.value() or 0) + 1
        self.count.update(count)
        self.last[count % 10] = value
        ctx.timer_service().register_event_time_timer(value + 1)
        if self.fragile.value() is not None and count % 20 == 0:
            self.fragile.clear()
        yield f"count {ctx.get_current_key()} {count} {value}"

    def on_timer(self, timestamp, ctx):
        if self.plan.comes_to(-timestamp) == "timer":
            raise ValueError("on purpose, in on_timer()")
        assert timestamp - 1 <= max(self.last.values())
        yield f"timer {ctx.get_current_key()} {timestamp - 1}"


class Size(ProcessWindowFunction):
    def process(self, key, context, elements):
        yield f"window {key} {context.window().start} {' '.join(map(str, elements))}"


class Itself(TimestampAssigner):
    def extract_timestamp(self, value, record_timestamp):
        return value


def planned(folder: Path, random: Random) -> Plan:
    kinds = ["raise", "exit", "kill", "written", "read", "timer"]
    kinds += random.choices(kinds[:3], k=FAILURES - len(kinds))
    places = random.sample(range(NUMBERS // 20, NUMBERS), len(kinds))
    # a timer of a number fires one later
    plan = {(-n - 1 if kind == "timer" else n): kind for n, kind in zip(places, kinds, strict=True)}
    return Plan(folder, plan)


@pytest.mark.parametrize(
    ("parallelism", "backend"), [(1, "rocksdb"), (2, "hashmap"), (4, "hashmap")]
)
def test_nothing_is_lost_or_doubled_or_out_of_order(tmp_path: Path, parallelism, backend) -> None:
    seed = int(os.environ.get("FLINKER_TEST_SEED", "20240507"))
    print(f"FLINKER_TEST_SEED={seed}")
    failed = tmp_path / "failed"
    failed.mkdir()
    plan = planned(failed, Random(f"{seed} {parallelism}"))
    settings = Configuration()
    for key, value in {
        "state.backend.type": backend,
        "flinker.state.cache-size": "20 kb",
        "execution.checkpointing.dir": (tmp_path / "checkpoints").as_uri(),
        "restart-strategy.type": "fixed-delay",
        "restart-strategy.fixed-delay.attempts": "20",
        "restart-strategy.fixed-delay.delay": "1 ms",
    }.items():
        settings.set_string(key, value)
    env = StreamExecutionEnvironment.get_execution_environment(settings)
    env.set_parallelism(parallelism)
    env.enable_checkpointing(20)
    times = WatermarkStrategy.for_monotonous_timestamps().with_timestamp_assigner(Itself())
    numbers = env.from_source(
        NumberSequenceSource(0, NUMBERS - 1), WatermarkStrategy.no_watermarks(), "numbers", LONG
    ).set_parallelism(1)
    numbers = numbers.assign_timestamps_and_watermarks(times).set_parallelism(1)
    counted = numbers.key_by(lambda n: n % KEYS, LONG).process(Count(plan), TEXT)
    windows = TumblingEventTimeWindows.of(Time.milliseconds(WINDOW))
    sizes = numbers.key_by(lambda n: n % 3, LONG).window(windows).process(Size(), TEXT)
    output = tmp_path / "output"
    sink = FileSink.for_row_format(str(output), Encoder.simple_string_encoder()).build()
    counted.union(sizes).sink_to(sink)
    env.execute()
    # all that was planned has failed, besides open()
    happened = sorted(path.name for path in failed.iterdir())
    assert len(happened) >= FAILURES + 1, happened
    assert "open 1" in happened
    check(
        [line.split() for line in part.read_text().splitlines()] for part in output.rglob("part-*")
    )


def check(files) -> None:
    found = defaultdict(list)
    for lines in files:
        last: dict[tuple[str, int], tuple[int, ...]] = {}
        for kind, key, *texts in lines:
            owner, numbers = (kind, int(key)), tuple(map(int, texts))
            assert last.get(owner, ()) < numbers
            last[owner] = numbers
            found[owner].append(numbers)
    for key in range(KEYS):
        numbers = range(key, NUMBERS, KEYS)
        # what was the first is counted first, and so on
        assert sorted(found.pop(("count", key))) == list(enumerate(numbers, 1))
        assert sorted(found.pop(("timer", key))) == [(n,) for n in numbers]
    for key in range(3):
        windows = [
            (start, *(n for n in range(start, start + WINDOW) if n % 3 == key))
            for start in range(0, NUMBERS, WINDOW)
        ]
        assert sorted(found.pop(("window", key))) == windows
    assert not found
