# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A stream whose records are in windows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from pyflink._codec import descriptor
from pyflink._graph import Kind, PythonFunction, add_keyed_function, is_annotated
from pyflink._worker.state.descriptors import (
    AggregatingStateDescriptor,
    ListStateDescriptor,
    ReducingStateDescriptor,
    StateDescriptor,
)
from pyflink._worker.windows.assigner import MergingWindowAssigner, WindowAssigner
from pyflink._worker.windows.trigger import Trigger
from pyflink.common.typeinfo import TypeInformation, Types
from pyflink.datastream._aggregate_functions import AggregateFunction, ReduceFunction
from pyflink.datastream._arguments import expect
from pyflink.datastream._internal_window_functions import (
    InternalIterableAllWindowFunction,
    InternalIterableProcessAllWindowFunction,
    InternalIterableProcessWindowFunction,
    InternalIterableWindowFunction,
    InternalSingleValueAllWindowFunction,
    InternalSingleValueProcessAllWindowFunction,
    InternalSingleValueProcessWindowFunction,
    InternalSingleValueWindowFunction,
)
from pyflink.datastream._result_types import result_descriptor
from pyflink.datastream._window_functions import (
    AllWindowFunction,
    ProcessAllWindowFunction,
    ProcessWindowFunction,
    WindowFunction,
)
from pyflink.datastream._window_operation import WindowOperationDescriptor
from pyflink.datastream.functions import NullByteKeySelector
from pyflink.datastream.output_tag import OutputTag

if TYPE_CHECKING:
    from typing_extensions import Self

    from pyflink.datastream._function import Function
    from pyflink.datastream._keyed import KeyedStream
    from pyflink.datastream._stream import DataStream
    from pyflink.datastream.stream_execution_environment import StreamExecutionEnvironment

# A type as programs may give it: a list of types makes a row of them.
_Type = TypeInformation | list[TypeInformation] | None

#: The state that holds what is in windows.
WINDOW_STATE_NAME = "window-contents"


