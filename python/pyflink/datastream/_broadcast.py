# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Streams that all instances of an operator get, with the state that they keep."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pyflink._graph import Kind, PythonFunction, add_broadcast_function
from pyflink._worker.broadcasting import Broadcasting
from pyflink._worker.state.descriptors import MapStateDescriptor
from pyflink.datastream._arguments import expect
from pyflink.datastream._broadcast_functions import (
    BroadcastProcessFunction,
    KeyedBroadcastProcessFunction,
)
from pyflink.datastream._result_types import result_descriptor

if TYPE_CHECKING:
    from pyflink.common.typeinfo import TypeInformation
    from pyflink.datastream._stream import DataStream


class BroadcastStream:
    """A stream of which every instance gets every record; made by :meth:`DataStream.broadcast`.

    It is for :meth:`DataStream.connect`.

    Args:
        input_stream: the stream.
        broadcast_state_descriptors: name the maps in which instances keep what its records say.
    """

    def __init__(
        self,
        input_stream: DataStream,
        broadcast_state_descriptors: list[MapStateDescriptor],
    ) -> None:
        self.input_stream = input_stream
        self.broadcast_state_descriptors = broadcast_state_descriptors


class BroadcastConnectedStream:
    """A stream and a broadcast one; made by :meth:`DataStream.connect`.

    Args:
        non_broadcast_stream: the stream, with or without keys.
        broadcast_stream: the broadcast one.
        broadcast_state_descriptors: name the maps in which instances keep what its records say.
    """

    def __init__(
        self,
        non_broadcast_stream: DataStream,
        broadcast_stream: BroadcastStream,
        broadcast_state_descriptors: list[MapStateDescriptor],
    ) -> None:
        self.non_broadcast_stream = non_broadcast_stream
        self.broadcast_stream = broadcast_stream
        self.broadcast_state_descriptors = broadcast_state_descriptors

    def process(
        self,
        func: BroadcastProcessFunction[Any, Any, Any]
        | KeyedBroadcastProcessFunction[Any, Any, Any, Any],
        output_type: TypeInformation | None = None,
    ) -> DataStream:
        """Any number of values for each record of either stream, for any output.

        Args:
            func: makes the values: a ``KeyedBroadcastProcessFunction`` if the stream has keys, else
                a ``BroadcastProcessFunction``.
            output_type: the type of the values. Without one the annotations of what the methods
                return decide, where they say the same: see :meth:`DataStream.flat_map`. Else
                the values travel as Python objects.

        Raises:
            TypeError: if the function is not of the class for such a stream.
            FunctionNotPicklableError: if the function cannot be sent to the workers.

        Example:
            >>> from pyflink.common import Types
            >>> from pyflink.datastream import StreamExecutionEnvironment
            >>> from pyflink.datastream.functions import BroadcastProcessFunction
            >>> from pyflink.datastream.state import MapStateDescriptor
            >>> rules = MapStateDescriptor("rules", Types.STRING(), Types.LONG())
            >>> class Known(BroadcastProcessFunction):
            ...     def process_element(self, value, ctx):
            ...         yield value, ctx.get_broadcast_state(rules).contains(value)
            ...
            ...     def process_broadcast_element(self, value, ctx):
            ...         ctx.get_broadcast_state(rules).put(*value)
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> words = env.from_collection(["a", "b"], Types.STRING())
            >>> limits = env.from_collection([("a", 1)]).broadcast(rules)
            >>> known = words.connect(limits).process(Known())
        """
        stream, keyed = self.non_broadcast_stream, self.non_broadcast_stream._of_pairs
        wanted = KeyedBroadcastProcessFunction if keyed else BroadcastProcessFunction
        if not isinstance(func, wanted):
            expect(
                func,
                wanted,
                f"process() of a {'keyed ' if keyed else ''}stream and a broadcast one: "
                "the function",
                f"My{wanted.__name__}()",
            )
        methods: list[Callable[..., Any]] = [func.process_element, func.process_broadcast_element]
        timers = isinstance(func, KeyedBroadcastProcessFunction) and (
            getattr(func.on_timer, "__func__", None) is not KeyedBroadcastProcessFunction.on_timer
        )
        if isinstance(func, KeyedBroadcastProcessFunction) and timers:
            methods.append(func.on_timer)
        type_bytes, annotated = result_descriptor(output_type, methods, True)
        return stream._wrap(
            add_broadcast_function(
                stream._j_data_stream,
                self.broadcast_stream.input_stream._j_records,
                PythonFunction(
                    Kind.KEYED_BROADCAST if keyed else Kind.BROADCAST,
                    "Co-Process-Broadcast-Keyed" if keyed else "Co-Process-Broadcast",
                    Broadcasting(func, self.broadcast_state_descriptors),
                    type_bytes,
                    annotated,
                    timers=timers,
                ),
            )
        )
