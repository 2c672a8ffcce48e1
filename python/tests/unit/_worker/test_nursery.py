# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the nursery makes of workers that print and end."""

from __future__ import annotations

import os
import select
import threading

import pytest

from pyflink._worker import nursery as nursery_module
from pyflink._worker.nursery import Nursery, Worker


class LateSelector(nursery_module.selectors.DefaultSelector):
    """Tells of a pipe after the worker that it belongs to has been reaped."""

    def __init__(self) -> None:
        super().__init__()
        self.late = None

    def select(self, timeout=None):
        if self.late is not None:
            events, self.late = [(self.late, 1)], None
            return events
        return super().select(timeout)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_pipe_of_a_worker_that_has_been_reaped(monkeypatch) -> None:
    monkeypatch.setattr(nursery_module.selectors, "DefaultSelector", LateSelector)
    monkeypatch.setattr(nursery_module.signal, "set_wakeup_fd", lambda *_, **__: None)
    monkeypatch.setattr(nursery_module.signal, "signal", lambda *_: None)
    requests, engine = os.pipe()
    subject = Nursery(requests, engine)
    out, out_write = os.pipe()
    worker = Worker(1, 0, out, out)
    subject._selector.register(out, select.EPOLLIN, worker)
    subject._selector.late = subject._selector.get_key(out)
    # as a reaping does
    os.close(out_write)
    subject._drop(worker, out)
    threading.Timer(0.1, os.close, [engine]).start()
    # ends because the engine has, and not because of the pipe
    subject.run()
