# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Functions of a stream and of another whose records all instances get."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any, Generic

from pyflink._worker.state.api import BroadcastState, ReadOnlyBroadcastState, State
from pyflink._worker.state.descriptors import MapStateDescriptor, StateDescriptor
from pyflink._worker.timers.service import TimerService
from pyflink.datastream._function import Function
from pyflink.datastream._type_variables import IN1, IN2, KEY, OUT
from pyflink.datastream.time_domain import TimeDomain


class BaseBroadcastProcessFunction(Function):
    """What functions of broadcast streams have in common: how they reach the broadcast state."""

    class BaseContext(ABC):
        """The record's timestamp, and the time; valid only while the function runs."""

        @abstractmethod
        def timestamp(self) -> int | None:
            """The record's timestamp in milliseconds; None if it has none."""

        @abstractmethod
        def current_processing_time(self) -> int:
            """What the machine's clock shows, in milliseconds since 1970-01-01T00:00:00Z."""

        @abstractmethod
        def current_watermark(self) -> int:
            """The watermark in milliseconds; ``-2**63`` before the first one."""

    class Context(BaseContext):
        """What a function can ask about a broadcast record, and the state that it may change."""

        @abstractmethod
        def get_broadcast_state(
            self, state_descriptor: MapStateDescriptor
        ) -> BroadcastState[Any, Any]:
            """A map that is the same in all instances.

            Args:
                state_descriptor: one of those that the stream was broadcast with.

            Raises:
                ValueError: if it is none of them.
            """

    class ReadOnlyContext(BaseContext):
        """What a function can ask about a record of the other stream."""

        @abstractmethod
        def get_broadcast_state(
            self, state_descriptor: MapStateDescriptor
        ) -> ReadOnlyBroadcastState[Any, Any]:
            """A map that is the same in all instances, to be read only.

            Args:
                state_descriptor: one of those that the stream was broadcast with.

            Raises:
                ValueError: if it is none of them.
            """


class BroadcastProcessFunction(BaseBroadcastProcessFunction, ABC, Generic[IN1, IN2, OUT]):
    """Makes values of the records of a stream by what a broadcast stream has said so far.

    For :meth:`BroadcastConnectedStream.process` of a stream without keys. Every instance gets each
    broadcast record and keeps what it says in broadcast state; each record of the other stream
    reaches one instance. ``yield tag, value`` with an :class:`OutputTag` goes to a side output.

    Example:
        >>> from pyflink.common import Types
        >>> from pyflink.datastream.state import MapStateDescriptor
        >>> class Translate(BroadcastProcessFunction):
        ...     words = MapStateDescriptor("words", Types.STRING(), Types.STRING())
        ...
        ...     def process_element(self, value, ctx):
        ...         yield ctx.get_broadcast_state(self.words)[value] or value
        ...
        ...     def process_broadcast_element(self, value, ctx):
        ...         ctx.get_broadcast_state(self.words)[value["from"]] = value["to"]
    """

    class Context(BaseBroadcastProcessFunction.Context, ABC):
        """What a function can ask about a broadcast record, and the state that it may change."""

    class ReadOnlyContext(BaseBroadcastProcessFunction.ReadOnlyContext, ABC):
        """What a function can ask about a record of the other stream."""

    @abstractmethod
    def process_element(self, value: IN1, ctx: ReadOnlyContext) -> Iterable[OUT] | None:
        """The values for a record of the stream that is not broadcast; None for no value.

        Args:
            value: the record.
            ctx: its timestamp, the time, and broadcast state to read.
        """

    @abstractmethod
    def process_broadcast_element(self, value: IN2, ctx: Context) -> Iterable[OUT] | None:
        """The values for a broadcast record; None for no value.

        Every instance is called with it and must change the broadcast state in the same way.

        Args:
            value: the record.
            ctx: its timestamp, the time, and broadcast state.
        """


class KeyedBroadcastProcessFunction(BaseBroadcastProcessFunction, ABC, Generic[KEY, IN1, IN2, OUT]):
    """Makes values of the records of a keyed stream by what a broadcast stream has said so far.

    For :meth:`BroadcastConnectedStream.process` of a keyed stream. As
    :class:`BroadcastProcessFunction`, with state and timers for each key on the keyed side.
    """

    class Context(BaseBroadcastProcessFunction.Context, ABC):
        """What a function can ask about a broadcast record, and the state that it may change."""

        @abstractmethod
        def apply_to_keyed_state(
            self,
            state_descriptor: StateDescriptor,
            function: Callable[[Any, State], object],
        ) -> None:
            """Calls a function for each key that has some state, in no order to rely on.

            PyFlink has no such method.

            Args:
                state_descriptor: names the state, as where the function asked for it in ``open``.
                function: gets each key and its state, which it may change.
            """

    class ReadOnlyContext(BaseBroadcastProcessFunction.ReadOnlyContext, ABC):
        """What a function can ask about a record of the keyed stream."""

        @abstractmethod
        def timer_service(self) -> TimerService:
            """The time, and timers of the current key."""

        @abstractmethod
        def get_current_key(self) -> Any:
            """The key of the record."""

    class OnTimerContext(ReadOnlyContext, ABC):
        """What a function can ask about a timer that fires."""

        @abstractmethod
        def time_domain(self) -> TimeDomain:
            """Whether the timer was set for event time or processing time."""

        @abstractmethod
        def get_current_key(self) -> Any:
            """The key of the timer."""

    @abstractmethod
    def process_element(self, value: IN1, ctx: ReadOnlyContext) -> Iterable[OUT] | None:
        """The values for a record of the keyed stream; None for no value.

        Args:
            value: the record.
            ctx: its timestamp and key, the time, timers, and broadcast state to read.
        """

    @abstractmethod
    def process_broadcast_element(self, value: IN2, ctx: Context) -> Iterable[OUT] | None:
        """The values for a broadcast record; None for no value.

        Every instance is called with it and must change the broadcast state in the same way. There
        is no current key.

        Args:
            value: the record.
            ctx: its timestamp, the time, and broadcast state.
        """

    def on_timer(self, timestamp: int, ctx: OnTimerContext) -> Iterable[OUT] | None:
        """The values for a timer that fires; None for no value.

        Args:
            timestamp: the time that it was set to, in milliseconds.
            ctx: its key, the time, timers, and broadcast state to read.
        """
        return None
