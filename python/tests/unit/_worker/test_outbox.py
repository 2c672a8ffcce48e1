# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The queue of messages to the engine."""

from __future__ import annotations

import threading

import pytest

from pyflink._worker.outbox import Abandoned, Outbox


class Message:
    def __init__(self, size: int) -> None:
        self._size = size

    def ByteSize(self) -> int:  # the name in protobuf
        return self._size


def test_messages_come_out_in_order_until_the_end() -> None:
    outbox = Outbox()
    messages = [Message(1), Message(2)]
    for message in messages:
        outbox.put(message)
    outbox.end()
    assert list(outbox) == messages


def in_background(action) -> threading.Thread:
    thread = threading.Thread(target=action, daemon=True)
    thread.start()
    return thread


def test_put_waits_while_it_is_full() -> None:
    outbox = Outbox(most_bytes=10)
    outbox.put(Message(6))
    thread = in_background(lambda: outbox.put(Message(6)))
    thread.join(0.1)
    assert thread.is_alive()
    next(outbox)
    thread.join(10)
    assert not thread.is_alive()


def test_put_waits_no_longer_when_nobody_takes() -> None:
    outbox = Outbox(most_bytes=10)
    abandoned: list[Abandoned] = []

    def put() -> None:
        try:
            outbox.put(Message(100))
        except Abandoned as e:
            abandoned.append(e)

    thread = in_background(put)
    thread.join(0.1)
    assert thread.is_alive()
    outbox.abandon()
    thread.join(10)
    assert abandoned
    with pytest.raises(Abandoned):
        outbox.put(Message(1))


def test_a_message_larger_than_the_limit_passes() -> None:
    outbox = Outbox(most_bytes=10)
    taken = in_background(lambda: next(outbox))
    outbox.put(Message(1000))
    taken.join(10)
    outbox.end()
    with pytest.raises(StopIteration):
        next(outbox)
