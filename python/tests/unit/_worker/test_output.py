# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What a worker writes, in whole lines and records."""

from __future__ import annotations

import os

import pytest

from pyflink._worker.output import _LONGEST_LINE, Output, write_record


def written(*records: bytes) -> bytes:
    """The bytes of records in a pipe."""
    read, write = os.pipe()
    try:
        for record in records:
            write_record(write, record)
        return os.read(read, 1 << 20)
    finally:
        os.close(read)
        os.close(write)


def test_text_leaves_in_whole_lines() -> None:
    output = Output("out")
    assert output.take(b"one\ntwo\nthr") == [("out", b"one\ntwo\n")]
    assert output.deadline is not None
    assert output.take(b"ee\n") == [("out", b"three\n")]
    assert output.deadline is None
    assert output.give_up() == []


def test_the_beginning_of_a_line_is_not_kept_for_ever() -> None:
    output = Output("err")
    assert output.take(b"50 %") == []
    assert output.give_up() == [("err", b"50 %")]
    assert output.deadline is None
    assert output.take(b"x" * (_LONGEST_LINE + 1)) == [("err", b"x" * (_LONGEST_LINE + 1))]


def test_records_keep_their_places() -> None:
    output = Output("out")
    data = b"a\nb" + written(b"first") + b"c\n" + written(b"second", b"")
    assert output.take(data) == [
        ("out", b"a\nb"),
        ("log", b"first"),
        ("out", b"c\n"),
        ("log", b"second"),
        ("log", b""),
    ]


@pytest.mark.parametrize("size", [1, 5, 26, 27, 28, 4096])
def test_pieces_of_any_size(size: int) -> None:
    output = Output("out")
    record = bytes(range(256)) * 40
    data = b"before\n" + written(record) + b"after\n\0flink\n"
    found = []
    for start in range(0, len(data), size):
        found += output.take(data[start : start + size])
    assert [part for kind, part in found if kind == "log"] == [record]
    assert b"".join(part for kind, part in found if kind == "out") == b"before\nafter\n\0flink\n"


def test_records_of_two_processes() -> None:
    # as two of them write at the same time
    output = Output("out")
    head = b"\0flinker:log:%08x%b%04d"
    data = head % (1, b"+", 2) + b"ab" + head % (2, b"+", 2) + b"12"
    data += head % (1, b".", 1) + b"c" + head % (2, b".", 1) + b"3"
    assert output.take(data) == [("log", b"abc"), ("log", b"123")]
