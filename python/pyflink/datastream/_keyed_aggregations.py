# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What makes one record of all records of a key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from pyflink._codec import descriptor
from pyflink._graph import Kind, PythonFunction, add_keyed_function, is_annotated
from pyflink._worker.keyed.aggregates import Accumulate
from pyflink._worker.keyed.aggregates import AccumulateType as _AccumulateType
from pyflink._worker.keyed.reduce import Reduce
from pyflink.datastream._aggregate_functions import ReduceFunction
from pyflink.datastream._fields import check_field
from pyflink.datastream._stream import DataStream, is_rich


class KeyedAggregations(DataStream):
    """The part of a keyed stream that makes one record of all records of a key.

    In streaming mode each record gives a result: what the records of its key have become so far. In
    batch mode each key gives one, at its end. Results are of the records' type, and records are not
    changed.

    A field is given by its position, from 0, or by its name: of tuples and lists by position, of
    Rows and named tuples by either, of dicts by key and of other objects by the name of an
    attribute. 0 is a number or a string as a whole.
    """

    AccumulateType: TypeAlias = _AccumulateType

    def reduce(self, func: Callable[[Any, Any], Any] | ReduceFunction) -> DataStream:
        """Makes one record of two, again and again.

        Args:
            func: a callable or a ``ReduceFunction``. It gets what the records before have become,
                which at first is the first record, and the next record.

        Raises:
            TypeError: if the function is neither.
            FunctionNotPicklableError: if the function cannot be sent to the workers.

        Example:
            >>> from pyflink.common import Types
            >>> from pyflink.datastream import StreamExecutionEnvironment
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> words = env.from_collection(["to", "be", "or", "not"], Types.STRING())
            >>> by_length = words.key_by(len, Types.INT())
            >>> sorted(by_length.reduce(lambda a, b: a + " " + b).execute_and_collect())
            ['not', 'to', 'to be', 'to be or']
        """
        rich = is_rich(func, ReduceFunction, "reduce(): the function")
        return self._reduce("Reduce", func, rich)

    def sum(self, position_to_sum: int | str = 0) -> DataStream:
        """Adds up the values of a field; the other fields are those of the key's first record.

        Args:
            position_to_sum: the field, by its position or name.

        Raises:
            TypeError: if that is neither an int nor a string.
            ValueError: if the type of the records has no such field.

        Example:
            >>> from pyflink.common import Types
            >>> from pyflink.datastream import StreamExecutionEnvironment
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> pair = Types.TUPLE([Types.STRING(), Types.LONG()])
            >>> pairs = env.from_collection([("a", 1), ("b", 2), ("a", 3)], pair)
            >>> by_name = pairs.key_by(lambda pair: pair[0], Types.STRING())
            >>> sorted(by_name.sum(1).execute_and_collect())
            [('a', 1), ('a', 4), ('b', 2)]
        """
        return self._accumulate(position_to_sum, _AccumulateType.SUM)

    def min(self, position_to_min: int | str = 0) -> DataStream:
        """The smallest value of a field; the other fields are those of the key's first record.

        Args:
            position_to_min: the field, by its position or name.

        Raises:
            TypeError: if that is neither an int nor a string.
            ValueError: if the type of the records has no such field.
        """
        return self._accumulate(position_to_min, _AccumulateType.MIN)

    def max(self, position_to_max: int | str = 0) -> DataStream:
        """The largest value of a field; the other fields are those of the key's first record.

        Args:
            position_to_max: the field, by its position or name.

        Raises:
            TypeError: if that is neither an int nor a string.
            ValueError: if the type of the records has no such field.
        """
        return self._accumulate(position_to_max, _AccumulateType.MAX)

    def min_by(self, position_to_min_by: int | str = 0) -> DataStream:
        """The record with the smallest value of a field; the first one of several.

        Args:
            position_to_min_by: the field, by its position or name.

        Raises:
            TypeError: if that is neither an int nor a string.
            ValueError: if the type of the records has no such field.
        """
        return self._accumulate(position_to_min_by, _AccumulateType.MIN_BY)

    def max_by(self, position_to_max_by: int | str = 0) -> DataStream:
        """The record with the largest value of a field; the first one of several.

        Args:
            position_to_max_by: the field, by its position or name.

        Raises:
            TypeError: if that is neither an int nor a string.
            ValueError: if the type of the records has no such field.

        Example:
            >>> from pyflink.common import Types
            >>> from pyflink.datastream import StreamExecutionEnvironment
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> _ = env.set_parallelism(1)
            >>> bids = env.from_collection([("Ann", 5), ("Bob", 4), ("Cid", 7)])
            >>> list(bids.key_by(lambda bid: "lot").max_by(1).execute_and_collect())
            [('Ann', 5), ('Ann', 5), ('Cid', 7)]
        """
        return self._accumulate(position_to_max_by, _AccumulateType.MAX_BY)

    def _accumulate(self, position: int | str, kind: _AccumulateType) -> DataStream:
        method = kind.name.lower()
        check_field(self.get_type(), position, method)
        if isinstance(position, str):
            # a subclass need not be written as one
            position = str(position)
        return self._reduce(method.title().replace("_", ""), Accumulate(kind, position), True)

    def _reduce(self, name: str, func: Any, rich: bool) -> DataStream:
        record_type = self.get_type()
        return DataStream(
            add_keyed_function(
                self._j_data_stream,
                PythonFunction(
                    Kind.KEYED_PROCESS,
                    name,
                    Reduce(func, rich, record_type),
                    descriptor(record_type),
                    is_annotated(self._j_data_stream),
                    timers=True,
                ),
            )
        )
