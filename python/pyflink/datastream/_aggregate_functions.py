# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Functions that make one value of many."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from pyflink.datastream._function import Function


class ReduceFunction(Function, ABC):
    """Makes one value of two, again and again; for :meth:`KeyedStream.reduce`, windows and state.

    Which two comes first does not matter, as long as the order of the records is kept: ``reduce(a,
    reduce(b, c))`` is the same as ``reduce(reduce(a, b), c)``.

    Example:
        >>> class Longer(ReduceFunction):
        ...     def reduce(self, value1, value2):
        ...         return max(value1, value2, key=len)
    """

    @abstractmethod
    def reduce(self, value1: Any, value2: Any) -> Any:
        """The value for two.

        Args:
            value1: what the records before have become; the first record, to begin with.
            value2: the next record.

        Returns:
            A value of the records' type.
        """


class AggregateFunction(Function, ABC):
    """Adds values to an accumulator and makes a result of it; for windows and state.

    Accumulators, values and results may be of three types.

    Example:
        >>> class Mean(AggregateFunction):
        ...     def create_accumulator(self):
        ...         return 0, 0
        ...
        ...     def add(self, value, accumulator):
        ...         return accumulator[0] + value, accumulator[1] + 1
        ...
        ...     def get_result(self, accumulator):
        ...         return accumulator[0] / accumulator[1]
        ...
        ...     def merge(self, acc_a, acc_b):
        ...         return acc_a[0] + acc_b[0], acc_a[1] + acc_b[1]
    """

    @abstractmethod
    def create_accumulator(self) -> Any:
        """An accumulator that nothing was added to."""

    @abstractmethod
    def add(self, value: Any, accumulator: Any) -> Any:
        """The accumulator with a value added to it.

        Args:
            value: the value.
            accumulator: the accumulator, which may be changed and returned.
        """

    @abstractmethod
    def get_result(self, accumulator: Any) -> Any:
        """The result of what was added to an accumulator.

        Args:
            accumulator: the accumulator, which stays in use.
        """

    @abstractmethod
    def merge(self, acc_a: Any, acc_b: Any) -> Any:
        """One accumulator of two, as when two session windows become one.

        Args:
            acc_a: an accumulator, which may be changed and returned.
            acc_b: another one; neither is used again.
        """
