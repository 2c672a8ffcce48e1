# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Random operations on state of every kind, in a job, against plain dicts.

The cache holds next to nothing, checkpoints follow each other, and in the middle the job fails.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pyflink.common import Configuration, Types
from pyflink.datastream import AggregateFunction, KeyedProcessFunction, StreamExecutionEnvironment
from pyflink.datastream.state import (
    AggregatingStateDescriptor,
    ListStateDescriptor,
    MapStateDescriptor,
    ReducingStateDescriptor,
    ValueStateDescriptor,
)

LONG, TEXT = Types.LONG(), Types.STRING()
KEYS = 12
OPERATIONS = 2000


class Mean(AggregateFunction):
    def create_accumulator(self):
        return 0, 0

    def add(self, value, accumulator):
        return accumulator[0] + value, accumulator[1] + 1

    def get_result(self, accumulator):
        return accumulator[0] / accumulator[1]

    def merge(self, a, b):
        return a[0] + b[0], a[1] + b[1]


def drawn(random: Random) -> tuple[Any, ...]:
    """An operation: what is done with which state, and with what."""
    number = random.choice([random.randint(-3, 3), random.getrandbits(63)])
    entry = random.randrange(20)
    return random.choice(
        [
            ("value", "update", "x" * random.choice([1, 50])),
            ("value", "clear"),
            ("list", "add", (number, [number])),
            ("list", "add", (number, [])),
            ("list", "add_all", [(i, None) for i in range(random.choice([2, 100]))]),
            ("list", "update", [(number, {})]),
            ("list", "clear"),
            ("map", "put", f"k{entry}", number),
            ("map", "put", f"k{entry}", -number),
            ("map", "remove", f"k{entry}"),
            ("map", "put_all", {f"k{i}": i for i in range(random.choice([5, 300, 600]))}),
            ("map", "thin", random.choice([2, 3])),
            ("map", "clear"),
            ("sum", "add", number),
            ("sum", "clear"),
            ("mean", "add", number % 1000),
            ("mean", "clear"),
            *[("all", "read", f"k{entry}")] * 6,
        ]
    )


class Dicts:
    """What state is, as plain values."""

    def __init__(self) -> None:
        self.value: Any = None
        self.list: list[Any] = []
        self.map: dict[str, int] = {}
        self.sum: int | None = None
        self.mean = (0, 0)

    def perform(self, what: str, how: str, *arguments: Any) -> Any:
        return getattr(self, f"{what}_{how}")(*arguments)

    def value_update(self, text):
        self.value = text

    def value_clear(self):
        self.value = None

    def list_add(self, element):
        self.list.append(element)

    def list_add_all(self, elements):
        self.list += elements

    def list_update(self, elements):
        self.list = list(elements)

    def list_clear(self):
        self.list = []

    def map_put(self, key, value):
        self.map[key] = value

    def map_put_all(self, entries):
        self.map.update(entries)

    def map_remove(self, key):
        self.map.pop(key, None)

    def map_clear(self):
        self.map = {}

    def map_thin(self, each):
        found = sorted(self.map.items())
        for key, value in found:
            if value % each == 0:
                del self.map[key]
            else:
                self.map[key] = value + 1
        return found

    def sum_add(self, number):
        self.sum = number if self.sum is None else self.sum + number

    def sum_clear(self):
        self.sum = None

    def mean_add(self, number):
        self.mean = self.mean[0] + number, self.mean[1] + 1

    def mean_clear(self):
        self.mean = 0, 0

    def all_read(self, key):
        mean = self.mean[0] / self.mean[1] if self.mean[1] else None
        found = key in self.map, self.map.get(key), not self.map, sorted(self.map.items())
        return self.value, self.list, *found, self.sum, mean


class States(KeyedProcessFunction):
    """The same with state, and now and then a failure.

    Args:
        folder: notes which failures have happened.
        failures: before which operations, by their numbers.
    """

    def __init__(self, folder: Path, failures: set[int]) -> None:
        self.folder = folder
        self.failures = failures

    def open(self, runtime_context) -> None:
        get = runtime_context
        self.value = get.get_state(ValueStateDescriptor("value", TEXT))
        self.list = get.get_list_state(ListStateDescriptor("list", None))
        self.map = get.get_map_state(MapStateDescriptor("map", TEXT, LONG))
        self.sum = get.get_reducing_state(
            ReducingStateDescriptor("sum", lambda a, b: a + b, Types.BIG_INT())
        )
        self.mean = get.get_aggregating_state(AggregatingStateDescriptor("mean", Mean(), None))

    def process_element(self, value, ctx):
        number, _, operation = value
        if number in self.failures and not (self.folder / str(number)).exists():
            (self.folder / str(number)).touch()
            raise ValueError("on purpose")
        yield number, self.perform(*operation)

    def perform(self, what: str, how: str, *arguments: Any) -> Any:
        if how == "read":
            return self.read(*arguments)
        if how == "thin":
            return self.thin(*arguments)
        return getattr(getattr(self, what), how)(*arguments)

    def thin(self, each):
        found = []
        for key, value in self.map.items():
            found.append((key, value))
            if value % each == 0:
                self.map.remove(key)
            else:
                self.map.put(key, value + 1)
        return sorted(found)

    def read(self, key):
        entries = sorted(self.map.items())
        found = self.map.contains(key), self.map.get(key), self.map.is_empty(), entries
        return self.value.value(), list(self.list.get()), *found, self.sum.get(), self.mean.get()


def pause(operation):
    # so that there are many batches, and checkpoints between them
    if operation[0] % 20 == 0:
        time.sleep(0.002)
    return operation


@pytest.mark.parametrize(
    ("backend", "checkpoints"),
    [
        ("hashmap", {}),
        ("rocksdb", {}),
        ("rocksdb", {"incremental": "true", "unaligned.enabled": "true"}),
    ],
    ids=["hashmap", "rocksdb", "rocksdb-incremental-unaligned"],
)
def test_state_is_what_dicts_would_be(tmp_path: Path, backend, checkpoints) -> None:
    seed = int(os.environ.get("FLINKER_TEST_SEED", "20240507"))
    print(f"FLINKER_TEST_SEED={seed}")
    random = Random(f"{seed} {backend}")
    operations = [(i, random.randrange(KEYS), drawn(random)) for i in range(OPERATIONS)]
    failures = set(random.sample(range(OPERATIONS // 4, OPERATIONS), 2))
    settings = Configuration()
    for key, value in {
        "state.backend.type": backend,
        "flinker.state.cache-size": "1 kb",
        "execution.checkpointing.dir": (tmp_path / "checkpoints").as_uri(),
        "restart-strategy.type": "fixed-delay",
        "restart-strategy.fixed-delay.attempts": "2",
        "restart-strategy.fixed-delay.delay": "1 ms",
        **{f"execution.checkpointing.{key}": value for key, value in checkpoints.items()},
    }.items():
        settings.set_string(key, value)
    env = StreamExecutionEnvironment.get_execution_environment(settings)
    env.set_parallelism(2)
    env.enable_checkpointing(20)
    (tmp_path / "failed").mkdir()
    source = env.from_collection(operations).set_parallelism(1).map(pause).set_parallelism(1)
    results = source.key_by(lambda o: o[1], LONG).process(States(tmp_path / "failed", failures))
    with results.execute_and_collect() as collected:
        found = dict(collected)
    assert len(list((tmp_path / "failed").iterdir())) == 2
    model = [Dicts() for _ in range(KEYS)]
    for number, key, operation in operations:
        expected = model[key].perform(*operation)
        assert found.pop(number) == expected, (number, operation)
    assert not found
