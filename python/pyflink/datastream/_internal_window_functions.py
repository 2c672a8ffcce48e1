# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""One form for all functions of windows, as PyFlink has it between its API and its workers.

``process`` takes what a window holds: its records, or the one value that they have become in a
reduce or aggregate function before.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, Generic

from pyflink._worker.context import RuntimeContext
from pyflink._worker.state.stores import KeyedStateStore
from pyflink.datastream._function import Function
from pyflink.datastream._type_variables import IN, KEY, OUT, W
from pyflink.datastream._window_functions import (
    AllWindowFunction,
    ProcessAllWindowFunction,
    ProcessWindowFunction,
    WindowFunction,
)


class InternalWindowFunction(Function, ABC, Generic[IN, OUT, KEY, W]):
    """A function of a window, of whatever kind."""

    class InternalWindowContext(ABC):
        """The time, and state."""

        @abstractmethod
        def current_processing_time(self) -> int:
            """What the machine's clock shows, in milliseconds since 1970-01-01T00:00:00Z."""

        @abstractmethod
        def current_watermark(self) -> int:
            """The watermark in milliseconds; ``-2**63`` before the first one."""

        @abstractmethod
        def window_state(self) -> KeyedStateStore:
            """Where state comes from that belongs to the key and to the window."""

        @abstractmethod
        def global_state(self) -> KeyedStateStore:
            """Where state comes from that belongs to the key."""

    @abstractmethod
    def process(
        self, key: KEY, window: W, context: InternalWindowContext, input_data: IN
    ) -> Iterable[OUT]:
        """The values for a window that fires.

        Args:
            key: the key.
            window: the window.
            context: the time, and state.
            input_data: what the window holds.
        """

    @abstractmethod
    def clear(self, window: W, context: InternalWindowContext) -> None:
        """Clears the state of a window whose time is over.

        Args:
            window: the window.
            context: the time, and state.
        """


class _Wrapper(InternalWindowFunction[IN, OUT, KEY, W]):
    """A function of windows in the form of all."""

    _wrapped: Any

    def open(self, runtime_context: RuntimeContext) -> None:
        self._wrapped.open(runtime_context)

    def close(self) -> None:
        self._wrapped.close()

    def clear(self, window: W, context: InternalWindowFunction.InternalWindowContext) -> None:
        """Nothing: such a function has no state of a window.

        Args:
            window: the window.
            context: the time, and state.
        """


class InternalSingleValueWindowFunction(_Wrapper[IN, OUT, KEY, W]):
    """A ``WindowFunction`` of one value.

    Args:
        wrapped_function: the function.
    """

    def __init__(self, wrapped_function: WindowFunction[IN, OUT, KEY, W]) -> None:
        self._wrapped = wrapped_function

    def process(
        self,
        key: KEY,
        window: W,
        context: InternalWindowFunction.InternalWindowContext,
        input_data: IN,
    ) -> Iterable[OUT]:
        return self._wrapped.apply(key, window, [input_data])  # type: ignore[no-any-return]


class InternalSingleValueAllWindowFunction(_Wrapper[IN, OUT, int, W]):
    """An ``AllWindowFunction`` of one value.

    Args:
        wrapped_function: the function.
    """

    def __init__(self, wrapped_function: AllWindowFunction[IN, OUT, W]) -> None:
        self._wrapped = wrapped_function

    def process(
        self,
        key: int,
        window: W,
        context: InternalWindowFunction.InternalWindowContext,
        input_data: IN,
    ) -> Iterable[OUT]:
        return self._wrapped.apply(window, [input_data])  # type: ignore[no-any-return]


class InternalIterableWindowFunction(_Wrapper[Iterable[IN], OUT, KEY, W]):
    """A ``WindowFunction`` of all records.

    Args:
        wrapped_function: the function.
    """

    def __init__(self, wrapped_function: WindowFunction[IN, OUT, KEY, W]) -> None:
        self._wrapped = wrapped_function

    def process(
        self,
        key: KEY,
        window: W,
        context: InternalWindowFunction.InternalWindowContext,
        input_data: Iterable[IN],
    ) -> Iterable[OUT]:
        return self._wrapped.apply(key, window, input_data)  # type: ignore[no-any-return]


class InternalIterableAllWindowFunction(_Wrapper[Iterable[IN], OUT, int, W]):
    """An ``AllWindowFunction`` of all records.

    Args:
        wrapped_function: the function.
    """

    def __init__(self, wrapped_function: AllWindowFunction[IN, OUT, W]) -> None:
        self._wrapped = wrapped_function

    def process(
        self,
        key: int,
        window: W,
        context: InternalWindowFunction.InternalWindowContext,
        input_data: Iterable[IN],
    ) -> Iterable[OUT]:
        return self._wrapped.apply(window, input_data)  # type: ignore[no-any-return]


