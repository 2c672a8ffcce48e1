# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Two streams that one function reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyflink._codec import descriptor
from pyflink._graph import Kind, add_connected_function
from pyflink.common._typeinfo.annotations import result_type
from pyflink.common.typeinfo import Types
from pyflink.datastream._arguments import expect
from pyflink.datastream._co_functions import (
    CoFlatMapFunction,
    CoMapFunction,
    CoProcessFunction,
)

# What makes the values in a function's class, with the number of the input after it.
_METHODS = {
    Kind.CO_MAP: "map",
    Kind.CO_FLAT_MAP: "flat_map",
    Kind.CO_PROCESS: "process_element",
}

if TYPE_CHECKING:
    from pyflink.common.typeinfo import TypeInformation
    from pyflink.datastream._stream import DataStream


class ConnectedStreams:
    """Two streams whose records go to one function; made by :meth:`DataStream.connect`.

    Args:
        stream1: the first stream.
        stream2: the second stream; its records may be of another type.
    """

    def __init__(self, stream1: DataStream, stream2: DataStream) -> None:
        self.stream1 = stream1
        self.stream2 = stream2

    def map(self, func: CoMapFunction, output_type: TypeInformation | None = None) -> DataStream:
        """One value for each record of either stream.

        Args:
            func: makes the values; None stands for no value.
            output_type: the type of the values. Without one the annotations of what the two methods
                return decide, where they say the same: see :meth:`DataStream.map`. Else the
                values travel as Python objects.

        Raises:
            TypeError: if the function is no ``CoMapFunction``.
            FunctionNotPicklableError: if the function cannot be sent to the workers.

        Example:
            >>> from pyflink.common import Types
            >>> from pyflink.datastream import CoMapFunction, StreamExecutionEnvironment
            >>> class Sign(CoMapFunction):
            ...     def map1(self, value):
            ...         return value
            ...
            ...     def map2(self, value):
            ...         return -value
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> credits = env.from_collection([1, 2], Types.LONG())
            >>> debits = env.from_collection([3], Types.LONG())
            >>> sorted(credits.connect(debits).map(Sign(), Types.LONG()).execute_and_collect())
            [-3, 1, 2]
        """
        expect(func, CoMapFunction, "map() of connected streams: the function", "MyCoMap()")
        return self._apply(Kind.CO_MAP, "Co-Map", func, output_type)

    def flat_map(
        self, func: CoFlatMapFunction, output_type: TypeInformation | None = None
    ) -> DataStream:
        """Any number of values for each record of either stream.

        Args:
            func: makes the values; None stands for no value.
            output_type: the type of the values. Without one the annotations of what the two methods
                return decide, where they say the same: see :meth:`DataStream.flat_map`. Else
                the values travel as Python objects.

        Raises:
            TypeError: if the function is no ``CoFlatMapFunction``.
            FunctionNotPicklableError: if the function cannot be sent to the workers.
        """
        expect(
            func,
            CoFlatMapFunction,
            "flat_map() of connected streams: the function",
            "MyCoFlatMap()",
        )
        return self._apply(Kind.CO_FLAT_MAP, "Co-Flat Map", func, output_type)

    def process(
        self, func: CoProcessFunction, output_type: TypeInformation | None = None
    ) -> DataStream:
        """Any number of values for each record of either stream, for any output.

        Args:
            func: makes the values; None stands for no value.
            output_type: the type of the values. Without one the annotations of what the two methods
                return decide, where they say the same: see :meth:`DataStream.flat_map`. Else
                the values travel as Python objects.

        Raises:
            TypeError: if the function is no ``CoProcessFunction``.
            FunctionNotPicklableError: if the function cannot be sent to the workers.
        """
        expect(
            func, CoProcessFunction, "process() of connected streams: the function", "MyCoProcess()"
        )
        return self._apply(Kind.CO_PROCESS, "Co-Process", func, output_type)

    def _apply(
        self, kind: Kind, name: str, func: Any, output_type: TypeInformation | None
    ) -> DataStream:
        annotated = False
        if output_type is None:
            output_type = _result_type(kind, func)
            annotated = output_type is not None
        type_bytes = descriptor(output_type or Types.PICKLED_BYTE_ARRAY())
        j_streams = self.stream1._j_records, self.stream2._j_records
        return self.stream1._wrap(
            add_connected_function(j_streams, kind, name, func, type_bytes, annotated)
        )


def _result_type(kind: Kind, func: Any) -> TypeInformation | None:
    """The type that the annotations of both methods say; None if they say none or two."""
    first, second = (
        result_type(getattr(func, f"{_METHODS[kind]}{i}"), elements=kind is not Kind.CO_MAP)
        for i in (1, 2)
    )
    if first is None or second is None or descriptor(first) != descriptor(second):
        return None
    return first
