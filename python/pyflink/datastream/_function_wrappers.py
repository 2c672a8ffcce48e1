# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Callables as objects of the function classes; most are of PyFlink 1.12 and 1.13."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pyflink.datastream._function import Function


class FunctionWrapper(Function):
    """A callable with a life that does nothing.

    Args:
        func: the callable.
    """

    def __init__(self, func: Callable[..., Any]) -> None:
        self._func = func


class ReduceFunctionWrapper(FunctionWrapper):
    """A callable as a ``ReduceFunction``.

    Args:
        func: makes one value of two.
    """

    def __init__(self, func: Callable[[Any, Any], Any]) -> None:
        super().__init__(func)

    def reduce(self, value1: Any, value2: Any) -> Any:
        """The value for two.

        Args:
            value1: a value.
            value2: the next one.
        """
        return self._func(value1, value2)


class MapFunctionWrapper(FunctionWrapper):
    """A callable as a ``MapFunction``.

    Args:
        func: makes a value of a record.
    """

    def __init__(self, func: Callable[[Any], Any]) -> None:
        super().__init__(func)

    def map(self, value: Any) -> Any:
        """The value for a record.

        Args:
            value: the record.
        """
        return self._func(value)


class FlatMapFunctionWrapper(FunctionWrapper):
    """A callable as a ``FlatMapFunction``.

    Args:
        func: makes values of a record.
    """

    def __init__(self, func: Callable[[Any], Iterable[Any] | None]) -> None:
        super().__init__(func)

    def flat_map(self, value: Any) -> Iterable[Any] | None:
        """The values for a record.

        Args:
            value: the record.
        """
        return self._func(value)  # type: ignore[no-any-return]


class FilterFunctionWrapper(FunctionWrapper):
    """A callable as a ``FilterFunction``.

    Args:
        func: says whether a record stays.
    """

    def __init__(self, func: Callable[[Any], bool]) -> None:
        super().__init__(func)

    def filter(self, value: Any) -> bool:
        """Whether a record stays.

        Args:
            value: the record.
        """
        return bool(self._func(value))


class KeySelectorFunctionWrapper(FunctionWrapper):
    """A callable as a ``KeySelector``.

    Args:
        func: says which key a record has.
    """

    def __init__(self, func: Callable[[Any], Any]) -> None:
        super().__init__(func)

    def get_key(self, value: Any) -> Any:
        """The key of a record.

        Args:
            value: the record.
        """
        return self._func(value)


class PartitionerFunctionWrapper(FunctionWrapper):
    """A callable as a ``Partitioner``.

    Args:
        func: says which of how many instances gets a key.
    """

    def __init__(self, func: Callable[[Any, int], int]) -> None:
        super().__init__(func)

    def partition(self, key: Any, num_partitions: int) -> int:
        """The index of the instance that gets the records of a key.

        Args:
            key: the key.
            num_partitions: how many instances there are.
        """
        return int(self._func(key, num_partitions))
