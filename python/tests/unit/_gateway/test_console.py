# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The JVM's output on its way to the user."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Iterator

import pytest

from pyflink._gateway.console import ErrorPump, OutputPump


class Pipe:
    """A pump and the pipe that leads to it."""

    def __init__(self) -> None:
        read, self.end = os.pipe()
        self.pump = OutputPump(read)
        self.pump.start()
        self.write(b"\0flinker gateway 77\0")
        assert self.pump.wait_for_port(time.monotonic() + 10) == 77
        self.written = 0

    def write(self, data: bytes) -> None:
        os.write(self.end, data)

    def show(self, *pieces: bytes) -> None:
        """Writes, and waits until all has been shown."""
        for piece in pieces:
            self.write(piece)
            self.written += len(piece)
        begun = time.monotonic()
        self.pump.wait_for(self.written, begun + 10)
        assert time.monotonic() < begun + 5


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    pipe = Pipe()
    yield pipe
    os.close(pipe.end)
    pipe.pump.join(10)
    assert not pipe.pump.is_alive()


def record(message: str) -> bytes:
    attributes = json.dumps({"name": "tests.console", "levelno": 30, "msg": message}).encode()
    return b"\0flinker log %d\0" % len(attributes) + attributes


def test_text_and_records(pipe, capsys, caplog) -> None:
    pipe.show(b"a\nb", record("first"), b"c\n" + record("second"))
    assert capsys.readouterr().out == "a\nbc\n"
    assert [r.getMessage() for r in caplog.records if r.name == "tests.console"] == [
        "first",
        "second",
    ]


@pytest.mark.parametrize("size", [1, 3, 20])
def test_in_pieces(pipe, capsys, caplog, size) -> None:
    data = "ä\n".encode() + record("long " * 100) + b"end\n"
    pipe.show(*(data[i : i + size] for i in range(0, len(data), size)))
    assert capsys.readouterr().out == "ä\nend\n"
    assert [r.getMessage() for r in caplog.records] == ["long " * 100]


def test_nul_characters_of_the_user_s(pipe, capsys) -> None:
    pipe.show(b"\0 and \0flinker log x\0 and more than thirty characters\n", b"x\0y\n")
    shown = capsys.readouterr().out
    assert shown == "\0 and \0flinker log x\0 and more than thirty characters\nx\0y\n"


def test_a_line_without_an_end(pipe, capsys) -> None:
    pipe.show(b"50 %")
    assert capsys.readouterr().out == "50 %"


def test_a_nul_at_the_end_keeps_nobody_waiting(pipe, capsys) -> None:
    pipe.show(b"x\0")
    pipe.show(b"\n")
    assert capsys.readouterr().out == "x\0\n"


def test_a_handler_that_fails_stops_nothing(pipe, capsys) -> None:
    def refuse(record: logging.LogRecord) -> bool:
        raise ValueError

    logger = logging.getLogger("tests.console")
    logger.addFilter(refuse)
    try:
        pipe.show(record("a"), b"\0flinker log 3\0{,}", b"text\n")
    finally:
        logger.removeFilter(refuse)
    assert capsys.readouterr().out == "text\n"


def test_early_errors_are_kept_for_the_message(capsys) -> None:
    read, end = os.pipe()
    pump = ErrorPump(read)
    pump.start()
    os.write(end, b"early\n")
    pump.wait_for(6, time.monotonic() + 10)
    pump.quiet = False
    os.write(end, b"late")
    os.close(end)
    pump.join(10)
    assert capsys.readouterr().err == "late"
    assert list(pump.last_words) == ["early", "late"]
