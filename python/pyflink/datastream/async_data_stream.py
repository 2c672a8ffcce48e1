# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Asynchronous functions on a stream."""

from __future__ import annotations

from typing import Any

from pyflink._codec import descriptor
from pyflink._graph import add_async_function
from pyflink._worker.asynchronous.declared import is_asynchronous
from pyflink._worker.asynchronous.options import CallOptions
from pyflink.common._typeinfo.annotations import result_type
from pyflink.common.time import Duration, Time
from pyflink.common.typeinfo import TypeInformation, Types
from pyflink.datastream._arguments import expect
from pyflink.datastream._async_function import (
    AsyncFunction,
    AsyncFunctionDescriptor,
    PlainAsyncFunction,
)
from pyflink.datastream._async_retry import NO_RETRY_STRATEGY, AsyncRetryStrategy
from pyflink.datastream._stream import DataStream

__all__ = ["AsyncDataStream"]

_NAME = "async wait operator"

_Mode = AsyncFunctionDescriptor.OutputMode


class AsyncDataStream:
    """Asynchronous functions on a stream: they wait for others for many records at a time.

    The function is an :class:`AsyncFunction`, or any function that is declared with ``async def``
    and takes a record: one that returns the results in a list, or one that yields them. It runs on
    an event loop in a worker. Records that are under way are part of every checkpoint; after a
    restart the function is called for them again. While there is no room for another record,
    checkpoints wait.

    A record that takes longer than the timeout, with all its attempts, is given up: the call is
    cancelled, and the function's ``timeout`` method says what the results are. Without one the job
    fails with a ``TimeoutError``.

    Example:
        >>> import asyncio
        >>> from pyflink.common import Time, Types
        >>> from pyflink.datastream import AsyncDataStream, StreamExecutionEnvironment
        >>> async def price(name):
        ...     await asyncio.sleep(0.01)
        ...     return [(name, len(name))]
        >>> env = StreamExecutionEnvironment.get_execution_environment()
        >>> env.set_parallelism(1)
        <...>
        >>> names = env.from_collection(["tea", "bread"], Types.STRING())
        >>> prices = AsyncDataStream.ordered_wait(
        ...     names,
        ...     price,
        ...     Time.seconds(5),
        ...     capacity=20,
        ...     output_type=Types.TUPLE([Types.STRING(), Types.LONG()]),
        ... )
        >>> list(prices.execute_and_collect())
        [('tea', 3), ('bread', 5)]
    """

    @staticmethod
    def unordered_wait(
        data_stream: DataStream,
        async_function: AsyncFunction[Any, Any] | PlainAsyncFunction,
        timeout: Time | Duration,
        capacity: int = 100,
        output_type: TypeInformation | None = None,
    ) -> DataStream:
        """The results in the order in which they come.

        Only watermarks are not overtaken, nor do they overtake a result.

        Args:
            data_stream: the records.
            async_function: makes the results of a record.
            timeout: how long a record may take; 0: any time.
            capacity: how many records may be under way in an instance of the operator, at least 1.
            output_type: the type of the results. Without one the annotation of what the function
                returns decides, ``-> list[str]``, as for :meth:`DataStream.flat_map`. Else they
                travel as Python objects.

        Raises:
            TypeError: if an argument is of the wrong kind, or the function is not declared with
                ``async def``.
            ValueError: if a number is too small.
            FunctionNotPicklableError: if the function cannot be sent to the workers.
        """
        function = AsyncFunctionDescriptor(
            async_function, timeout, capacity, NO_RETRY_STRATEGY, _Mode.UNORDERED
        )
        return _wait("unordered_wait", data_stream, function, output_type)

    @staticmethod
    def unordered_wait_with_retry(
        data_stream: DataStream,
        async_function: AsyncFunction[Any, Any] | PlainAsyncFunction,
        timeout: Time | Duration,
        async_retry_strategy: AsyncRetryStrategy[Any],
        capacity: int = 100,
        output_type: TypeInformation | None = None,
    ) -> DataStream:
        """As :meth:`unordered_wait`, with further attempts at what did not work out.

        Args:
            data_stream: the records.
            async_function: makes the results of a record.
            timeout: how long a record may take, with all attempts; 0: any time.
            async_retry_strategy: says whether and when there is another attempt.
            capacity: how many records may be under way in an instance of the operator, at least 1.
            output_type: the type of the results.

        Raises:
            TypeError: if an argument is of the wrong kind, or the function is not declared with
                ``async def``.
            ValueError: if a number is too small.
            FunctionNotPicklableError: if the function or the strategy cannot be sent to the
                workers.
        """
        function = AsyncFunctionDescriptor(
            async_function, timeout, capacity, async_retry_strategy, _Mode.UNORDERED
        )
        return _wait("unordered_wait_with_retry", data_stream, function, output_type)

    @staticmethod
    def ordered_wait(
        data_stream: DataStream,
        async_function: AsyncFunction[Any, Any] | PlainAsyncFunction,
        timeout: Time | Duration,
        capacity: int = 100,
        output_type: TypeInformation | None = None,
    ) -> DataStream:
        """The results in the order of the records.

        What is ready waits for the records before it, and counts as under way meanwhile.

        Args:
            data_stream: the records.
            async_function: makes the results of a record.
            timeout: how long a record may take; 0: any time.
            capacity: how many records may be under way in an instance of the operator, at least 1.
            output_type: the type of the results, as for :meth:`unordered_wait`.

        Raises:
            TypeError: if an argument is of the wrong kind, or the function is not declared with
                ``async def``.
            ValueError: if a number is too small.
            FunctionNotPicklableError: if the function cannot be sent to the workers.
        """
        function = AsyncFunctionDescriptor(
            async_function, timeout, capacity, NO_RETRY_STRATEGY, _Mode.ORDERED
        )
        return _wait("ordered_wait", data_stream, function, output_type)

    @staticmethod
    def ordered_wait_with_retry(
        data_stream: DataStream,
        async_function: AsyncFunction[Any, Any] | PlainAsyncFunction,
        timeout: Time | Duration,
        async_retry_strategy: AsyncRetryStrategy[Any],
        capacity: int = 100,
        output_type: TypeInformation | None = None,
    ) -> DataStream:
        """As :meth:`ordered_wait`, with further attempts at what did not work out.

        Args:
            data_stream: the records.
            async_function: makes the results of a record.
            timeout: how long a record may take, with all attempts; 0: any time.
            async_retry_strategy: says whether and when there is another attempt.
            capacity: how many records may be under way in an instance of the operator, at least 1.
            output_type: the type of the results, as for :meth:`unordered_wait`.

        Raises:
            TypeError: if an argument is of the wrong kind, or the function is not declared with
                ``async def``.
            ValueError: if a number is too small.
            FunctionNotPicklableError: if the function or the strategy cannot be sent to the
                workers.
        """
        function = AsyncFunctionDescriptor(
            async_function, timeout, capacity, async_retry_strategy, _Mode.ORDERED
        )
        return _wait("ordered_wait_with_retry", data_stream, function, output_type)