class InternalProcessWindowContext(ProcessWindowFunction.Context[W]):
    """A context that passes questions on, but for the window."""

    def __init__(self) -> None:
        # set before each call of the function
        self._window: Any = None
        self._underlying: Any = None

    def window(self) -> W:
        return self._window  # type: ignore[no-any-return]

    def current_processing_time(self) -> int:
        return self._underlying.current_processing_time()  # type: ignore[no-any-return]

    def current_watermark(self) -> int:
        return self._underlying.current_watermark()  # type: ignore[no-any-return]

    def window_state(self) -> KeyedStateStore:
        return self._underlying.window_state()  # type: ignore[no-any-return]

    def global_state(self) -> KeyedStateStore:
        return self._underlying.global_state()  # type: ignore[no-any-return]


class InternalProcessAllWindowContext(ProcessAllWindowFunction.Context[W]):
    """A context that passes questions on, but for the window."""

    def __init__(self) -> None:
        # set before each call of the function
        self._window: Any = None
        self._underlying: Any = None

    def window(self) -> W:
        return self._window  # type: ignore[no-any-return]

    def window_state(self) -> KeyedStateStore:
        return self._underlying.window_state()  # type: ignore[no-any-return]

    def global_state(self) -> KeyedStateStore:
        return self._underlying.global_state()  # type: ignore[no-any-return]


class _ProcessWrapper(_Wrapper[IN, OUT, KEY, W]):
    """A function with a context of its own."""

    _context: Any

    def _at(self, window: W, context: InternalWindowFunction.InternalWindowContext) -> Any:
        self._context._window = window
        self._context._underlying = context
        return self._context

    def clear(self, window: W, context: InternalWindowFunction.InternalWindowContext) -> None:
        """Lets the function clear the state of a window whose time is over.

        Args:
            window: the window.
            context: the time, and state.
        """
        self._wrapped.clear(self._at(window, context))


class InternalSingleValueProcessWindowFunction(_ProcessWrapper[IN, OUT, KEY, W]):
    """A ``ProcessWindowFunction`` of one value.

    Args:
        wrapped_function: the function.
    """

    def __init__(self, wrapped_function: ProcessWindowFunction[IN, OUT, KEY, W]) -> None:
        self._wrapped = wrapped_function
        self._context = InternalProcessWindowContext[W]()

    def process(
        self,
        key: KEY,
        window: W,
        context: InternalWindowFunction.InternalWindowContext,
        input_data: IN,
    ) -> Iterable[OUT]:
        at = self._at(window, context)
        return self._wrapped.process(key, at, [input_data])  # type: ignore[no-any-return]


class InternalSingleValueProcessAllWindowFunction(_ProcessWrapper[IN, OUT, int, W]):
    """A ``ProcessAllWindowFunction`` of one value.

    Args:
        wrapped_function: the function.
    """

    def __init__(self, wrapped_function: ProcessAllWindowFunction[IN, OUT, W]) -> None:
        self._wrapped = wrapped_function
        self._context = InternalProcessAllWindowContext[W]()

    def process(
        self,
        key: int,
        window: W,
        context: InternalWindowFunction.InternalWindowContext,
        input_data: IN,
    ) -> Iterable[OUT]:
        at = self._at(window, context)
        return self._wrapped.process(at, [input_data])  # type: ignore[no-any-return]


class InternalIterableProcessWindowFunction(_ProcessWrapper[Iterable[IN], OUT, KEY, W]):
    """A ``ProcessWindowFunction`` of all records.

    Args:
        wrapped_function: the function.
    """

    def __init__(self, wrapped_function: ProcessWindowFunction[IN, OUT, KEY, W]) -> None:
        self._wrapped = wrapped_function
        self._context = InternalProcessWindowContext[W]()

    def process(
        self,
        key: KEY,
        window: W,
        context: InternalWindowFunction.InternalWindowContext,
        input_data: Iterable[IN],
    ) -> Iterable[OUT]:
        at = self._at(window, context)
        return self._wrapped.process(key, at, input_data)  # type: ignore[no-any-return]


class InternalIterableProcessAllWindowFunction(_ProcessWrapper[Iterable[IN], OUT, int, W]):
    """A ``ProcessAllWindowFunction`` of all records.

    Args:
        wrapped_function: the function.
    """

    def __init__(self, wrapped_function: ProcessAllWindowFunction[IN, OUT, W]) -> None:
        self._wrapped = wrapped_function
        self._context = InternalProcessAllWindowContext[W]()

    def process(
        self,
        key: int,
        window: W,
        context: InternalWindowFunction.InternalWindowContext,
        input_data: Iterable[IN],
    ) -> Iterable[OUT]:
        at = self._at(window, context)
        return self._wrapped.process(at, input_data)  # type: ignore[no-any-return]
