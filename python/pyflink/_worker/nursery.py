# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The process that starts workers for a task manager, by forking itself.

It has imported all that a worker needs and has opened no channel, so that a worker is there within
milliseconds and shares its memory. What workers print comes here first and is passed on, so that
the engine knows whose words they are, and has them all before it hears of a worker's end.
"""

from __future__ import annotations

import contextlib
import gc
import os
import selectors
import signal
import struct
import subprocess
import sys
import time
import traceback
from typing import Any, NoReturn

from pyflink._worker import process
from pyflink._worker.output import Output
from pyflink._worker.protocol import Protocol

_LENGTH = struct.Struct(">I")
_CHUNK = 1 << 16
# after a worker's end, a process that it left behind may keep the pipes open
_LAST_READS = 16


class Worker:
    """A worker that has been started, as the nursery sees it."""

    def __init__(self, number: int, pid: int, out: int, err: int) -> None:
        self.number = number
        self.pid = pid
        self.pipes = {out: Output("out"), err: Output("err")}


class Nursery:
    """Starts workers, passes on what they print, and reports their ends.

    Args:
        requests: the descriptor that the engine's messages come from.
        news: the one that ours go to.
    """

    def __init__(self, requests: int, news: int) -> None:
        self._requests = requests
        self._news = news
        self._received = bytearray()
        self._descriptors = b""
        self._protocol: Protocol | None = None
        self._workers: dict[int, Worker] = {}
        self._selector = selectors.DefaultSelector()
        # workers watch its other end: it closes when this process ends, however that happens
        self._lifeline, self._life = os.pipe()
        self._fork = hasattr(os, "fork") and os.environ.get("FLINKER_WORKER_START") != "spawn"

    def run(self) -> None:
        """Works until the engine closes its end."""
        wake_read, wake_write = os.pipe()
        os.set_blocking(wake_read, False)
        os.set_blocking(wake_write, False)
        signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._own = [wake_read, wake_write, self._requests, self._news]
        self._selector.register(wake_read, selectors.EVENT_READ)
        self._selector.register(self._requests, selectors.EVENT_READ)
        while True:
            for key, _ in self._selector.select(self._patience()):
                if key.fd == self._requests:
                    if not self._receive():
                        return
                elif key.fd == wake_read:
                    with contextlib.suppress(BlockingIOError):
                        os.read(wake_read, _CHUNK)
                    self._reap()
                # a worker that was reaped just now has told all that it had to
                elif key.data is not None and key.fd in key.data.pipes:
                    self._pass_on(key.data, key.fd)
            self._lose_patience()

    def _receive(self) -> bool:
        chunk = os.read(self._requests, _CHUNK)
        if not chunk:
            return False
        self._received += chunk
        while len(self._received) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._received)
            end = _LENGTH.size + length
            if len(self._received) < end:
                break
            message = bytes(self._received[_LENGTH.size : end])
            del self._received[:end]
            self._handle(message)
        return True

    def _handle(self, message: bytes) -> None:
        if self._protocol is None:
            self._descriptors = message
            self._protocol = Protocol(message)
            # what is there now is never freed, so no collection writes to the pages we share
            gc.freeze()
            return
        request = self._protocol.NurseryRequest.FromString(message)
        if request.WhichOneof("request") == "start":
            self._start(request.start)
        else:
            worker = self._workers.get(request.kill.worker)
            if worker is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(worker.pid, signal.SIGKILL)

    def _start(self, order: Any) -> None:
        out_read, out_write = os.pipe()
        err_read, err_write = os.pipe()
        if self._fork:
            pid = os.fork()
            if pid == 0:
                self._become_worker(order, out_write, err_write)
        else:
            pid = self._spawn(order, out_write, err_write)
        os.close(out_write)
        os.close(err_write)
        worker = Worker(order.worker, pid, out_read, err_read)
        self._workers[order.worker] = worker
        for pipe in worker.pipes:
            os.set_blocking(pipe, False)
            self._selector.register(pipe, selectors.EVENT_READ, worker)

    def _become_worker(self, order: Any, out: int, err: int) -> NoReturn:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._selector.close()
        for worker in self._workers.values():
            for pipe in worker.pipes:
                os.close(pipe)
        for descriptor in [*self._own, self._life]:
            os.close(descriptor)
        assert self._protocol is not None
        process.run(self._protocol, order, self._lifeline, out, err)

    def _spawn(self, order: Any, out: int, err: int) -> int:
        worker = subprocess.Popen(
            [sys.executable, *process.spawn_arguments(self._lifeline)],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=err,
            pass_fds=[self._lifeline],
        )
        assert worker.stdin is not None
        with contextlib.suppress(BrokenPipeError), worker.stdin:
            for part in (self._descriptors, order.SerializeToString()):
                worker.stdin.write(_LENGTH.pack(len(part)) + part)
        # it is waited for here; subprocess would wait for it, too
        worker.returncode = 0
        return worker.pid

    def _pass_on(self, worker: Worker, pipe: int) -> bool:
        """Passes on what a worker has printed; false if nothing is there now."""
        try:
            chunk = os.read(pipe, _CHUNK)
        except BlockingIOError:
            return False
        if chunk:
            self._tell_all(worker, worker.pipes[pipe].take(chunk))
            return True
        self._drop(worker, pipe)
        return False

    def _drop(self, worker: Worker, pipe: int) -> None:
        self._selector.unregister(pipe)
        os.close(pipe)
        self._tell_all(worker, worker.pipes.pop(pipe).give_up())

    def _reap(self) -> None:
        for worker in list(self._workers.values()):
            pid, status = os.waitpid(worker.pid, os.WNOHANG)
            if pid == 0:
                continue
            for pipe in list(worker.pipes):
                for _ in range(_LAST_READS):
                    if not self._pass_on(worker, pipe):
                        break
                if pipe in worker.pipes:
                    self._drop(worker, pipe)
            del self._workers[worker.number]
            self._tell(worker, exit=os.waitstatus_to_exitcode(status))

    def _patience(self) -> float | None:
        """How long to wait for something to happen while the end of a line is missing."""
        outputs = (output for worker in self._workers.values() for output in worker.pipes.values())
        deadlines = [output.deadline for output in outputs if output.deadline is not None]
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def _lose_patience(self) -> None:
        now = time.monotonic()
        for worker in self._workers.values():
            for output in worker.pipes.values():
                if output.deadline is not None and output.deadline <= now:
                    self._tell_all(worker, output.give_up())

    def _tell_all(self, worker: Worker, found: list[tuple[str, bytes]]) -> None:
        assert self._protocol is not None
        for kind, data in found:
            if kind == "log":
                self._tell(worker, log=self._protocol.LogRecord.FromString(data))
            else:
                self._tell(worker, **{kind: data})

    def _tell(self, worker: Worker, **news: Any) -> None:
        assert self._protocol is not None
        message = self._protocol.WorkerNews(worker=worker.number, **news).SerializeToString()
        data = memoryview(_LENGTH.pack(len(message)) + message)
        while data:
            data = data[os.write(self._news, data) :]

    def kill_all(self) -> None:
        """Ends every worker at once."""
        for worker in self._workers.values():
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker.pid, signal.SIGKILL)


def main() -> None:
    """Speaks with the engine over standard input and output; what is printed goes to error."""
    # Ctrl-C belongs to the client, which then cancels the job in order
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, news = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    nursery = Nursery(requests, news)
    try:
        nursery.run()
    except (BrokenPipeError, ConnectionError):
        pass  # the engine is gone
    except BaseException:
        # or nobody would ever know
        traceback.print_exc()
    finally:
        nursery.kill_all()
        os._exit(0)
