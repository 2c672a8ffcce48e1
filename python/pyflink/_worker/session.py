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
from collections.abc import Iterator
from queue import SimpleQueue
from typing import Any

import grpc

from pyflink._worker import logs
from pyflink._worker.answer import Answer
from pyflink._worker.asynchronous.work import AsyncWork
from pyflink._worker.batches import Processor
from pyflink._worker.calls import Call, ThreadedCall
from pyflink._worker.context import RuntimeContext
from pyflink._worker.direct_call import open_direct
from pyflink._worker.failures import FunctionError
from pyflink._worker.functions import UserFunction
from pyflink._worker.keyed.batches import TIMERS
from pyflink._worker.keyed.keys import KeyedTypes, Keys, keys_in_batch_mode, keys_of_engine
from pyflink._worker.metrics import WorkerMetrics
from pyflink._worker.operators import async_wait
from pyflink._worker.outbox import Abandoned
from pyflink._worker.pauses import Pauses
from pyflink._worker.protocol import CONTROL, DATA, STATE, Protocol
from pyflink._worker.state.broadcast import BroadcastStates
from pyflink._worker.state.channel import StateChannel

_OPTIONS = [
    ("grpc.max_receive_message_length", -1),
    ("grpc.max_send_message_length", -1),
    ("grpc.enable_http_proxy", 0),
]
_FAILURE = "flinker:failure:v1"
_METRICS_DATA = "flinker:metrics:v1"
_METRICS = "metrics"
_TASK = "flinker:env:worker:v1"
_CLOSE = "close"
_GOODBYE_SECONDS = 5.0
_MOST_BYTES = 8 << 20


def run(protocol: Protocol, endpoint: str, token: str, worker: int) -> int:
    """Works for the engine until it has no more to do; returns the exit code."""
    with open_channel(endpoint) as channel:
        return Session(protocol, channel, token, worker).run()


def open_channel(endpoint: str) -> grpc.Channel:
    """A channel to the engine."""
    return grpc.insecure_channel(endpoint, options=_OPTIONS)


