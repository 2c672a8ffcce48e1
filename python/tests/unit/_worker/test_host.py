# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What a nursery tells the engine of what workers print."""

from __future__ import annotations

import os
import time
from types import SimpleNamespace
from typing import Any

import pytest

from pyflink._worker.forking import ForkingHost
from pyflink._worker.host import Host
from pyflink._worker.output import PATIENCE_SECONDS, Output, write_record
from pyflink._worker.spawning import SpawningHost


@pytest.fixture(params=[ForkingHost, SpawningHost])
def host(request, monkeypatch) -> Any:
    """One that keeps what it tells in a list."""
    host: Any = request.param(-1, -1)
    host.told = []
    host.protocol = SimpleNamespace(LogRecord=SimpleNamespace(FromString=bytes.decode))
    monkeypatch.setattr(
        host, "tell", lambda worker, **news: host.told.append((worker, *news.items()))
    )
    return host


def frame(record: bytes) -> bytes:
    read, write = os.pipe()
    write_record(write, record)
    os.close(write)
    with open(read, "rb") as pipe:
        return pipe.read()


def test_lines_and_records_in_their_order(host) -> None:
    host.pass_on(1, Output("out"), b"a\nb" + frame(b"record") + b"c\n")
    assert host.told == [(1, ("out", b"a\nb")), (1, ("log", "record")), (1, ("out", b"c\n"))]
    assert host.patience() is None


def test_patience_lasts_for_a_moment(host: Host) -> None:
    told: list[Any] = host.told  # type: ignore[attr-defined]
    first, second = Output("out"), Output("err")
    host.pass_on(1, first, b"half")
    host.pass_on(2, second, b"whole\n")
    assert told == [(2, ("err", b"whole\n"))]
    patience = host.patience()
    assert patience is not None
    assert 0 <= patience <= PATIENCE_SECONDS
    host.lose_patience()
    assert len(told) == 1
    time.sleep(PATIENCE_SECONDS)
    assert host.patience() == 0
    host.lose_patience()
    assert told[1:] == [(1, ("out", b"half"))]
    assert host.patience() is None


def test_the_end_of_a_pipe_ends_a_line(host) -> None:
    output = Output("out")
    host.pass_on(3, output, b"last words")
    host.pass_on(3, output, b"")
    host.pass_on(3, output, b"")
    assert host.told == [(3, ("out", b"last words"))]
    assert host.patience() is None