class _Windows:
    """Gathers what is to be done with the windows of a stream.

    Args:
        keyed_stream: the stream.
        window_assigner: says which windows a record is in.
    """

    #: What the dashboard calls it.
    _kind: ClassVar[str]
    #: The classes of functions that :meth:`apply` and :meth:`process` take, and what brings their
    #: objects into one form: where a window holds one value, and where it holds its records.
    _apply_class: ClassVar[type[Function]]
    _process_class: ClassVar[type[Function]]
    _apply_forms: ClassVar[tuple[Any, Any]]
    _process_forms: ClassVar[tuple[Any, Any]]

    def __init__(
        self, keyed_stream: KeyedStream, window_assigner: WindowAssigner[Any, Any], method: str
    ) -> None:
        expect(
            window_assigner,
            WindowAssigner,
            f"{method}(): the window_assigner",
            "TumblingEventTimeWindows.of(Time.minutes(1))",
        )
        self._keyed_stream = keyed_stream
        self._window_assigner = window_assigner
        self._allowed_lateness = 0
        self._late_data_output_tag: OutputTag | None = None
        self._window_trigger: Trigger[Any, Any] | None = None

    def get_execution_environment(self) -> StreamExecutionEnvironment:
        """The environment that the stream belongs to."""
        return self._keyed_stream.get_execution_environment()

    def get_input_type(self) -> TypeInformation:
        """The type of the records."""
        return self._keyed_stream.get_type()

    # ---- settings

    def trigger(self, trigger: Trigger[Any, Any]) -> Self:
        """Sets what says when windows fire, in the place of what the assigner brings along.

        Args:
            trigger: the trigger.

        Raises:
            TypeError: if it is no ``Trigger``.
            ValueError: if the windows merge and the trigger cannot.
        """
        expect(trigger, Trigger, "trigger(): the trigger", "CountTrigger.of(100)")
        self._refuse_merging(trigger)
        self._window_trigger = trigger
        return self

    def allowed_lateness(self, time_ms: int) -> Self:
        """Sets how long a window of event time is kept after the watermark has passed its end.

        A record that comes for it in that time makes it fire again. Later ones are late: they are
        dropped, unless :meth:`side_output_late_data` says where they go.

        Args:
            time_ms: milliseconds; 0 if it is not set.

        Raises:
            TypeError: if it is no int.
            ValueError: if it is negative.
        """
        expect(time_ms, int, "allowed_lateness(): the time_ms", "60_000")
        if time_ms < 0:
            raise ValueError(f"allowed_lateness(): the time_ms is 0 or more; not {time_ms}.")
        self._allowed_lateness = time_ms
        return self

    def side_output_late_data(self, output_tag: OutputTag) -> Self:
        """Sends late records to a side output.

        Read it with :meth:`DataStream.get_side_output` from the stream of the results.

        Args:
            output_tag: the side output.

        Raises:
            TypeError: if it is no ``OutputTag``.
        """
        expect(
            output_tag, OutputTag, "side_output_late_data(): the output_tag", "OutputTag('late')"
        )
        self._late_data_output_tag = output_tag
        return self

    # ---- results

    def reduce(
        self,
        reduce_function: Callable[[Any, Any], Any] | ReduceFunction,
        window_function: Any = None,
        output_type: _Type = None,
    ) -> DataStream:
        """One value for each window that fires: its records, of which two become one at a time.

        Only that value is kept of a window, not its records.

        Args:
            reduce_function: makes one value of two, of the records' type: a callable or a
                ``ReduceFunction``.
            window_function: makes the results of the value, if it is not to be one itself: a
                function that :meth:`apply` or :meth:`process` would take.
            output_type: the type of the results. Without one it is that of the records or, with a
                ``window_function``, as for :meth:`process`.

        Raises:
            TypeError: if a function is not of the right kind.
            FunctionNotPicklableError: if a function cannot be sent to the workers.
        """
        if not isinstance(reduce_function, ReduceFunction) and not _is_function(reduce_function):
            raise TypeError(
                "reduce(): the reduce_function is a function of two values or an object of a "
                f"ReduceFunction class, not {reduce_function!r:.100}."
            )
        contents = ReducingStateDescriptor(
            WINDOW_STATE_NAME, reduce_function, self.get_input_type()
        )
        return self._evaluate("reduce", contents, reduce_function, window_function, output_type)

    def aggregate(
        self,
        aggregate_function: AggregateFunction,
        window_function: Any = None,
        accumulator_type: _Type = None,
        output_type: _Type = None,
    ) -> DataStream:
        """One value for each window that fires, made of what its records were added to.

        Only the accumulator is kept of a window, not its records.

        Args:
            aggregate_function: adds records and makes the value.
            window_function: makes the results of the value, if it is not to be one itself: a
                function that :meth:`apply` or :meth:`process` would take.
            accumulator_type: the type of accumulators; any Python object without.
            output_type: the type of the results. Without one the annotation of what ``get_result``
                returns decides or, with a ``window_function``, as for :meth:`process`. Else they
                travel as Python objects.

        Raises:
            TypeError: if a function is not of the right kind.
            FunctionNotPicklableError: if a function cannot be sent to the workers.
        """
        expect(
            aggregate_function,
            AggregateFunction,
            "aggregate(): the aggregate_function",
            "MyAggregateFunction()",
        )
        accumulators = _type(accumulator_type, "aggregate(): the accumulator_type")
        contents = AggregatingStateDescriptor(WINDOW_STATE_NAME, aggregate_function, accumulators)
        return self._evaluate(
            "aggregate", contents, aggregate_function, window_function, output_type
        )

    def apply(
        self, window_function: Any, output_type: _Type = None, *, result_type: _Type = None
    ) -> DataStream:
        """Any number of values for each window that fires, made of all its records.

        Args:
            window_function: makes the values. It yields them, or returns something to iterate
                over; None stands for no value.
            output_type: the type of the values. Without one the annotation of what ``apply``
                returns decides, as for :meth:`DataStream.flat_map`. Else they travel as Python
                objects.
            result_type: what older programs call the ``output_type``.

        Raises:
            TypeError: if the function is not of the right kind.
            FunctionNotPicklableError: if the function cannot be sent to the workers.
        """
        cls = self._apply_class
        expect(window_function, cls, "apply(): the window_function", f"My{cls.__name__}()")
        contents = ListStateDescriptor(WINDOW_STATE_NAME, self.get_input_type())
        return self._evaluate("apply", contents, None, window_function, output_type or result_type)

    def process(
        self, process_window_function: Any, output_type: _Type = None, *, result_type: _Type = None
    ) -> DataStream:
        """Any number of values for each window that fires, made of all its records.

        The function sees the time, and keeps state.

        Args:
            process_window_function: makes the values. It yields them, or returns something to
                iterate over; None stands for no value. An ``OutputTag`` and a value in a tuple are
                for a side output.
            output_type: the type of the values. Without one the annotation of what ``process``
                returns decides, as for :meth:`DataStream.flat_map`. Else they travel as Python
                objects.
            result_type: what older programs call the ``output_type``.

        Raises:
            TypeError: if the function is not of the right kind.
            FunctionNotPicklableError: if the function cannot be sent to the workers.
        """
        cls = self._process_class
        where = "process(): the process_window_function"
        expect(process_window_function, cls, where, f"My{cls.__name__}()")
        contents = ListStateDescriptor(WINDOW_STATE_NAME, self.get_input_type())
        return self._evaluate(
            "process", contents, None, process_window_function, output_type or result_type
        )

    # ----

    def _refuse_merging(self, trigger: Trigger[Any, Any]) -> None:
        if isinstance(self._window_assigner, MergingWindowAssigner) and not trigger.can_merge():
            raise ValueError(
                f"trigger(): {type(trigger).__name__} cannot be used with "
                f"{type(self._window_assigner).__name__}, whose windows merge: its can_merge() "
                "says no. A trigger of your own needs can_merge() and on_merge()."
            )

    def _evaluate(
        self,
        method: str,
        contents: StateDescriptor,
        first: Any,
        window_function: Any,
        output_type: _Type,
    ) -> DataStream:
        """The results of a window function, or those of the function before it."""
        of_records = isinstance(contents, ListStateDescriptor)
        results = _type(output_type, f"{method}(): the output_type")
        function = None
        if isinstance(window_function, self._apply_class):
            function = self._apply_forms[of_records](window_function)
            makers = [window_function.apply]  # type: ignore[attr-defined]
        elif isinstance(window_function, self._process_class):
            function = self._process_forms[of_records](window_function)
            makers = [window_function.process]  # type: ignore[attr-defined]
        elif window_function is not None:
            raise TypeError(
                f"{method}(): the window_function is a function of windows, for example "
                f"My{self._apply_class.__name__}() or My{self._process_class.__name__}(); "
                f"not {window_function!r:.100}."
            )
        else:
            makers = [first.get_result] if isinstance(first, AggregateFunction) else []
        if results is None and not makers:
            # a reduce function alone: results are as the records are
            type_bytes = descriptor(self.get_input_type())
            annotated = is_annotated(self._keyed_stream._j_data_stream)
        else:
            elements = window_function is not None
            type_bytes, annotated = result_descriptor(results, makers, elements)
        trigger = self._window_trigger
        if trigger is None:
            env = self.get_execution_environment()
            trigger = self._window_assigner.get_default_trigger(env)
            self._refuse_merging(trigger)
        operation = WindowOperationDescriptor(
            self._window_assigner,
            trigger,
            self._allowed_lateness,
            self._late_data_output_tag,
            contents,
            self._window_assigner.get_window_serializer(),
            function,
        )
        functions = [f for f in (first, window_function) if f is not None]
        return self._add(operation, ", ".join(map(_name, functions)), type_bytes, annotated)

    def _add(
        self,
        operation: WindowOperationDescriptor,
        functions: str,
        type_bytes: bytes,
        annotated: bool,
    ) -> DataStream:
        stream = self._keyed_stream._wrap(
            add_keyed_function(
                self._keyed_stream._j_data_stream,
                PythonFunction(
                    Kind.WINDOW,
                    operation.generate_op_name(),
                    operation._operator(),
                    type_bytes,
                    annotated,
                    timers=True,
                ),
            )
        )
        return stream.set_description(operation.generate_op_desc(self._kind, functions))


