# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Functions of two connected streams: one object takes the records of both."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, TypeAlias

from pyflink._worker.process_context import Context as _Context
from pyflink.datastream._function import Function


class CoMapFunction(Function, ABC):
    """Makes one value of each record of two streams; for :meth:`ConnectedStreams.map`.

    Example:
        >>> class AsText(CoMapFunction):
        ...     def map1(self, value):
        ...         return f"number {value}"
        ...
        ...     def map2(self, value):
        ...         return f"word {value}"
    """

    @abstractmethod
    def map1(self, value: Any) -> Any:
        """The value for a record of the first stream; None for no value.

        Args:
            value: the record.
        """

    @abstractmethod
    def map2(self, value: Any) -> Any:
        """The value for a record of the second stream; None for no value.

        Args:
            value: the record.
        """


class CoFlatMapFunction(Function, ABC):
    """Makes values of the records of two streams; for :meth:`ConnectedStreams.flat_map`.

    Example:
        >>> class Allowed(CoFlatMapFunction):
        ...     def open(self, runtime_context):
        ...         self.words = set()
        ...
        ...     def flat_map1(self, value):
        ...         if value in self.words:
        ...             yield value
        ...
        ...     def flat_map2(self, value):
        ...         self.words.add(value)
    """

    @abstractmethod
    def flat_map1(self, value: Any) -> Iterable[Any] | None:
        """The values for a record of the first stream, to be iterated over; None for no value.

        Args:
            value: the record.
        """

    @abstractmethod
    def flat_map2(self, value: Any) -> Iterable[Any] | None:
        """The values for a record of the second stream, to be iterated over; None for no value.

        Args:
            value: the record.
        """


class CoProcessFunction(Function, ABC):
    """Makes values of the records of two streams, for any output.

    For :meth:`ConnectedStreams.process`. As :class:`ProcessFunction`, with a method for each
    stream.

    Example:
        >>> class Both(CoProcessFunction):
        ...     def process_element1(self, value, ctx):
        ...         yield "first", value, ctx.timestamp()
        ...
        ...     def process_element2(self, value, ctx):
        ...         yield "second", value, ctx.timestamp()
    """

    Context: TypeAlias = _Context

    @abstractmethod
    def process_element1(self, value: Any, ctx: CoProcessFunction.Context) -> Iterable[Any] | None:
        """The values for a record of the first stream, to be iterated over; None for no value.

        Args:
            value: the record.
            ctx: the record's timestamp and the current time.
        """

    @abstractmethod
    def process_element2(self, value: Any, ctx: CoProcessFunction.Context) -> Iterable[Any] | None:
        """The values for a record of the second stream, to be iterated over; None for no value.

        Args:
            value: the record.
            ctx: the record's timestamp and the current time.
        """
