# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the nursery makes of workers that print and end."""

from __future__ import annotations

import os
import selectors

from pyflink._worker import forking
from pyflink._worker.forking import ForkingHost, _Worker


class LateSelector(forking.selectors.DefaultSelector):
    """Tells of a pipe after the worker that it belongs to has been reaped."""

    reap = None

    def select(self, timeout=None):
        if self.reap is not None:
            events, self.reap = self.reap(), None
            return events
        return super().select(timeout)


def test_a_pipe_of_a_worker_that_has_been_reaped(monkeypatch) -> None:
    monkeypatch.setattr(forking.selectors, "DefaultSelector", LateSelector)
    monkeypatch.setattr(forking.signal, "set_wakeup_fd", lambda *_, **__: None)
    monkeypatch.setattr(forking.signal, "signal", lambda *_: None)
    requests, engine = os.pipe()
    subject = ForkingHost(requests, engine)
    subject.protocol = object()
    out, out_write = os.pipe()
    worker = _Worker(1, 0, out, out)
    subject._selector.register(out, selectors.EVENT_READ, worker)

    def reap():
        key = subject._selector.get_key(out)
        os.close(out_write)
        subject._drop(worker, out)
        os.close(engine)
        return [(key, selectors.EVENT_READ)]

    subject._selector.reap = reap
    # ends because the engine has, and not because of the pipe
    subject.run()