class WindowedStream(_Windows):
    """A stream whose records are grouped by key and by window; of :meth:`KeyedStream.window`.

    Args:
        keyed_stream: the stream.
        window_assigner: says which windows a record is in.

    Example:
        >>> from pyflink.common import Time, Types, WatermarkStrategy
        >>> from pyflink.datastream import StreamExecutionEnvironment
        >>> from pyflink.datastream.window import TumblingEventTimeWindows
        >>> env = StreamExecutionEnvironment.get_execution_environment()
        >>> clicks = env.from_collection([("a", 1, 100), ("a", 1, 900), ("a", 1, 1200)])
        >>> strategy = WatermarkStrategy.for_monotonous_timestamps()
        >>> strategy = strategy.with_timestamp_assigner(lambda click, _: click[2])
        >>> counts = (
        ...     clicks.assign_timestamps_and_watermarks(strategy)
        ...     .key_by(lambda click: click[0], Types.STRING())
        ...     .window(TumblingEventTimeWindows.of(Time.seconds(1)))
        ...     .reduce(lambda a, b: (a[0], a[1] + b[1], b[2]))
        ... )
        >>> sorted(counts.execute_and_collect())
        [('a', 1, 1200), ('a', 2, 900)]
    """

    _kind = "Window"
    _apply_class = WindowFunction
    _process_class = ProcessWindowFunction
    _apply_forms = InternalSingleValueWindowFunction, InternalIterableWindowFunction
    _process_forms = (
        InternalSingleValueProcessWindowFunction,
        InternalIterableProcessWindowFunction,
    )

    def __init__(
        self, keyed_stream: KeyedStream, window_assigner: WindowAssigner[Any, Any]
    ) -> None:
        super().__init__(keyed_stream, window_assigner, "window")