class Session:
    """The conversation.

    Args:
        protocol: the messages.
        channel: leads to the engine.
        token: lets the worker in.
        worker: the worker's number.
        threaded: whether the engine is listened to in another thread than functions run in; then
            what is to be sent is not bounded, as nobody must wait for that.
    """

    def __init__(
        self,
        protocol: Protocol,
        channel: grpc.Channel,
        token: str,
        worker: int,
        threaded: bool = False,
    ) -> None:
        self._protocol = protocol
        self._channel = channel
        self._metadata = (("flinker-token", token), ("worker_id", str(worker)))
        self._threaded = threaded
        self._responses: SimpleQueue[Any] = SimpleQueue()
        self._requests: SimpleQueue[Any] = SimpleQueue()
        self._control = channel.stream_stream(
            CONTROL,
            protocol.InstructionResponse.SerializeToString,
            protocol.InstructionRequest.FromString,
        )(iter(self._responses.get, None), metadata=self._metadata)
        self._data: Call
        self._listener = threading.Thread(target=self._listen, daemon=True, name="control")
        self._functions: list[UserFunction] = []
        self._processor: Processor | None = None
        self._keys: Keys | None = None
        self._async_work: AsyncWork | None = None
        #: What has gone wrong; nothing is processed after it.
        self.failure: FunctionError | None = None
        self._metrics = WorkerMetrics(protocol, self._tell_metrics)

    def _open_call(self, method: str, sent: Any, received: Any, threaded: bool = False) -> Call:
        arguments = (
            self._channel,
            method,
            sent.SerializeToString,
            received.FromString,
            self._metadata,
        )
        if threaded or self._threaded:
            return ThreadedCall(*arguments)
        return open_direct(*arguments) or ThreadedCall(*arguments, most_bytes=_MOST_BYTES)

    def run(self) -> int:
        """Talks until the engine ends it; returns the exit code."""
        registration = self.registration()
        if registration is not None:
            self.begin(registration)
            if self._async_work is not None:
                self._async_work.run(self.entries())
            else:
                for elements in self.entries():
                    self.work(elements)
            self.finish()
            self.part()
        return 0

    # ---- the parts of it, for somebody who has several sessions in a thread

    def registration(self) -> Any:
        """Waits for the engine's first word; None if there is none."""
        self._listener.start()
        registration = self._requests.get()
        if registration is not None:
            # an event loop cannot wait for messages: another thread does
            threaded = _is_async(registration.register.process_bundle_descriptor[0])
            elements = self._protocol.Elements
            self._data = self._open_call(DATA, elements, elements, threaded)
        return registration

    def begin(self, registration: Any) -> None:
        """Opens the functions and answers."""
        try:
            self._open(registration.register.process_bundle_descriptor[0])
        except FunctionError as e:
            self.failure = e
        self._respond(registration.instruction_id, self.failure)

    def entries(self) -> Iterator[Any]:
        """The messages of entries, until the engine ends them."""
        return self._data

    def work(self, elements: Any) -> None:
        """Answers a message of entries, unless a function has failed."""
        if self._processor is not None and self.failure is None:
            try:
                self._process(self._processor, elements)
            except Abandoned:
                self._processor = None  # the task was cancelled, or its process is gone
        elif self._async_work is not None:
            self._async_work.work(elements)

    def step(self, seconds: float) -> bool:
        """Goes on with what is under way, for so long at most; returns whether something is.

        That is so with an asynchronous function only. :meth:`run` needs nobody who calls this.
        """
        return self._async_work is not None and self._async_work.step(seconds)

    def finish(self) -> None:
        """Closes the functions and says the last word."""
        self._close()
        self._data.end()
        self._responses.put(None)

    def part(self) -> None:
        """Waits until the engine has heard it."""
        self._listener.join(_GOODBYE_SECONDS)

    # ----

    def _listen(self) -> None:
        try:
            for request in self._control:
                if request.WhichOneof("request") == "process_bundle_progress":
                    self._metrics.asked()
                    self._tell_metrics()
                else:
                    self._requests.put(request)
        except grpc.RpcError:
            pass  # the data stream says so as well
        finally:
            self._requests.put(None)

    def _open(self, descriptor: Any) -> None:
        task = self._protocol.Task.FromString(descriptor.environments[_TASK].payload)
        context = RuntimeContext(
            task.task_name,
            task.parallelism,
            task.max_parallelism,
            task.subtask,
            task.attempt,
            dict(task.job_parameters),
        )
        context._partitions = task.partitions
        transforms = [descriptor.transforms[f"f{i}"] for i in range(len(descriptor.transforms))]
        operator = ", ".join(transform.unique_name for transform in transforms)
        logs.set_task(operator, task.subtask)
        self._functions = [UserFunction(transform) for transform in transforms]
        if _is_async(descriptor):
            self._open_async(self._functions[0], context, descriptor.coders)
        else:
            self._processor = self._open_chain(task, context, descriptor)
        self._metrics.opened()
        self._metrics.ask_gauges()

    def _open_async(self, function: UserFunction, context: RuntimeContext, coders: Any) -> None:
        self._async_work = AsyncWork(
            function, self._protocol, self._data, self._end_async, self._ask_gauges_if_due
        )
        self._async_work.open(
            context._with_metrics(self._metrics.group(0)),
            coders["in"].spec.payload,
            coders["out"].spec.payload,
        )

    def _end_async(self, bundle: str, failure: FunctionError | None) -> None:
        self.failure = failure
        if failure is None:
            self._metrics.ask_gauges()
        self._respond(bundle, failure)

    def _open_chain(self, task: Any, context: RuntimeContext, descriptor: Any) -> Processor:
        channel = self._state_channel(task)
        keys = self._keys = self._make_keys(task, descriptor, channel) if task.keyed else None
        if task.broadcast:
            kinds, operations = self._protocol.state_kinds, self._protocol.state_operations
            context._broadcast = BroadcastStates(kinds, operations, channel)
        # from the last one on, as Flink does
        for i, function in reversed(list(enumerate(self._functions))):
            its_own = context._with_metrics(self._metrics.group(i))
            function.open(keys.context(its_own) if keys is not None and i == 0 else its_own)
        coders = descriptor.coders
        parts = (
            self._functions,
            coders["in"].spec.payload,
            coders["out"].spec.payload,
            coders["in2"].spec.payload if "in2" in coders else None,
            {
                name: (side.unique_name, coders[name].spec.payload)
                for name, side in descriptor.pcollections.items()
            },
        )
        processor = Processor(*parts) if keys is None else keys.processor(*parts)
        if context._broadcast is not None:
            processor.at_end.append(context._broadcast.write)
        return processor

    def _state_channel(self, task: Any) -> StateChannel | None:
        """Where state is asked for; None if the engine keeps none."""
        if task.batch or not (task.keyed or task.broadcast):
            return None
        call = self._open_call(STATE, self._protocol.StateRequest, self._protocol.StateResponse)
        return StateChannel(self._protocol, call)

    def _make_keys(self, task: Any, descriptor: Any, channel: StateChannel | None) -> Keys:
        coders = descriptor.coders
        second = coders["in2"].spec.payload if "in2" in coders else None
        types = KeyedTypes.of(coders["in"].spec.payload, second)
        if channel is None:
            return keys_in_batch_mode(self._protocol, types, task.timers)
        return keys_of_engine(self._protocol, types, task.timers, channel, task.state_cache_bytes)

    def _process(self, processor: Processor, elements: Any) -> None:
        if self._metrics.has_gauges and processor.pauses is None:
            processor.pauses = Pauses(self._ask_gauges_if_due)
        if not elements.data:
            # sent with every question for metrics, so that it is heard while no records come
            self._ask_gauges_if_due()
            return
        answer = Answer(self._protocol, self._data)
        ended = None
        for entry in elements.data:
            bundle = entry.instruction_id
            try:
                if entry.is_last:
                    processor.end_bundle()
                    ended = bundle
                    answer.end(bundle)
                elif entry.transform_id == TIMERS:
                    processor.process_timers(entry.data, answer.of(bundle))
                else:
                    processor.process(entry.data, answer.of(bundle))
            except FunctionError as e:
                answer.end(bundle)
                answer.send()
                self._respond(bundle, e)
                self.failure = e
                return
        answer.send()
        if ended is not None:
            self._metrics.ask_gauges()
            self._respond(ended)

    def _close(self) -> None:
        failure = None
        if self._keys is not None:
            self._keys.store.close()
        if self._async_work is not None:
            failure = self._async_work.close()
        else:
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
        if metrics := self._metrics.take():
            response.process_bundle.monitoring_data[_METRICS_DATA] = metrics
        self._responses.put(response)

    def _ask_gauges_if_due(self) -> None:
        if self._metrics.ask_gauges_if_due():
            self._tell_metrics()

    def _tell_metrics(self) -> None:
        """Sends what metrics have come to; from any thread."""
        if metrics := self._metrics.take():
            response = self._protocol.InstructionResponse(instruction_id=_METRICS)
            response.process_bundle_progress.monitoring_data[_METRICS_DATA] = metrics
            self._responses.put(response)


def _is_async(descriptor: Any) -> bool:
    """Whether what is registered is an asynchronous function, which is alone."""
    return bool(descriptor.transforms["f0"].spec.urn == async_wait.KIND.urn)
