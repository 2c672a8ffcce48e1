# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Functions that wait for others while they go on with other records."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable
from enum import Enum
from typing import Any, Generic, TypeAlias

from pyflink.common.time import Duration, Time
from pyflink.datastream._async_retry import AsyncRetryStrategy
from pyflink.datastream._function import Function
from pyflink.datastream._type_variables import IN, OUT


class AsyncFunction(Function, ABC, Generic[IN, OUT]):
    """Makes values of each record by asking others for them; for :class:`AsyncDataStream`.

    Many records are under way at a time, on one event loop. ``open``, ``async_invoke``, ``timeout``
    and ``close`` all run on it, so that what is made in one of them, a session of an HTTP client
    for example, can be used in the others. ``open``, ``timeout`` and ``close`` may be declared with
    ``async def``, too.

    A plain function that is declared with ``async def`` will do, where there is nothing to open.

    Example:
        >>> import asyncio
        >>> class Slowly(AsyncFunction):
        ...     async def async_invoke(self, value):
        ...         await asyncio.sleep(0.01)
        ...         return [value]
    """

    @abstractmethod
    async def async_invoke(self, value: IN) -> list[OUT]:
        """The values for a record, in a list; an empty list for no value.

        It is called again if the retry strategy says so. What it raises otherwise fails the job.

        Args:
            value: the record.
        """

    def timeout(self, value: IN) -> list[OUT] | Awaitable[list[OUT]]:
        """The values for a record that takes too long, instead of what ``async_invoke`` returns.

        The call of ``async_invoke`` is cancelled. Without a method of its own the function fails
        the job.

        Args:
            value: the record.

        Raises:
            TimeoutError: always, unless a class does something else.
        """
        raise TimeoutError("async_invoke() has not returned within the timeout")


#: What is declared with ``async def`` and returns the results of a record, or yields them.
PlainAsyncFunction: TypeAlias = Callable[[Any], Awaitable[Iterable[Any]] | AsyncIterable[Any]]


class AsyncFunctionDescriptor:
    """An asynchronous function, and how it is to run; :class:`AsyncDataStream` makes it.

    Args:
        async_function: makes the results of a record.
        timeout: how long a record may take, with all attempts; 0: any time.
        capacity: how many records may be under way in an instance of the operator.
        async_retry_strategy: says whether and when there is another attempt.
        output_mode: the order of the results.
    """

    class OutputMode(Enum):
        """The order of the results."""

        ORDERED = 0
        """That of the records."""

        UNORDERED = 1
        """That in which they come."""

    def __init__(
        self,
        async_function: AsyncFunction[Any, Any] | PlainAsyncFunction,
        timeout: Time | Duration,
        capacity: int,
        async_retry_strategy: AsyncRetryStrategy[Any],
        output_mode: OutputMode,
    ) -> None:
        self.async_function = async_function
        self.timeout = timeout
        self.capacity = capacity
        self.async_retry_strategy = async_retry_strategy
        self.output_mode = output_mode