class AllWindowedStream(_Windows):
    """A stream whose records are grouped by window; of :meth:`DataStream.window_all`.

    One instance of the operator gets all records.

    Args:
        data_stream: the stream.
        window_assigner: says which windows a record is in.
    """

    _kind = "WindowAll"
    _apply_class = AllWindowFunction
    _process_class = ProcessAllWindowFunction
    _apply_forms = InternalSingleValueAllWindowFunction, InternalIterableAllWindowFunction
    _process_forms = (
        InternalSingleValueProcessAllWindowFunction,
        InternalIterableProcessAllWindowFunction,
    )

    def __init__(self, data_stream: DataStream, window_assigner: WindowAssigner[Any, Any]) -> None:
        keyed_stream = data_stream.key_by(NullByteKeySelector(), Types.INT())
        super().__init__(keyed_stream, window_assigner, "window_all")

    def _add(
        self,
        operation: WindowOperationDescriptor,
        functions: str,
        type_bytes: bytes,
        annotated: bool,
    ) -> DataStream:
        return super()._add(operation, functions, type_bytes, annotated).force_non_parallel()


def _is_function(value: Any) -> bool:
    return callable(value) and not isinstance(value, type)


def _name(function: Any) -> str:
    """A function in the words of its program."""
    return getattr(function, "__name__", None) or type(function).__name__


def _type(given: _Type, where: str) -> TypeInformation | None:
    if isinstance(given, list):
        return Types.ROW(given)
    if given is not None:
        expect(given, TypeInformation, where, "Types.LONG()")
    return given
