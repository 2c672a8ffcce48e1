# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A worker's conversation with the engine, from the first word to the last.

The engine registers the functions; the worker opens them and answers. Then bundles come: the
engine asks for one on the control stream and sends its entries on the data stream, the worker
answers each message of entries with one or more of results, and the end of the bundle with the end
of the results and a response on the control stream. When the engine ends the data stream the worker
closes the functions, answers once more, and ends.

The user's functions run in the main thread, as they expect.
"""

from __future__ import annotations

import threading
from queue import SimpleQueue
from typing import Any

import grpc

from pyflink._worker.answer import Answer
from pyflink._worker.batches import Processor
from pyflink._worker.context import RuntimeContext
from pyflink._worker.failures import FunctionError
from pyflink._worker.functions import UserFunction
from pyflink._worker.outbox import Abandoned, Outbox
from pyflink._worker.protocol import CONTROL, DATA, Protocol

_OPTIONS = [
    ("grpc.max_receive_message_length", -1),
    ("grpc.max_send_message_length", -1),
    ("grpc.enable_http_proxy", 0),
]
_FAILURE = "flinker:failure:v1"
_TASK = "flinker:env:worker:v1"
_CLOSE = "close"
_GOODBYE_SECONDS = 5.0


def run(protocol: Protocol, endpoint: str, token: str, worker: int) -> int:
    """Works for the engine until it has no more to do; returns the exit code."""
    with grpc.insecure_channel(endpoint, options=_OPTIONS) as channel:
        return Session(protocol, channel, token, worker).run()


class Session:
    """The conversation.

    Args:
        protocol: the messages.
        channel: leads to the engine.
        token: lets the worker in.
        worker: the worker's number.
    """

    def __init__(self, protocol: Protocol, channel: grpc.Channel, token: str, worker: int) -> None:
        self._protocol = protocol
        metadata = (("flinker-token", token), ("worker_id", str(worker)))
        self._responses: SimpleQueue[Any] = SimpleQueue()
        self._requests: SimpleQueue[Any] = SimpleQueue()
        self._outbox = Outbox()
        self._control = channel.stream_stream(
            CONTROL,
            protocol.InstructionResponse.SerializeToString,
            protocol.InstructionRequest.FromString,
        )(iter(self._responses.get, None), metadata=metadata)
        self._data = channel.stream_stream(
            DATA, protocol.Elements.SerializeToString, protocol.Elements.FromString
        )(self._outbox, metadata=metadata)
        self._data.add_callback(self._outbox.abandon)
        self._listener = threading.Thread(target=self._listen, daemon=True, name="control")
        self._functions: list[UserFunction] = []

    def run(self) -> int:
        """Talks until the engine ends it; returns the exit code."""
        self._listener.start()
        registration = self._requests.get()
        if registration is None:
            return 0
        failed = False
        try:
            processor = self._open(registration.register.process_bundle_descriptor[0])
            self._respond(registration.instruction_id)
        except FunctionError as e:
            failed = True
            self._respond(registration.instruction_id, e)
        try:
            for elements in self._data:
                if not failed:
                    failed = not self._process(processor, elements)
        except (grpc.RpcError, Abandoned):
            pass  # the task was cancelled, or its process is gone
        self._close()
        self._outbox.end()
        self._responses.put(None)
        self._listener.join(_GOODBYE_SECONDS)
        return 0

    def _listen(self) -> None:
        try:
            for request in self._control:
                self._requests.put(request)
        except grpc.RpcError:
            pass  # the data stream says so as well
        finally:
            self._requests.put(None)

    def _open(self, descriptor: Any) -> Processor:
        task = self._protocol.Task.FromString(descriptor.environments[_TASK].payload)
        context = RuntimeContext(
            task.task_name,
            task.parallelism,
            task.max_parallelism,
            task.subtask,
            task.attempt,
            dict(task.job_parameters),
        )
        transforms = [descriptor.transforms[f"f{i}"] for i in range(len(descriptor.transforms))]
        self._functions = [UserFunction(transform) for transform in transforms]
        # from the last one on, as Flink does
        for function in reversed(self._functions):
            function.open(context)
        coders = descriptor.coders
        return Processor(self._functions, coders["in"].spec.payload, coders["out"].spec.payload)

    def _process(self, processor: Processor, elements: Any) -> bool:
        """Answers a message of entries; false if a function failed."""
        answer = Answer(self._protocol, self._outbox)
        ended = None
        for entry in elements.data:
            if entry.is_last:
                ended = entry.instruction_id
                answer.end(ended)
                continue
            bundle = entry.instruction_id
            try:
                processor.process(entry.data, answer.of(bundle))
            except FunctionError as e:
                answer.end(bundle)
                answer.send()
                self._respond(bundle, e)
                return False
        answer.send()
        if ended is not None:
            self._respond(ended)
        return True

    def _close(self) -> None:
        failure = None
        for function in self._functions:
            try:
                function.close()
            except FunctionError as e:
                failure = failure or e
        self._respond(_CLOSE, failure)

    def _respond(self, instruction: str, failure: FunctionError | None = None) -> None:
        response = self._protocol.InstructionResponse(instruction_id=instruction)
        if failure is not None:
            message = failure.to_message(self._protocol)
            response.error = message.traceback or message.type_name
            data = response.process_bundle.monitoring_data
            data[_FAILURE] = message.SerializeToString()
        self._responses.put(response)
