# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Functions that run on a stream."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from pyflink._gateway import JavaObject, new_instance
from pyflink._worker.context import RuntimeContext
from pyflink._worker.state.stores import KeyedStateStore
from pyflink._worker.timers.service import TimerService
from pyflink.datastream._aggregate_functions import AggregateFunction, ReduceFunction
from pyflink.datastream._async_function import AsyncFunction, AsyncFunctionDescriptor
from pyflink.datastream._async_retry import AsyncRetryPredicate, AsyncRetryStrategy
from pyflink.datastream._broadcast_functions import (
    BaseBroadcastProcessFunction,
    BroadcastProcessFunction,
    KeyedBroadcastProcessFunction,
)
from pyflink.datastream._co_functions import (
    CoFlatMapFunction,
    CoMapFunction,
    CoProcessFunction,
)
from pyflink.datastream._function import Function
from pyflink.datastream._function_wrappers import (
    FilterFunctionWrapper,
    FlatMapFunctionWrapper,
    FunctionWrapper,
    KeySelectorFunctionWrapper,
    MapFunctionWrapper,
    PartitionerFunctionWrapper,
    ReduceFunctionWrapper,
)
from pyflink.datastream._internal_window_functions import (
    InternalIterableAllWindowFunction,
    InternalIterableProcessAllWindowFunction,
    InternalIterableProcessWindowFunction,
    InternalIterableWindowFunction,
    InternalProcessAllWindowContext,
    InternalProcessWindowContext,
    InternalSingleValueAllWindowFunction,
    InternalSingleValueProcessAllWindowFunction,
    InternalSingleValueProcessWindowFunction,
    InternalSingleValueWindowFunction,
    InternalWindowFunction,
)
from pyflink.datastream._keyed_functions import KeyedCoProcessFunction, KeyedProcessFunction
from pyflink.datastream._process import ProcessFunction
from pyflink.datastream._type_variables import IN, IN1, IN2, KEY, OUT, W2, W
from pyflink.datastream._window_functions import (
    AllWindowFunction,
    PassThroughAllWindowFunction,
    PassThroughWindowFunction,
    ProcessAllWindowFunction,
    ProcessWindowFunction,
    WindowFunction,
)

__all__ = [
    "IN",
    "IN1",
    "IN2",
    "KEY",
    "OUT",
    "W2",
    "AggregateFunction",
    "AllWindowFunction",
    "AsyncFunction",
    "AsyncFunctionDescriptor",
    "AsyncRetryPredicate",
    "AsyncRetryStrategy",
    "BaseBroadcastProcessFunction",
    "BroadcastProcessFunction",
    "CoFlatMapFunction",
    "CoMapFunction",
    "CoProcessFunction",
    "FilterFunction",
    "FilterFunctionWrapper",
    "FlatMapFunction",
    "FlatMapFunctionWrapper",
    "Function",
    "FunctionWrapper",
    "InternalIterableAllWindowFunction",
    "InternalIterableProcessAllWindowFunction",
    "InternalIterableProcessWindowFunction",
    "InternalIterableWindowFunction",
    "InternalProcessAllWindowContext",
    "InternalProcessWindowContext",
    "InternalSingleValueAllWindowFunction",
    "InternalSingleValueProcessAllWindowFunction",
    "InternalSingleValueProcessWindowFunction",
    "InternalSingleValueWindowFunction",
    "InternalWindowFunction",
    "JavaFunctionWrapper",
    "KeySelector",
    "KeySelectorFunctionWrapper",
    "KeyedBroadcastProcessFunction",
    "KeyedCoProcessFunction",
    "KeyedProcessFunction",
    "KeyedStateStore",
    "MapFunction",
    "MapFunctionWrapper",
    "NullByteKeySelector",
    "Partitioner",
    "PartitionerFunctionWrapper",
    "PassThroughAllWindowFunction",
    "PassThroughWindowFunction",
    "ProcessAllWindowFunction",
    "ProcessFunction",
    "ProcessWindowFunction",
    "ReduceFunction",
    "ReduceFunctionWrapper",
    "RuntimeContext",
    "SinkFunction",
    "SourceFunction",
    "TimerService",
    "W",
    "WindowFunction",
]


