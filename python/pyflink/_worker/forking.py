# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A nursery that forks: one thread, so that it may, and a selector over all pipes."""

from __future__ import annotations

import contextlib
import gc
import os
import selectors
import signal
from typing import Any, NoReturn

from pyflink._worker import process
from pyflink._worker.host import CHUNK, Host
from pyflink._worker.output import Output

# after a worker's end, a process that it left behind may keep the pipes open
_LAST_READS = 16


class _Worker:
    """A worker that has been started, as the nursery sees it."""

    def __init__(self, number: int, pid: int, out: int, err: int) -> None:
        self.number = number
        self.pid = pid
        self.pipes = {out: Output("out"), err: Output("err")}


class ForkingHost(Host):
    """See :class:`Host`."""

    def __init__(self, requests: int, news: int) -> None:
        super().__init__(requests, news)
        self._workers: dict[int, _Worker] = {}
        self._selector = selectors.DefaultSelector()
        # workers watch its other end: it closes when this process ends, however that happens
        self._lifeline, self._life = os.pipe()

    def run(self) -> None:
        """See :meth:`Host.run`."""
        wake_read, wake_write = os.pipe()
        os.set_blocking(wake_read, False)
        os.set_blocking(wake_write, False)
        signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._own = [wake_read, wake_write, self.requests, self.news]
        self._selector.register(wake_read, selectors.EVENT_READ)
        self._selector.register(self.requests, selectors.EVENT_READ)
        while True:
            for key, _ in self._selector.select(self.patience()):
                if key.fd == self.requests:
                    chunk = os.read(self.requests, CHUNK)
                    if not chunk:
                        return
                    self.receive(chunk)
                elif key.fd == wake_read:
                    with contextlib.suppress(BlockingIOError):
                        os.read(wake_read, CHUNK)
                    self._reap()
                # a worker that was reaped just now has told all that it had to
                elif key.data is not None and key.fd in key.data.pipes:
                    self._read(key.data, key.fd)
            self.lose_patience()

    def ready(self) -> None:
        """See :meth:`Host.ready`."""
        # what is there now is never freed, so no collection writes to the pages we share
        gc.freeze()

    def start(self, order: Any) -> None:
        """See :meth:`Host.start`."""
        out_read, out_write = os.pipe()
        err_read, err_write = os.pipe()
        pid = os.fork()
        if pid == 0:
            self._become_worker(order, out_write, err_write)
        os.close(out_write)
        os.close(err_write)
        worker = _Worker(order.worker, pid, out_read, err_read)
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
        assert self.protocol is not None
        process.run(self.protocol, order, self._lifeline, out, err)

    def _read(self, worker: _Worker, pipe: int) -> bool:
        """Passes on what a worker has written; false if nothing is there now."""
        try:
            chunk = os.read(pipe, CHUNK)
        except BlockingIOError:
            return False
        if chunk:
            self.pass_on(worker.number, worker.pipes[pipe], chunk)
            return True
        self._drop(worker, pipe)
        return False

    def _drop(self, worker: _Worker, pipe: int) -> None:
        self._selector.unregister(pipe)
        os.close(pipe)
        self.pass_on(worker.number, worker.pipes.pop(pipe), b"")

    def _reap(self) -> None:
        for worker in list(self._workers.values()):
            pid, status = os.waitpid(worker.pid, os.WNOHANG)
            if pid == 0:
                continue
            for pipe in list(worker.pipes):
                for _ in range(_LAST_READS):
                    if not self._read(worker, pipe):
                        break
                if pipe in worker.pipes:
                    self._drop(worker, pipe)
            del self._workers[worker.number]
            self.tell(worker.number, exit=os.waitstatus_to_exitcode(status))

    def kill(self, worker: int) -> None:
        """See :meth:`Host.kill`."""
        if worker in self._workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._workers[worker].pid, signal.SIGKILL)

    def kill_all(self) -> None:
        """See :meth:`Host.kill_all`."""
        for worker in self._workers:
            self.kill(worker)
