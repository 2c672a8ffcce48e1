# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A nursery that starts an interpreter for each worker, with nothing that only Unix has.

No pipe is selected, and no signal tells of an end: a thread reads each pipe and a thread awaits
each process. What they see they put into one queue, in the order in which it happened.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

from pyflink._worker.boot import __file__ as BOOT
from pyflink._worker.host import CHUNK, Host, framed
from pyflink._worker.output import Output

# after a worker's end, a process that it left behind may keep the pipes open
_LAST_WORDS_SECONDS = 1.0
_WORKER = "pyflink._worker.process"


class SpawningHost(Host):
    """See :class:`Host`."""

    def __init__(self, requests: int, news: int) -> None:
        super().__init__(requests, news)
        self._workers: dict[int, subprocess.Popen[bytes]] = {}
        self._events: SimpleQueue[Callable[[], None] | None] = SimpleQueue()

    def run(self) -> None:
        """See :meth:`Host.run`."""
        _thread(self._read, self.requests, self.receive, lambda: self._events.put(None))
        while True:
            try:
                event = self._events.get(timeout=self.patience())
            except Empty:
                self.lose_patience()
                continue
            if event is None:
                return
            event()
            self.lose_patience()

    def ready(self) -> None:
        """See :meth:`Host.ready`."""

    def start(self, order: Any) -> None:
        """See :meth:`Host.start`."""
        out_read, out_write = os.pipe()
        err_read, err_write = os.pipe()
        # its end of standard input closes when this process ends, however that happens
        worker = subprocess.Popen(
            [sys.executable, BOOT, _WORKER, *sys.argv[2:]],
            stdin=subprocess.PIPE,
            stdout=out_write,
            stderr=err_write,
        )
        os.close(out_write)
        os.close(err_write)
        number = order.worker
        self._workers[number] = worker
        outputs = [Output("out"), Output("err")]
        readers = [
            _thread(self._read, pipe, partial(self.pass_on, number, output), None)
            for pipe, output in zip((out_read, err_read), outputs, strict=True)
        ]
        _thread(self._await, number, worker, readers, outputs)
        assert worker.stdin is not None
        with contextlib.suppress(OSError):
            worker.stdin.write(framed(self.descriptors) + framed(order.SerializeToString()))
            worker.stdin.flush()

    def _read(
        self, pipe: int, use: Callable[[bytes], None], end: Callable[[], None] | None
    ) -> None:
        with contextlib.suppress(OSError):
            while chunk := os.read(pipe, CHUNK):
                self._events.put(lambda chunk=chunk: use(chunk))  # type: ignore[misc]
        os.close(pipe)
        if end is not None:
            end()

    def _await(
        self,
        number: int,
        worker: subprocess.Popen[bytes],
        readers: list[threading.Thread],
        outputs: list[Output],
    ) -> None:
        status = worker.wait()
        for reader in readers:
            reader.join(_LAST_WORDS_SECONDS)
        self._events.put(lambda: self._ended(number, status, outputs))

    def _ended(self, number: int, status: int, outputs: list[Output]) -> None:
        for output in outputs:
            self.pass_on(number, output, b"")
        worker = self._workers.pop(number)
        assert worker.stdin is not None
        with contextlib.suppress(OSError):
            worker.stdin.close()
        if status > 0x7FFFFFFF:
            # Windows: the code of what it died of, too large for the message
            self.tell(number, err=f"It ended with {status:#x}.\n".encode())
            status = 1
        self.tell(number, exit=status)

    def kill(self, worker: int) -> None:
        """See :meth:`Host.kill`."""
        if worker in self._workers:
            self._workers[worker].kill()

    def kill_all(self) -> None:
        """See :meth:`Host.kill_all`."""
        for worker in self._workers.values():
            worker.kill()


def _thread(body: Callable[..., None], *arguments: Any) -> threading.Thread:
    thread = threading.Thread(target=body, args=arguments, daemon=True)
    thread.start()
    return thread
