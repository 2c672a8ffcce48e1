# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A savepoint of which many keys have changed, and a start from it; prints what they took.

The arguments, after the folder: the state backend and the number of keys.
"""

import contextlib
import json
import socket
import sys
import threading
import time
from pathlib import Path

from keyed import LONG, Sum
from pyflink.common import Configuration, WatermarkStrategy
from pyflink.datastream import DataStream, StreamExecutionEnvironment
from pyflink.datastream.connectors.number_seq import NumberSequenceSource

_FOLDER = Path(sys.argv[1])
_READY = _FOLDER / "ready"


class Sums(Sum):
    """Says when it has had the last number of the many; collects what comes after it only."""

    def __init__(self, last: int) -> None:
        self.last = last

    def process_element(self, value, ctx):
        for total in super().process_element(value, ctx):
            if value == self.last:
                _READY.touch()
            elif value > self.last:
                yield total


def serve(numbers: socket.socket, first: int) -> None:
    """Sends whoever connects a number now and then: a job that has more to do, but never much."""
    while True:
        client, _ = numbers.accept()
        with contextlib.suppress(OSError):
            while True:
                client.sendall(b"%d\n" % first)
                time.sleep(0.01)


def sums(backend: str, keys: int, port: int, savepoint: str | None = None):
    configuration = Configuration()
    configuration.set_string("state.backend.type", backend)
    configuration.set_string("execution.checkpointing.dir", (_FOLDER / "checkpoints").as_uri())
    if savepoint is not None:
        configuration.set_string("execution.state-recovery.path", savepoint)
    env = StreamExecutionEnvironment.get_execution_environment(configuration)
    env.set_parallelism(1)
    # every key twice, so that there is something to change
    source = NumberSequenceSource(1, 2 * keys)
    numbers = env.from_source(source, WatermarkStrategy.no_watermarks(), "numbers", LONG)
    numbers.uid("numbers")
    j_texts = env._j_stream_execution_environment.socketTextStream("127.0.0.1", port, "\n", 0)
    more = DataStream(j_texts).uid("more").map(int, LONG)
    keyed = numbers.union(more).key_by(lambda i: i % keys, LONG)
    return env, keyed.process(Sums(2 * keys), LONG).uid("sums")


def run(backend: str, keys: int):
    _FOLDER.mkdir(parents=True, exist_ok=True)
    server = socket.create_server(("127.0.0.1", 0))
    port = server.getsockname()[1]
    threading.Thread(target=serve, args=(server, 3 * keys), daemon=True).start()
    env, stream = sums(backend, keys, port)
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
    env, stream = sums(backend, keys, port, savepoint)
    start = time.perf_counter()
    with stream.execute_and_collect() as results:
        total = next(results)
        recovered = time.perf_counter() - start
    # 1 and 2 times the number of keys, and what has come from the socket
    if total < 6 * keys or total % (3 * keys):
        raise ValueError(f"a sum of {total} has lost its beginning")
    return {"checkpoint": taken, "bytes": size, "recovery": recovered}


print(json.dumps(run(sys.argv[2], int(sys.argv[3]))))
