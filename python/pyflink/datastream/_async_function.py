# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Functions that wait for others while they go on with other records."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable
from typing import Generic, TypeVar

from pyflink.datastream._function import Function

_IN = TypeVar("_IN")
_OUT = TypeVar("_OUT")


class AsyncFunction(Function, ABC, Generic[_IN, _OUT]):
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
    async def async_invoke(self, value: _IN) -> list[_OUT]:
        """The values for a record, in a list; an empty list for no value.

        It is called again if the retry strategy says so. What it raises otherwise fails the job.

        Args:
            value: the record.
        """

    def timeout(self, value: _IN) -> list[_OUT] | Awaitable[list[_OUT]]:
        """The values for a record that takes too long, instead of what ``async_invoke`` returns.

        The call of ``async_invoke`` is cancelled. Without a method of its own the function fails
        the job.

        Args:
            value: the record.

        Raises:
            TimeoutError: always, unless a class does something else.
        """
        raise TimeoutError("async_invoke() has not returned within the timeout")
