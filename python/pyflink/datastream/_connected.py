# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Two streams that one function reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyflink._graph import (
    Kind,
    PythonFunction,
    add_connected_function,
    add_keyed_connected_function,
)
from pyflink.datastream._arguments import expect, renamed
from pyflink.datastream._co_functions import (
    CoFlatMapFunction,
    CoMapFunction,
    CoProcessFunction,
)
from pyflink.datastream._keyed_functions import KeyedCoProcessFunction, has_timers
from pyflink.datastream._result_types import result_descriptor

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyflink.common.typeinfo import TypeInformation
    from pyflink.datastream._stream import DataStream
    from pyflink.datastream.functions import KeySelector


class ConnectedStreams:
    """Two streams whose records go to one function; made by :meth:`DataStream.connect`.

    If both have keys, the function can have state of the keys: one key has the same state whichever
    stream its records come from.

    Args:
        stream1: the first stream.
        stream2: the second stream; its records may be of another type.
    """

    def __init__(self, stream1: DataStream, stream2: DataStream) -> None:
        self.stream1 = stream1
        self.stream2 = stream2

    def key_by(
        self,
        key_selector1: Callable[[Any], Any] | KeySelector,
        key_selector2: Callable[[Any], Any] | KeySelector,
        key_type: TypeInformation | None = None,
        key_type_info: TypeInformation | None = None,
    ) -> ConnectedStreams:
        """Partitions the records of both streams by keys of one type.

        Records with the same key reach the same instance, whichever stream they come from.

        Args:
            key_selector1: says which key a record of the first stream has.
            key_selector2: says which key a record of the second stream has.
            key_type: the type of the keys, as for :meth:`DataStream.key_by`.
            key_type_info: the name of ``key_type`` in PyFlink 1.12. Deprecated.

        Raises:
            TypeError: if a selector is neither a callable nor a ``KeySelector``, or keys cannot be
                of that type.
            FunctionNotPicklableError: if a selector cannot be sent to the workers.

        Example:
            >>> from pyflink.common import Types
            >>> from pyflink.datastream import KeyedCoProcessFunction, StreamExecutionEnvironment
            >>> from pyflink.datastream.state import ListStateDescriptor
            >>> class Join(KeyedCoProcessFunction):
            ...     def open(self, runtime_context):
            ...         self.left, self.right = (
            ...             runtime_context.get_list_state(
            ...                 ListStateDescriptor(name, Types.STRING())
            ...             )
            ...             for name in ("left", "right")
            ...         )
            ...
            ...     def process_element1(self, value, ctx):
            ...         self.left.add(value)
            ...         yield from (value + right for right in self.right)
            ...
            ...     def process_element2(self, value, ctx):
            ...         self.right.add(value)
            ...         yield from (left + value for left in self.left)
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> words = env.from_collection(["mo", "tea"], Types.STRING())
            >>> others = env.from_collection(["on", "use"], Types.STRING())
            >>> joined = words.connect(others).key_by(len, len).process(Join(), Types.STRING())
            >>> sorted(joined.execute_and_collect())
            ['moon', 'teause']
        """
        key_type = renamed(key_type, key_type_info, "key_by()", "key_type", "key_type_info")
        return ConnectedStreams(
            self.stream1.key_by(key_selector1, key_type),
            self.stream2.key_by(key_selector2, key_type),
        )

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
        methods = [func.map1, func.map2]
        return self._apply(Kind.CO_MAP, "Co-Map", func, methods, output_type)

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
        methods = [func.flat_map1, func.flat_map2]
        return self._apply(Kind.CO_FLAT_MAP, "Co-Flat Map", func, methods, output_type)

    def process(
        self,
        func: CoProcessFunction | KeyedCoProcessFunction,
        output_type: TypeInformation | None = None,
    ) -> DataStream:
        """Any number of values for each record of either stream, for any output.

        Args:
            func: makes the values; None stands for no value. A ``KeyedCoProcessFunction`` can have
                timers, and is for two streams with keys.
            output_type: the type of the values. Without one the annotations of what the methods
                return decide, where they say the same: see :meth:`DataStream.flat_map`. Else
                the values travel as Python objects.

        Raises:
            TypeError: if the function is neither, or if it needs keys and the streams have none.
            FunctionNotPicklableError: if the function cannot be sent to the workers.
        """
        timers = isinstance(func, KeyedCoProcessFunction) and has_timers(func)
        if isinstance(func, KeyedCoProcessFunction):
            self._expect_keys(func)
        else:
            expect(
                func,
                CoProcessFunction,
                "process() of connected streams: the function",
                "MyCoProcess()",
            )
        methods: list[Callable[..., Any]] = [func.process_element1, func.process_element2]
        if isinstance(func, KeyedCoProcessFunction) and timers:
            methods.append(func.on_timer)
        kind, name = Kind.CO_PROCESS, "Co-Process"
        if self._keyed:
            kind, name = Kind.KEYED_CO_PROCESS, "Keyed Co-Process"
        return self._apply(kind, name, func, methods, output_type, timers)

    @property
    def _keyed(self) -> bool:
        return self.stream1._of_pairs and self.stream2._of_pairs

    def _expect_keys(self, func: KeyedCoProcessFunction) -> None:
        bare = [
            which
            for which, stream in (("first", self.stream1), ("second", self.stream2))
            if not stream._of_pairs
        ]
        if bare:
            what = f"the {bare[0]} one has" if len(bare) == 1 else "they have"
            raise TypeError(
                f"process(): {type(func).__qualname__} is a KeyedCoProcessFunction, which needs "
                f"keys on both streams, but {what} none. Call key_by() on each before connect(), "
                "or connect(...).key_by(selector1, selector2)."
            )

    def _expect_one_key_type(self, j_streams: tuple[Any, Any]) -> None:
        first, second = (j_stream.getKeyType() for j_stream in j_streams)
        if not first.equals(second):
            raise TypeError(
                "connect(): the keys of the two streams are of different types, "
                f"{first.value().toString()} and {second.value().toString()}, so that none of one "
                "stream equals one of the other. Give key_by() of both the same key_type."
            )

    def _apply(
        self,
        kind: Kind,
        name: str,
        func: Any,
        methods: list[Callable[..., Any]],
        output_type: TypeInformation | None,
        timers: bool = False,
    ) -> DataStream:
        type_bytes, annotated = result_descriptor(output_type, methods, kind is not Kind.CO_MAP)
        function = PythonFunction(kind, name, func, type_bytes, annotated, timers=timers)
        if self._keyed:
            j_streams = self.stream1._j_data_stream, self.stream2._j_data_stream
            self._expect_one_key_type(j_streams)
            j_results = add_keyed_connected_function(j_streams, function)
        else:
            j_streams = self.stream1._j_records, self.stream2._j_records
            j_results = add_connected_function(j_streams, function)
        return self.stream1._wrap(j_results)
