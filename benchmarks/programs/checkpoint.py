# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A savepoint of which many keys have changed, and a start from it; prints what they took.

The arguments, after the folder: the state backend and the number of keys.
"""

import json
import sys
import time
from pathlib import Path

from keyed import LONG, Sum
from pyflink.common import Configuration, WatermarkStrategy
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors.number_seq import NumberSequenceSource

_FOLDER = Path(sys.argv[1])
_READY = _FOLDER / "ready"


class SlowAtTheEnd(Sum):
    """Takes its time when every key has had two numbers, and says so."""

    def __init__(self, last: int) -> None:
        self.last = last

    def process_element(self, value, ctx):
        if value == self.last:
            _READY.touch()
        if value > self.last:
            time.sleep(0.01)
            yield from super().process_element(value, ctx)
        else:
            # nothing to collect until then
            for _ in super().process_element(value, ctx):
                pass


def sums(backend: str, keys: int, savepoint: str | None = None):
    configuration = Configuration()
    configuration.set_string("state.backend.type", backend)
    if savepoint is not None:
        configuration.set_string("execution.state-recovery.path", savepoint)
    env = StreamExecutionEnvironment.get_execution_environment(configuration)
    env.set_parallelism(1)
    source = NumberSequenceSource(1, 2 * keys + 10_000)
    numbers = env.from_source(source, WatermarkStrategy.no_watermarks(), "numbers", LONG)
    numbers.uid("numbers")
    keyed = numbers.key_by(lambda i: i % keys, LONG)
    return env, keyed.process(SlowAtTheEnd(2 * keys), LONG).uid("sums")


def run(backend: str, keys: int):
    _FOLDER.mkdir(parents=True, exist_ok=True)
    env, stream = sums(backend, keys)
    stream.filter(lambda _: False).print("sums")
    client = env.execute_async()
    deadline = time.monotonic() + 300
    while not _READY.exists():
        if time.monotonic() > deadline:
            raise TimeoutError("the job does not get on")
        time.sleep(0.1)
    start = time.perf_counter()
    savepoint = client.trigger_savepoint(f"file://{_FOLDER}/savepoints").result()
    taken = time.perf_counter() - start
    client.cancel().result()
    folder = Path(savepoint.removeprefix("file:"))
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    env, stream = sums(backend, keys, savepoint)
    start = time.perf_counter()
    with stream.execute_and_collect() as results:
        next(results)
        recovered = time.perf_counter() - start
    return {"checkpoint": taken, "bytes": size, "recovery": recovered}


print(json.dumps(run(sys.argv[2], int(sys.argv[3]))))
