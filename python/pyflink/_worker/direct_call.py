# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A stream of messages that the thread which uses it drives itself.

gRPC's public way has a thread that sends and one that receives for each stream. A record that comes
alone pays for waking each of them, a tenth of a millisecond or more. gRPC drives calls from the
caller's thread as well, though for its own use only: where a release of it has not what is used
here, or has it in another form, :func:`open_direct` says so, and the public way does.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import grpc

from pyflink._worker.calls import Call, Metadata
from pyflink._worker.outbox import Abandoned


def open_direct(
    channel: grpc.Channel,
    method: str,
    serialize: Callable[[Any], bytes],
    parse: Callable[[bytes], Any],
    metadata: Metadata,
) -> Call | None:
    """A stream for one thread alone; None if this release of gRPC has no such streams.

    Args:
        channel: leads to the engine.
        method: the full name of the method.
        serialize: makes bytes of a message.
        parse: makes a message of bytes.
        metadata: lets the worker in.
    """
    try:
        core = import_module("grpc._cython.cygrpc")
        return DirectCall(core, channel, method, serialize, parse, metadata)
    except (ImportError, AttributeError, TypeError):
        return None


class DirectCall(Call):
    """See :func:`open_direct`."""

    def __init__(
        self,
        core: Any,
        channel: Any,
        method: str,
        serialize: Callable[[Any], bytes],
        parse: Callable[[bytes], Any],
        metadata: Metadata,
    ) -> None:
        self._serialize = serialize
        self._parse = parse
        kinds = core.OperationType
        self._send_kind = kinds.send_message
        self._receive_kind = kinds.receive_message
        self._status_kind = kinds.receive_status_on_client
        self._send = core.SendMessageOperation
        self._receive = (core.ReceiveMessageOperation(0),)
        self._close = (core.SendCloseFromClientOperation(0),)
        operations = (
            core.SendInitialMetadataOperation(metadata, 0),
            core.ReceiveStatusOnClientOperation(0),
            core.ReceiveInitialMetadataOperation(0),
        )
        self._call = channel._channel.segregated_call(
            core.PropagationConstants.GRPC_PROPAGATE_DEFAULTS,
            method.encode(),
            None,  # the host
            None,  # the deadline
            metadata,
            None,  # the credentials
            tuple(((operation,), None) for operation in operations),
            None,  # the context
            None,  # the registered call
        )
        self._sending = False
        self._receiving = False
        self._ended = False
        self._arrived: bytes | None = None

    def put(self, message: Any) -> None:
        # one at a time may be on its way
        while self._sending and not self._ended:
            self._await_event()
        if self._ended:
            raise Abandoned
        self._sending = True
        if not self._call.operate((self._send(self._serialize(message), 0),), None):
            self._ended = True
            raise Abandoned

    def end(self) -> None:
        while self._sending and not self._ended:
            self._await_event()
        if not self._ended:
            self._call.operate(self._close, None)

    def __next__(self) -> Any:
        if not self._receiving and self._arrived is None and not self._ended:
            self._receiving = self._call.operate(self._receive, None)
            self._ended = not self._receiving
        while self._arrived is None and not self._ended:
            self._await_event()
        if self._arrived is None:
            raise StopIteration
        arrived, self._arrived = self._arrived, None
        return self._parse(arrived)

    def _await_event(self) -> None:
        for operation in self._call.next_event().batch_operations:
            kind = operation.type()
            if kind == self._send_kind:
                self._sending = False
            elif kind == self._receive_kind:
                self._receiving = False
                self._arrived = operation.message()
                # no message is the end
                self._ended = self._ended or self._arrived is None
            elif kind == self._status_kind:
                self._ended = True
