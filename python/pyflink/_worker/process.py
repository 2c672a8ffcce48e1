# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What a process does to become a worker, and how it ends."""

from __future__ import annotations

import atexit
import contextlib
import faulthandler
import gc
import io
import os
import signal
import sys
import threading
from typing import Any, NoReturn

from pyflink._worker import logs, session
from pyflink._worker.host import read_framed
from pyflink._worker.protocol import Protocol

#: When Python looks for garbage that reference counts do not see. By default that is each time that
#: 700 containers more are there than before, and a batch of records, or of what keys have, is some
#: thousand that stay: that took a quarter of the time of a job with a million keys.
_GC_THRESHOLDS = (20_000, 20, 20)

#: Whether this process is a worker; the gateway's room asks, to start no JVM in one.
is_worker = False


def run(protocol: Protocol, order: Any, lifeline: int, out: int, err: int) -> NoReturn:
    """Makes this process a worker; for a child that was just forked.

    Args:
        protocol: the messages.
        order: the engine's ``StartWorker``.
        lifeline: a pipe whose other end closes when the parent ends.
        out: what becomes standard output.
        err: what becomes standard error.
    """
    global is_worker
    is_worker = True
    status = 1
    try:
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.close(out)
        os.close(err)
        _open_streams()
        status = _work(protocol, order, lifeline)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        _exit(status)


def _work(protocol: Protocol, order: Any, lifeline: int) -> int:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    faulthandler.enable(2, all_threads=False)
    gc.set_threshold(*_GC_THRESHOLDS)
    threading.Thread(target=_watch, args=(lifeline,), daemon=True, name="lifeline").start()
    if order.environment:
        # only what differs: every change goes through putenv
        for name in [name for name in os.environ if name not in order.environment]:
            del os.environ[name]
        for name, value in order.environment.items():
            if os.environ.get(name) != value:
                os.environ[name] = value
    if order.directory:
        with contextlib.suppress(OSError):
            os.chdir(order.directory)
    if order.path:
        sys.path[:] = order.path
    # a descriptor of its own, as a function may do what it likes with its standard output
    logs.install(protocol, os.dup(1), order.log_levels, order.log_disabled)
    return session.run(protocol, order.endpoint, order.token, order.worker)


def _open_streams() -> None:
    # line by line: the client sees what a function prints when it prints it
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        raw = io.FileIO(descriptor, "w", closefd=False)
        stream = io.TextIOWrapper(
            io.BufferedWriter(raw), "utf-8", "backslashreplace", line_buffering=True
        )
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _watch(lifeline: int) -> None:
    """Ends the process with its parent."""
    with contextlib.suppress(OSError):
        os.read(lifeline, 1)
    os._exit(1)


def _exit(status: int) -> NoReturn:
    # what functions registered with atexit runs, and nothing else of the interpreter's long way out
    with contextlib.suppress(BaseException):
        atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):
            stream.flush()
    os._exit(status)


def main() -> NoReturn:
    """Makes this process a worker; for one that was spawned, with its order on standard input."""
    # the rest of standard input is silence, and ends with the nursery
    orders = os.dup(0)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    stream = io.BufferedReader(io.FileIO(orders, closefd=False))
    descriptors, order = read_framed(stream), read_framed(stream)
    protocol = Protocol(descriptors)
    run(protocol, protocol.StartWorker.FromString(order), orders, os.dup(1), os.dup(2))