def _wait(
    method: str,
    stream: DataStream,
    described: AsyncFunctionDescriptor,
    output_type: TypeInformation | None,
) -> DataStream:
    expect(stream, DataStream, f"{method}(): the data_stream", "env.from_collection([1, 2])")
    function = described.async_function
    called = _checked_function(method, function)
    options = CallOptions(
        _millis(method, described.timeout),
        _handles_timeout(function),
        _checked_retry(method, described.async_retry_strategy),
    )
    _check_capacity(method, described.capacity)
    annotated = False
    if output_type is None:
        output_type = result_type(called, elements=True, awaited=True)
        annotated = output_type is not None
    # so that a type that Python cannot read is refused here
    stream.get_type()
    return stream._wrap(
        add_async_function(
            stream._j_records,
            _NAME,
            function,
            isinstance(function, AsyncFunction),
            options,
            descriptor(output_type or Types.PICKLED_BYTE_ARRAY()),
            annotated=annotated,
            capacity=described.capacity,
            ordered=described.output_mode is _Mode.ORDERED,
        )
    )


def _checked_function(method: str, function: Any) -> Any:
    """What is called for a record."""
    called = function.async_invoke if isinstance(function, AsyncFunction) else function
    if isinstance(function, type):
        raise TypeError(
            f"{method}(): the async_function is an object, {function.__name__}(), not the class "
            f"{function.__name__}."
        )
    if not is_asynchronous(called):
        if called is not function:
            raise TypeError(
                f"{method}(): async_invoke of {type(function).__qualname__} is not declared with "
                "'async def'."
            )
        raise TypeError(
            f"{method}(): the async_function is an AsyncFunction or a function that is declared "
            f"with 'async def'; not {function!r:.100}."
        )
    return called


def _handles_timeout(function: Any) -> bool:
    return (
        isinstance(function, AsyncFunction) and type(function).timeout is not AsyncFunction.timeout
    )


def _checked_retry(method: str, retry: Any) -> AsyncRetryStrategy[Any] | None:
    """The strategy; None if it is the one that says no."""
    expect(
        retry,
        AsyncRetryStrategy,
        f"{method}(): the async_retry_strategy",
        "AsyncRetryStrategy.fixed_delay(3, 100, None, has_exception_predicate)",
    )
    return None if retry is NO_RETRY_STRATEGY else retry


def _millis(method: str, timeout: Time | Duration) -> int:
    if isinstance(timeout, Duration):
        # up, as 0 means another thing
        millis = -(-timeout._nanos // 10**6)
    else:
        expect(timeout, Time, f"{method}(): the timeout", "Time.seconds(5)")
        millis = timeout.to_milliseconds()
    if millis < 0:
        raise ValueError(
            f"{method}(): the timeout is {millis} ms; it is at least 0, which stands for no limit."
        )
    return millis


def _check_capacity(method: str, capacity: int) -> None:
    if isinstance(capacity, bool) or not isinstance(capacity, int):
        raise TypeError(
            f"{method}(): the capacity is an int, how many records may be under way; not "
            f"{capacity!r:.100}."
        )
    if not 1 <= capacity < 2**31:
        raise ValueError(f"{method}(): the capacity is {capacity}; it is 1 to {2**31 - 1}.")
