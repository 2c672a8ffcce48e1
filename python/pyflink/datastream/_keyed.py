# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A stream that is partitioned by keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from pyflink._graph import Kind, PythonFunction, add_keyed_function, values
from pyflink._worker.windows.unbounded import (
    CountSlidingWindowAssigner,
    CountTumblingWindowAssigner,
)
from pyflink.common.typeinfo import TypeInformation
from pyflink.datastream._arguments import expect
from pyflink.datastream._keyed_aggregations import KeyedAggregations
from pyflink.datastream._keyed_functions import KeyedProcessFunction, has_timers
from pyflink.datastream._result_types import result_descriptor
from pyflink.datastream._stream import METHODS, DataStream
from pyflink.datastream._windowed import WindowedStream
from pyflink.datastream.functions import Function, KeySelector

if TYPE_CHECKING:
    from pyflink._worker.windows.assigner import WindowAssigner
    from pyflink.datastream.slot_sharing_group import SlotSharingGroup


class KeyedStream(KeyedAggregations):
    """A stream whose records are partitioned by keys; made by :meth:`DataStream.key_by`.

    All records of a key reach the same instance of what comes next, in their order. Functions that
    are objects of a class with ``open``, and not plain callables, can have state of each key. It is
    not an operator, so it has no name and no settings, and how its records are partitioned is
    settled.

    In Java it is a ``KeyedStream`` of pairs of a key and a record. Functions, sinks and other
    streams get the records.

    Args:
        j_keyed_stream: the Java ``KeyedStream`` of pairs.
        original_data_type_info: the type of the records.
        origin_stream: the stream before it had keys.
    """

    _of_pairs = True

    def __init__(
        self,
        j_keyed_stream: Any,
        original_data_type_info: TypeInformation,
        origin_stream: DataStream,
    ) -> None:
        super().__init__(j_keyed_stream)
        self._original_data_type_info = original_data_type_info
        self._origin_stream = origin_stream

    @property
    def _j_records(self) -> Any:
        # a new operator for each that reads it, so that it can run just as its reader does
        return values(self._j_data_stream)

    def get_type(self) -> TypeInformation:
        """The type of the records, without their keys."""
        return self._original_data_type_info

    def key_by(
        self,
        key_selector: Callable[[Any], Any] | KeySelector,
        key_type: TypeInformation | None = None,
        key_type_info: TypeInformation | None = None,
    ) -> KeyedStream:
        """The same records with other keys.

        Args:
            key_selector: says which key a record has.
            key_type: the type of the keys, as for :meth:`DataStream.key_by`.
            key_type_info: the name of ``key_type`` in PyFlink 1.12. Deprecated.
        """
        return self._origin_stream.key_by(key_selector, key_type, key_type_info)

    def process(  # type: ignore[override]
        self, func: KeyedProcessFunction, output_type: TypeInformation | None = None
    ) -> DataStream:
        """Any number of values for each record, with state and timers of the keys.

        Args:
            func: makes the values. It yields them, or returns something to iterate over; None
                stands for no value. An ``OutputTag`` and a value in a tuple are for a side output.
            output_type: the type of the values. Without one the annotation of what
                ``process_element`` returns decides, as for :meth:`flat_map`, if ``on_timer``, where
                there is one, says the same. Else they travel as Python objects.

        Raises:
            TypeError: if the function is no ``KeyedProcessFunction``.
            FunctionNotPicklableError: if the function cannot be sent to the workers.

        Example:
            >>> from pyflink.common import Types
            >>> from pyflink.datastream import KeyedProcessFunction, StreamExecutionEnvironment
            >>> from pyflink.datastream.state import ValueStateDescriptor
            >>> class Number(KeyedProcessFunction):
            ...     def open(self, runtime_context):
            ...         self.last = runtime_context.get_state(
            ...             ValueStateDescriptor("last", Types.LONG())
            ...         )
            ...
            ...     def process_element(self, value, ctx):
            ...         number = (self.last.value() or 0) + 1
            ...         self.last.update(number)
            ...         yield f"{value} {number}"
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> words = env.from_collection(["a", "b", "a"], Types.STRING())
            >>> numbered = words.key_by(lambda word: word, Types.STRING()).process(Number())
            >>> sorted(numbered.execute_and_collect())
            ['a 1', 'a 2', 'b 1']
        """
        expect(
            func, KeyedProcessFunction, "process() of a KeyedStream: the function", "MyFunction()"
        )
        timers = has_timers(func)
        methods = [func.process_element, *([func.on_timer] if timers else [])]
        type_bytes, annotated = result_descriptor(output_type, methods, elements=True)
        return DataStream(
            add_keyed_function(
                self._j_data_stream,
                PythonFunction(
                    Kind.KEYED_PROCESS, "KEYED PROCESS", func, type_bytes, annotated, timers=timers
                ),
            )
        )

    def _apply(
        self,
        kind: Kind,
        name: str,
        rich_class: type[Function],
        func: Any,
        output_type: TypeInformation | None,
    ) -> DataStream:
        if not isinstance(func, rich_class):
            # it has no open(), so it has no state
            return super()._apply(kind, name, rich_class, func, output_type)
        methods = [getattr(func, METHODS[kind])] if kind in METHODS else []
        type_bytes, annotated = result_descriptor(output_type, methods, kind is not Kind.MAP)
        return DataStream(
            add_keyed_function(
                self._j_data_stream, PythonFunction(kind, name, func, type_bytes, annotated)
            )
        )

    # ---- windows

    def window(self, window_assigner: WindowAssigner[Any, Any]) -> WindowedStream:
        """Groups the records of each key by window.

        Args:
            window_assigner: says which windows a record is in, for example
                ``TumblingEventTimeWindows.of(Time.minutes(5))``; see
                :mod:`pyflink.datastream.window`.

        Raises:
            TypeError: if it is no ``WindowAssigner``.
        """
        return WindowedStream(self, window_assigner)

    def count_window(self, size: int, slide: int = 0) -> WindowedStream:
        """Groups the records of each key by their number.

        Only full windows make results.

        Args:
            size: how many records a window has.
            slide: after how many records the next window starts; 0 for as many as it has.

        Raises:
            TypeError: if a number is no int.
            ValueError: if the size is smaller than 1 or the slide negative.
        """
        if slide == 0:
            return WindowedStream(self, CountTumblingWindowAssigner(size))
        return WindowedStream(self, CountSlidingWindowAssigner(size, slide))

    # ---- what a keyed stream cannot do

    def shuffle(self) -> NoReturn:
        """Refused: the keys say where records go."""
        _refuse_partitioning("shuffle")

    def rebalance(self) -> NoReturn:
        """Refused: the keys say where records go."""
        _refuse_partitioning("rebalance")

    def rescale(self) -> NoReturn:
        """Refused: the keys say where records go."""
        _refuse_partitioning("rescale")

    def forward(self) -> NoReturn:
        """Refused: the keys say where records go."""
        _refuse_partitioning("forward")

    def broadcast(self, *args: Any) -> NoReturn:
        """Refused: the keys say where records go."""
        _refuse_partitioning("broadcast")

    def global_(self) -> NoReturn:
        """Refused: the keys say where records go."""
        _refuse_partitioning("global_")

    def partition_custom(self, partitioner: Any, key_selector: Any) -> NoReturn:
        """Refused: the keys say where records go."""
        _refuse_partitioning("partition_custom")

    def get_name(self) -> NoReturn:
        """Refused: a keyed stream is not an operator."""
        _refuse_setting("get_name")

    def name(self, name: str) -> NoReturn:
        """Refused: a keyed stream is not an operator."""
        _refuse_setting("name")

    def uid(self, uid: str) -> NoReturn:
        """Refused: a keyed stream is not an operator."""
        _refuse_setting("uid")

    def set_uid_hash(self, uid_hash: str) -> NoReturn:
        """Refused: a keyed stream is not an operator."""
        _refuse_setting("set_uid_hash")

    def set_description(self, description: str) -> NoReturn:
        """Refused: a keyed stream is not an operator."""
        _refuse_setting("set_description")

    def set_parallelism(self, parallelism: int) -> NoReturn:
        """Refused: a keyed stream is not an operator."""
        _refuse_setting("set_parallelism")

    def set_max_parallelism(self, max_parallelism: int) -> NoReturn:
        """Refused: a keyed stream is not an operator."""
        _refuse_setting("set_max_parallelism")

    def force_non_parallel(self) -> NoReturn:
        """Refused: a keyed stream is not an operator."""
        _refuse_setting("force_non_parallel")

    def set_buffer_timeout(self, timeout_millis: int) -> NoReturn:
        """Refused: a keyed stream is not an operator."""
        _refuse_setting("set_buffer_timeout")

    def start_new_chain(self) -> NoReturn:
        """Refused: a keyed stream is not an operator."""
        _refuse_setting("start_new_chain")

    def disable_chaining(self) -> NoReturn:
        """Refused: a keyed stream is not an operator."""
        _refuse_setting("disable_chaining")

    def slot_sharing_group(self, slot_sharing_group: str | SlotSharingGroup) -> NoReturn:
        """Refused: a keyed stream is not an operator."""
        _refuse_setting("slot_sharing_group")

    def cache(self) -> NoReturn:
        """Refused: a keyed stream is not an operator."""
        _refuse_setting("cache")


def _refuse_partitioning(method: str) -> NoReturn:
    raise TypeError(
        f"{method}(): the keys of a KeyedStream say where its records go, and nothing else can. "
        "Call it on the stream before key_by(), or on the one that a function makes of this one."
    )


def _refuse_setting(method: str) -> NoReturn:
    raise TypeError(
        f"{method}(): a KeyedStream is not an operator. Call it on the stream before key_by(), or "
        "on the one that a function makes of this one: key_by(...).map(...)."
    )


DataStream._wrap_keyed = KeyedStream
