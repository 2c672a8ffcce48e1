# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Functions of the records in a window."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, Generic

from pyflink._worker.state.stores import KeyedStateStore
from pyflink.datastream._function import Function
from pyflink.datastream._type_variables import IN, KEY, OUT, W2, W


class WindowFunction(Function, ABC, Generic[IN, OUT, KEY, W]):
    """Makes values of the records of a key in a window; for :meth:`WindowedStream.apply`.

    Example:
        >>> class Total(WindowFunction):
        ...     def apply(self, key, window, inputs):
        ...         yield key, window.end, sum(value["price"] for value in inputs)
    """

    @abstractmethod
    def apply(self, key: KEY, window: W, inputs: Iterable[IN]) -> Iterable[OUT]:
        """The values for a window that fires, to be iterated over; None for no value.

        Args:
            key: the key.
            window: the window.
            inputs: the records in it; the one value of a reduce or aggregate function that comes
                before.
        """


class AllWindowFunction(Function, ABC, Generic[IN, OUT, W]):
    """Makes values of all records in a window; for :meth:`AllWindowedStream.apply`.

    Example:
        >>> class Total(AllWindowFunction):
        ...     def apply(self, window, inputs):
        ...         yield window.end, sum(value["price"] for value in inputs)
    """

    @abstractmethod
    def apply(self, window: W, inputs: Iterable[IN]) -> Iterable[OUT]:
        """The values for a window that fires, to be iterated over; None for no value.

        Args:
            window: the window.
            inputs: the records in it; the one value of a reduce or aggregate function that comes
                before.
        """


class ProcessWindowFunction(Function, ABC, Generic[IN, OUT, KEY, W]):
    """Makes values of the records of a key in a window, with state of its own.

    For :meth:`WindowedStream.process`. As :class:`WindowFunction`, but it also sees the time and
    keeps state for each window, and for each key over all its windows. ``yield value`` goes to the
    stream that ``process`` returns, ``yield tag, value`` with an :class:`OutputTag` to a side
    output.

    Example:
        >>> from pyflink.common import Types
        >>> from pyflink.datastream.state import ValueStateDescriptor
        >>> class Growth(ProcessWindowFunction):
        ...     before = ValueStateDescriptor("before", Types.LONG())
        ...
        ...     def process(self, key, context, elements):
        ...         state = context.global_state().get_state(self.before)
        ...         count = len(list(elements))
        ...         yield key, context.window().end, count - (state.value() or 0)
        ...         state.update(count)
    """

    class Context(ABC, Generic[W2]):
        """The window, the time and state; valid only while the function runs."""

        @abstractmethod
        def window(self) -> W2:
            """The window."""

        @abstractmethod
        def current_processing_time(self) -> int:
            """What the machine's clock shows, in milliseconds since 1970-01-01T00:00:00Z."""

        @abstractmethod
        def current_watermark(self) -> int:
            """The watermark in milliseconds; ``-2**63`` before the first one."""

        @abstractmethod
        def window_state(self) -> KeyedStateStore:
            """Where state comes from that belongs to the key and to this window.

            Clear it in :meth:`ProcessWindowFunction.clear`, or it stays for ever.
            """

        @abstractmethod
        def global_state(self) -> KeyedStateStore:
            """Where state comes from that belongs to the key, whatever the window."""

    @abstractmethod
    def process(
        self, key: KEY, context: ProcessWindowFunction.Context[Any], elements: Iterable[IN]
    ) -> Iterable[OUT]:
        """The values for a window that fires, to be iterated over; None for no value.

        Args:
            key: the key.
            context: the window, the time and state.
            elements: the records in the window; the one value of a reduce or aggregate function
                that comes before.
        """

    def clear(self, context: ProcessWindowFunction.Context[Any]) -> None:
        """Clears the state of a window whose time is over, lateness included.

        Args:
            context: the window, the time and state.
        """
        return


class ProcessAllWindowFunction(Function, ABC, Generic[IN, OUT, W]):
    """Makes values of all records in a window, with state of its own.

    For :meth:`AllWindowedStream.process`. As :class:`ProcessWindowFunction`, without keys.

    Example:
        >>> class Busiest(ProcessAllWindowFunction):
        ...     def process(self, context, elements):
        ...         yield context.window().start, max(elements)
    """

    class Context(ABC, Generic[W2]):
        """The window and state; valid only while the function runs."""

        @abstractmethod
        def window(self) -> W2:
            """The window."""

        @abstractmethod
        def window_state(self) -> KeyedStateStore:
            """Where state comes from that belongs to this window.

            Clear it in :meth:`ProcessAllWindowFunction.clear`, or it stays for ever.
            """

        @abstractmethod
        def global_state(self) -> KeyedStateStore:
            """Where state comes from that all windows share."""

    @abstractmethod
    def process(
        self, context: ProcessAllWindowFunction.Context[Any], elements: Iterable[IN]
    ) -> Iterable[OUT]:
        """The values for a window that fires, to be iterated over; None for no value.

        Args:
            context: the window and state.
            elements: the records in the window; the one value of a reduce or aggregate function
                that comes before.
        """

    def clear(self, context: ProcessAllWindowFunction.Context[Any]) -> None:
        """Clears the state of a window whose time is over, lateness included.

        Args:
            context: the window and state.
        """
        return


class PassThroughWindowFunction(WindowFunction[IN, IN, KEY, W]):
    """Gives the records of a window as they are."""

    def apply(self, key: KEY, window: W, inputs: Iterable[IN]) -> Iterable[IN]:
        """The records.

        Args:
            key: the key.
            window: the window.
            inputs: the records in it.
        """
        yield from inputs


class PassThroughAllWindowFunction(AllWindowFunction[IN, IN, W]):
    """Gives the records of a window as they are."""

    def apply(self, window: W, inputs: Iterable[IN]) -> Iterable[IN]:
        """The records.

        Args:
            window: the window.
            inputs: the records in it.
        """
        yield from inputs
