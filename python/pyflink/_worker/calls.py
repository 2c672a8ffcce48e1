# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Streams of messages to and from the engine."""

from __future__ import annotations

import contextlib
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Any

import grpc

from pyflink._worker.outbox import Outbox

Metadata = tuple[tuple[str, str], ...]


class Call(Iterator[Any], ABC):
    """A bidirectional stream.

    Iterating over it waits for what the engine sends, and ends when the engine ends it or is gone.
    """

    @abstractmethod
    def put(self, message: Any) -> None:
        """Sends a message; waits while there are too many on their way.

        Raises:
            Abandoned: if nobody takes messages any more.
        """

    @abstractmethod
    def end(self) -> None:
        """Says that no more messages come."""


class ThreadedCall(Call):
    """A stream that gRPC's own threads work for; one thread may send while another receives.

    Args:
        channel: leads to the engine.
        method: the full name of the method.
        serialize: makes bytes of a message.
        parse: makes a message of bytes.
        metadata: lets the worker in.
        most_bytes: how many bytes may wait to be sent.
    """

    def __init__(
        self,
        channel: grpc.Channel,
        method: str,
        serialize: Callable[[Any], bytes],
        parse: Callable[[bytes], Any],
        metadata: Metadata,
        most_bytes: int = sys.maxsize,
    ) -> None:
        self._outbox = Outbox(most_bytes)
        self._call = channel.stream_stream(method, serialize, parse)(
            self._outbox, metadata=metadata
        )
        self._call.add_callback(self._outbox.abandon)

    def put(self, message: Any) -> None:
        self._outbox.put(message)

    def end(self) -> None:
        self._outbox.end()

    def __next__(self) -> Any:
        # an error says that the task was cancelled, or that its process is gone
        with contextlib.suppress(grpc.RpcError):
            return next(self._call)
        raise StopIteration