class MapFunction(Function, ABC):
    """Makes one value of each record; for :meth:`DataStream.map`.

    Example:
        >>> class Double(MapFunction):
        ...     def map(self, value):
        ...         return 2 * value
    """

    @abstractmethod
    def map(self, value: Any) -> Any:
        """The value for a record.

        Args:
            value: the record.
        """


class FlatMapFunction(Function, ABC):
    """Makes any number of values of each record; for :meth:`DataStream.flat_map`.

    Example:
        >>> class Words(FlatMapFunction):
        ...     def flat_map(self, value):
        ...         yield from value.split()
    """

    @abstractmethod
    def flat_map(self, value: Any) -> Iterable[Any] | None:
        """The values for a record, to be iterated over; None for no value.

        Args:
            value: the record.
        """


class FilterFunction(Function, ABC):
    """Says which records stay; for :meth:`DataStream.filter`.

    Example:
        >>> class Positive(FilterFunction):
        ...     def filter(self, value):
        ...         return value > 0
    """

    @abstractmethod
    def filter(self, value: Any) -> bool:
        """Whether a record stays.

        Args:
            value: the record.
        """


class KeySelector(Function, ABC):
    """Says which key a record has; for :meth:`DataStream.key_by`.

    Example:
        >>> class UserOf(KeySelector):
        ...     def get_key(self, value):
        ...         return value["user"]
    """

    @abstractmethod
    def get_key(self, value: Any) -> Any:
        """The key of a record: the same one for the same record, whenever it is asked for.

        Args:
            value: the record.
        """


class NullByteKeySelector(KeySelector):
    """Gives all records the same key, 0."""

    def get_key(self, value: Any) -> int:
        """Returns 0.

        Args:
            value: the record.
        """
        return 0


class Partitioner(Function, ABC):
    """Says which instance of the next operator gets a key; for :meth:`DataStream.partition_custom`.

    Example:
        >>> class ByFirstLetter(Partitioner):
        ...     def partition(self, key, num_partitions):
        ...         return ord(key[0]) % num_partitions
    """

    @abstractmethod
    def partition(self, key: Any, num_partitions: int) -> int:
        """The index of the instance that gets the records of a key.

        Args:
            key: the key.
            num_partitions: how many instances there are.

        Returns:
            0 to ``num_partitions - 1``.
        """


class JavaFunctionWrapper:
    """A function written in Java.

    Args:
        j_function: the Java object, or the full name of a class with a constructor that takes
            nothing.

    Raises:
        JavaClassNotFoundError: if there is no class of that name on the class path.
    """

    def __init__(self, j_function: str | JavaObject) -> None:
        if isinstance(j_function, str):
            j_function = new_instance(j_function)
        self._j_function = j_function

    def get_java_function(self) -> Any:
        """The Java object."""
        return self._j_function


class SourceFunction(JavaFunctionWrapper):
    """A Java ``SourceFunction``, for :meth:`StreamExecutionEnvironment.add_source`.

    Args:
        source_func: the Java object or the full name of its class.
    """

    def __init__(self, source_func: str | JavaObject) -> None:
        super().__init__(source_func)


class SinkFunction(JavaFunctionWrapper):
    """A Java ``SinkFunction``, for :meth:`DataStream.add_sink`.

    Args:
        sink_func: the Java object or the full name of its class.
    """

    def __init__(self, sink_func: str | JavaObject) -> None:
        super().__init__(sink_func)

    def _add_to(self, j_data_stream: Any) -> Any:
        """Ends a Java stream in this sink; for sinks that need more than ``addSink``."""
        return j_data_stream.addSink(self.get_java_function())
