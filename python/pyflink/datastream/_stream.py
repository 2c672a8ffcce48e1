# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A stream of records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, overload

from pyflink._codec import descriptor
from pyflink._gateway import java_class
from pyflink._graph import (
    Kind,
    PythonFunction,
    add_function,
    as_operator,
    assign_timestamps,
    key_by,
    partition_custom,
    side_output,
)
from pyflink._worker.partitioning import Partitioning
from pyflink._worker.state.descriptors import MapStateDescriptor
from pyflink.common._typeinfo.annotations import result_type
from pyflink.common.typeinfo import TupleTypeInfo, TypeInformation, Types, _from_java_type
from pyflink.common.watermark_strategy import TimestampAssigner, WatermarkStrategy
from pyflink.datastream._arguments import expect, renamed
from pyflink.datastream._broadcast import BroadcastConnectedStream, BroadcastStream
from pyflink.datastream._connected import ConnectedStreams
from pyflink.datastream._key_types import key_descriptor
from pyflink.datastream._results import CloseableIterator
from pyflink.datastream._settings import OperatorSettings
from pyflink.datastream._sink import DataStreamSink
from pyflink.datastream._windowed import AllWindowedStream
from pyflink.datastream.connectors.base import Sink, SupportsPreprocessing
from pyflink.datastream.functions import (
    FilterFunction,
    FlatMapFunction,
    Function,
    KeyedProcessFunction,
    KeySelector,
    MapFunction,
    Partitioner,
    ProcessFunction,
    SinkFunction,
)
from pyflink.datastream.output_tag import OutputTag

if TYPE_CHECKING:
    from typing_extensions import Self

    from pyflink._worker.windows.assigner import WindowAssigner
    from pyflink.common.execution_config import ExecutionConfig
    from pyflink.datastream._keyed import KeyedStream
    from pyflink.datastream.stream_execution_environment import StreamExecutionEnvironment

_STREAMS = "io.flinker.gateway.Streams"
# What makes the values in a function's class.
METHODS = {Kind.MAP: "map", Kind.FLAT_MAP: "flat_map", Kind.PROCESS: "process_element"}


class DataStream(OperatorSettings):
    """A stream of records of one type, made by a source or by a transformation of another stream.

    Args:
        j_data_stream: the Java ``DataStream``.
    """

    # Set by the modules of the two, which need this one: they refer to each other.
    _wrap_environment: ClassVar[Callable[[Any], StreamExecutionEnvironment]]
    _wrap_keyed: ClassVar[Callable[[Any, TypeInformation, DataStream], KeyedStream]]

    # Whether the Java stream is of pairs of a key and a record.
    _of_pairs: ClassVar[bool] = False

    def __init__(self, j_data_stream: Any) -> None:
        self._j_data_stream = j_data_stream

    @property
    def _j_operator(self) -> Any:
        return self._j_data_stream

    @property
    def _j_records(self) -> Any:
        """The Java stream of the records, for all that is not a Python function."""
        return self._j_data_stream

    # ---- about the stream

    def get_name(self) -> str:
        """The name of the operator that makes this stream."""
        return str(self._j_data_stream.getTransformation().getName())

    def get_type(self) -> TypeInformation:
        """The type of the records."""
        return _from_java_type(self._j_data_stream.getType())

    def get_execution_environment(self) -> StreamExecutionEnvironment:
        """The environment that the stream belongs to."""
        return DataStream._wrap_environment(self._j_data_stream.getExecutionEnvironment())

    def get_execution_config(self) -> ExecutionConfig:
        """The settings of the job that the stream belongs to."""
        return self.get_execution_environment().get_config()

    # ---- settings that sinks do not have

    def set_max_parallelism(self, max_parallelism: int) -> Self:
        """Sets how far the operator can be rescaled.

        Args:
            max_parallelism: the number of key groups, 1 to 32768.
        """
        self._j_data_stream.setMaxParallelism(max_parallelism)
        return self

    def force_non_parallel(self) -> Self:
        """Fixes the parallelism of the operator at 1."""
        self._j_data_stream.forceNonParallel()
        return self

    def set_buffer_timeout(self, timeout_millis: int) -> Self:
        """Sets how long a record may wait in a network buffer.

        Args:
            timeout_millis: milliseconds; 0 sends each record at once, -1 only full buffers.
        """
        self._j_data_stream.setBufferTimeout(timeout_millis)
        return self

    def start_new_chain(self) -> Self:
        """Starts a new chain with the operator: it is not chained with the one before it."""
        self._j_data_stream.startNewChain()
        return self

    # ---- other streams

    def union(self, *streams: DataStream) -> DataStream:
        """The records of this stream and of others of the same type, in no particular order.

        Args:
            streams: the other streams.
        """
        j_streams = [stream._j_records for stream in streams]
        return DataStream(java_class(_STREAMS).union(self._j_records, j_streams))

    @overload
    def connect(self, ds: DataStream) -> ConnectedStreams: ...

    @overload
    def connect(self, ds: BroadcastStream) -> BroadcastConnectedStream: ...

    def connect(
        self, ds: DataStream | BroadcastStream
    ) -> ConnectedStreams | BroadcastConnectedStream:
        """This stream and another one, for a function that takes the records of both.

        Args:
            ds: the other stream; its records may be of another type. It may be a broadcast one.

        Raises:
            TypeError: if it is no stream.
        """
        if isinstance(ds, BroadcastStream):
            return BroadcastConnectedStream(self, ds, ds.broadcast_state_descriptors)
        expect(ds, DataStream, "connect(): the other stream", "env.from_collection([1, 2])")
        return ConnectedStreams(self, ds)

    def get_side_output(self, output_tag: OutputTag) -> DataStream:
        """The records that this stream's function yields with a tag.

        Records for a tag that nobody reads are dropped.

        Args:
            output_tag: the tag. The type of the records is the one that is given here.

        Raises:
            TypeError: if it is no tag, or if the stream is not made by an operator.

        Example:
            >>> from pyflink.common import Types
            >>> from pyflink.datastream import (
            ...     OutputTag,
            ...     ProcessFunction,
            ...     StreamExecutionEnvironment,
            ... )
            >>> odd = OutputTag("odd", Types.LONG())
            >>> class Split(ProcessFunction):
            ...     def process_element(self, value, ctx):
            ...         yield (odd, value) if value % 2 else value
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> even = env.from_collection([1, 2, 3], Types.LONG()).process(Split(), Types.LONG())
            >>> sorted(even.get_side_output(odd).execute_and_collect())
            [1, 3]
        """
        expect(output_tag, OutputTag, "get_side_output(): the tag", "OutputTag('late')")
        j_stream = side_output(self._j_data_stream, output_tag.get_java_output_tag())
        if j_stream is None:
            raise TypeError(
                "get_side_output() is for the stream that process() or another transformation with "
                "a function returns: call it there, before union() and partitioning."
            )
        return _SideOutputStream(j_stream)

    def project(self, *field_indexes: int) -> DataStream:
        """A stream of tuples made of some fields of this stream's tuples.

        Args:
            field_indexes: the positions to keep, in the order of the result; at most 25.

        Raises:
            TypeError: if the records are not tuples.
            IndexError: if there is no field at a position.

        Example:
            >>> from pyflink.common import Types
            >>> from pyflink.datastream import StreamExecutionEnvironment
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> pairs = env.from_collection([(1, "a")], Types.TUPLE([Types.INT(), Types.STRING()]))
            >>> list(pairs.project(1, 0).execute_and_collect())
            [('a', 1)]
        """
        record_type = self.get_type()
        if not isinstance(record_type, TupleTypeInfo):
            raise TypeError(
                f"project() takes fields of tuples, but the records here are {record_type}. "
                "Declare the type of the stream as Types.TUPLE([...])."
            )
        size = len(record_type.get_field_types())
        if not field_indexes:
            raise ValueError(f"project() needs at least one field position, 0 to {size - 1}.")
        for index in field_indexes:
            if not 0 <= index < size:
                raise IndexError(
                    f"project(): there is no field {index}; the tuples have {size} fields, "
                    f"0 to {size - 1}."
                )
        return DataStream(java_class(_STREAMS).project(self._j_records, list(field_indexes)))

    def assign_timestamps_and_watermarks(self, watermark_strategy: WatermarkStrategy) -> DataStream:
        """Gives the records timestamps and the stream watermarks.

        Args:
            watermark_strategy: where timestamps come from and how far watermarks stay behind.

        Raises:
            TypeError: if it is not a ``WatermarkStrategy``.
            FunctionNotPicklableError: if its timestamp assigner cannot be sent to the workers.

        Example:
            >>> from pyflink.common import Types, WatermarkStrategy
            >>> from pyflink.datastream import StreamExecutionEnvironment
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> clicks = env.from_collection([("a", 1000), ("b", 2000)])
            >>> strategy = WatermarkStrategy.for_monotonous_timestamps()
            >>> strategy = strategy.with_timestamp_assigner(lambda click, _: click[1])
            >>> timed = clicks.assign_timestamps_and_watermarks(strategy)
        """
        expect(
            watermark_strategy,
            WatermarkStrategy,
            "assign_timestamps_and_watermarks(): the watermark_strategy",
            "WatermarkStrategy.for_monotonous_timestamps()",
        )
        j_strategy = watermark_strategy._j_watermark_strategy
        assigner = watermark_strategy._timestamp_assigner
        if assigner is None:
            return DataStream(self._j_records.assignTimestampsAndWatermarks(j_strategy))
        if isinstance(assigner, TimestampAssigner):
            assigner = assigner.extract_timestamp
        # so that a type that Python cannot read is refused here
        self.get_type()
        return DataStream(assign_timestamps(self._j_records, assigner, j_strategy))

    def cache(self) -> CachedDataStream:
        """Keeps the records when a job has made them, for later jobs of the same environment.

        Only in batch mode (``RuntimeExecutionMode.BATCH``).
        """
        return CachedDataStream(self._j_data_stream.cache())

    # ---- Python functions

    def map(
        self,
        func: Callable[[Any], Any] | MapFunction,
        output_type: TypeInformation | None = None,
    ) -> DataStream:
        """One value for each record.

        Args:
            func: what makes the value of a record: a callable or a ``MapFunction``.
            output_type: the type of the values. Without one the annotation of what the function
                returns decides, where it says a type that loses nothing: ``-> int`` is a
                ``BIG_INT``, ``-> tuple[str, float]`` a ``TUPLE``, a dataclass or NamedTuple with
                nothing but fields a ``ROW_NAMED``. Else they travel as Python objects.

        Raises:
            TypeError: if the function is neither.
            FunctionNotPicklableError: if the function cannot be sent to the workers.

        Example:
            >>> from pyflink.common import Types
            >>> from pyflink.datastream import StreamExecutionEnvironment
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> numbers = env.from_collection([1, 2, 3], Types.LONG())
            >>> sorted(numbers.map(lambda i: i * i, Types.LONG()).execute_and_collect())
            [1, 4, 9]
            >>> def halve(value: int) -> float:
            ...     return value / 2
            >>> numbers.map(halve).get_type()
            Double
        """
        return self._apply(Kind.MAP, "Map", MapFunction, func, output_type)

    def flat_map(
        self,
        func: Callable[[Any], Iterable[Any] | None] | FlatMapFunction,
        output_type: TypeInformation | None = None,
        result_type: TypeInformation | None = None,
    ) -> DataStream:
        """Any number of values for each record.

        Args:
            func: what makes the values of a record: a callable that returns something to iterate
                over, or yields, or a ``FlatMapFunction``. None stands for no value.
            output_type: the type of the values. Without one the annotation of what the function
                returns decides, ``-> Iterator[str]`` or ``-> list[str]``, as for :meth:`map`.
                Else they travel as Python objects.
            result_type: the name of ``output_type`` in PyFlink 1.12. Deprecated.

        Raises:
            TypeError: if the function is neither.
            FunctionNotPicklableError: if the function cannot be sent to the workers.

        Example:
            >>> from pyflink.common import Types
            >>> from pyflink.datastream import StreamExecutionEnvironment
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> lines = env.from_collection(["to be", "or not"], Types.STRING())
            >>> sorted(lines.flat_map(str.split, Types.STRING()).execute_and_collect())
            ['be', 'not', 'or', 'to']
        """
        output_type = renamed(output_type, result_type, "flat_map()", "output_type", "result_type")
        return self._apply(Kind.FLAT_MAP, "FlatMap", FlatMapFunction, func, output_type)

    def filter(self, func: Callable[[Any], bool] | FilterFunction) -> DataStream:
        """The records that a function says yes to.

        Args:
            func: a callable or a ``FilterFunction``.

        Raises:
            TypeError: if the function is neither.
            FunctionNotPicklableError: if the function cannot be sent to the workers.

        Example:
            >>> from pyflink.common import Types
            >>> from pyflink.datastream import StreamExecutionEnvironment
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> numbers = env.from_collection([1, 2, 3], Types.LONG())
            >>> sorted(numbers.filter(lambda i: i % 2).execute_and_collect())
            [1, 3]
        """
        return self._apply(Kind.FILTER, "Filter", FilterFunction, func, self.get_type())

    def process(
        self, func: ProcessFunction, output_type: TypeInformation | None = None
    ) -> DataStream:
        """Any number of values for each record, for this and for side outputs.

        Args:
            func: makes the values. It yields them, or returns something to iterate over; None
                stands for no value. An ``OutputTag`` and a value in a tuple are for a side output.
            output_type: the type of the values. Without one the annotation of what
                ``process_element`` returns decides, as for :meth:`flat_map`. Else they travel as
                Python objects.

        Raises:
            TypeError: if the function is no ``ProcessFunction``.
            FunctionNotPicklableError: if the function cannot be sent to the workers.

        Example:
            >>> from pyflink.common import Types
            >>> from pyflink.datastream import ProcessFunction, StreamExecutionEnvironment
            >>> class Neighbours(ProcessFunction):
            ...     def process_element(self, value, ctx):
            ...         yield value - 1
            ...         yield value + 1
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> numbers = env.from_collection([1, 5], Types.LONG())
            >>> sorted(numbers.process(Neighbours(), Types.LONG()).execute_and_collect())
            [0, 2, 4, 6]
        """
        if isinstance(func, KeyedProcessFunction):
            raise TypeError(
                f"process(): {type(func).__qualname__} is a KeyedProcessFunction, which needs "
                "keys, and this stream has none: call key_by() first."
            )
        expect(func, ProcessFunction, "process(): the function", "MyProcessFunction()")
        return self._apply(Kind.PROCESS, "PROCESS", ProcessFunction, func, output_type)

    def _wrap(self, j_data_stream: Any) -> DataStream:
        """A stream that is made of this one."""
        return DataStream(j_data_stream)

    def _apply(
        self,
        kind: Kind,
        name: str,
        rich_class: type[Function],
        func: Any,
        output_type: TypeInformation | None,
    ) -> DataStream:
        rich = isinstance(func, rich_class)
        if not rich and not callable(func):
            raise TypeError(
                f"{kind.name.lower()}() takes a function or a {rich_class.__name__}, "
                f"but got {func!r}, of type {type(func).__qualname__}."
            )
        annotated = False
        if output_type is None:
            method = getattr(func, METHODS[kind]) if rich else func
            output_type = result_type(method, elements=kind is not Kind.MAP)
            annotated = output_type is not None
        type_bytes = descriptor(output_type or Types.PICKLED_BYTE_ARRAY())
        return DataStream(
            add_function(
                self._j_data_stream,
                PythonFunction(kind, name, func, type_bytes, annotated, rich),
                of_pairs=self._of_pairs,
            )
        )

    # ---- partitioning

    def key_by(
        self,
        key_selector: Callable[[Any], Any] | KeySelector,
        key_type: TypeInformation | None = None,
        key_type_info: TypeInformation | None = None,
    ) -> KeyedStream:
        """Partitions the records by a key: all records of a key reach the same instance.

        Without a ``key_type`` a key is any value that can be pickled, and keys are the same if they
        are equal in Python and of the same types part by part, as 1 and 1.0 are not; objects are
        if their attributes are. Names of a Row's fields count in their order.

        Args:
            key_selector: says which key a record has: a callable or a ``KeySelector``. It must say
                the same whenever it is asked.
            key_type: the type of the keys, any but arrays. Keys can be None.
            key_type_info: the name of ``key_type`` in PyFlink 1.12. Deprecated.

        Raises:
            TypeError: if the selector is neither, or keys cannot be of that type.
            FunctionNotPicklableError: if the selector cannot be sent to the workers.

        Example:
            >>> from pyflink.common import Types
            >>> from pyflink.datastream import StreamExecutionEnvironment
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> clicks = env.from_collection([("a", 1), ("b", 1), ("a", 2)])
            >>> by_user = clicks.key_by(lambda click: click[0], Types.STRING())
            >>> sorted(by_user.map(lambda click: click[1]).execute_and_collect())
            [1, 1, 2]
        """
        key_type = renamed(key_type, key_type_info, "key_by()", "key_type", "key_type_info")
        rich = is_rich(key_selector, KeySelector, "key_by(): the key_selector")
        record_type = self.get_type()
        j_keyed = key_by(self._j_records, key_selector, rich, key_descriptor(key_type))
        return DataStream._wrap_keyed(j_keyed, record_type, self)

    def window_all(self, window_assigner: WindowAssigner[Any, Any]) -> AllWindowedStream:
        """Groups all records by window. One instance of what follows gets all of them.

        Args:
            window_assigner: says which windows a record is in.

        Raises:
            TypeError: if it is no ``WindowAssigner``.

        Example:
            >>> from pyflink.common import Types
            >>> from pyflink.datastream import StreamExecutionEnvironment
            >>> from pyflink.datastream.window import CountTumblingWindowAssigner
            >>> env = StreamExecutionEnvironment.get_execution_environment().set_parallelism(1)
            >>> numbers = env.from_collection([1, 2, 3, 4, 5], Types.LONG())
            >>> pairs = numbers.window_all(CountTumblingWindowAssigner.of(2))
            >>> list(pairs.reduce(lambda a, b: a + b).execute_and_collect())
            [3, 7]
        """
        return AllWindowedStream(self, window_assigner)

    def partition_custom(
        self,
        partitioner: Callable[[Any, int], int] | Partitioner,
        key_selector: Callable[[Any], Any] | KeySelector,
    ) -> DataStream:
        """Sends each record to the instance of the next operator that a function chooses.

        Args:
            partitioner: a callable or a ``Partitioner`` that gets the key of a record and the
                number of instances and returns the index of one, from 0.
            key_selector: says which key a record has: a callable or a ``KeySelector``.

        Raises:
            TypeError: if one of the functions is neither.
            FunctionNotPicklableError: if one of them cannot be sent to the workers.

        Example:
            >>> from pyflink.common import Types
            >>> from pyflink.datastream import StreamExecutionEnvironment
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> numbers = env.from_collection([1, 2, 3], Types.LONG())
            >>> spread = numbers.partition_custom(lambda key, n: key % n, lambda number: number)
            >>> sorted(spread.map(lambda i: -i, Types.LONG()).execute_and_collect())
            [-3, -2, -1]
        """
        rich = (
            is_rich(partitioner, Partitioner, "partition_custom(): the partitioner"),
            is_rich(key_selector, KeySelector, "partition_custom(): the key_selector"),
        )
        self.get_type()
        partitioning = Partitioning(partitioner, key_selector, rich)
        return DataStream(partition_custom(self._j_records, partitioning))

    def shuffle(self) -> DataStream:
        """Sends each record to a random instance of the next operator."""
        return DataStream(self._j_data_stream.shuffle())

    def rebalance(self) -> DataStream:
        """Sends the records to all instances of the next operator in turn."""
        return DataStream(self._j_data_stream.rebalance())

    def rescale(self) -> DataStream:
        """Sends the records in turn to some instances of the next operator, local ones first."""
        return DataStream(self._j_data_stream.rescale())

    def forward(self) -> DataStream:
        """Sends each record to the instance of the next operator with the same index."""
        return DataStream(self._j_data_stream.forward())

    @overload
    def broadcast(self) -> DataStream: ...

    @overload
    def broadcast(
        self,
        broadcast_state_descriptor: MapStateDescriptor,
        *other_broadcast_state_descriptors: MapStateDescriptor,
    ) -> BroadcastStream: ...

    def broadcast(
        self,
        broadcast_state_descriptor: MapStateDescriptor | None = None,
        *other_broadcast_state_descriptors: MapStateDescriptor,
    ) -> DataStream | BroadcastStream:
        """Sends every record to every instance of the next operator.

        Args:
            broadcast_state_descriptor: names a map in which the instances keep what the records
                say. With it the result is for :meth:`connect`.
            other_broadcast_state_descriptors: name others.

        Raises:
            TypeError: if one of them is no ``MapStateDescriptor``.
            ValueError: if two have the same name.
        """
        if broadcast_state_descriptor is None:
            return DataStream(self._j_data_stream.broadcast())
        descriptors = [broadcast_state_descriptor, *other_broadcast_state_descriptors]
        for each in descriptors:
            expect(
                each,
                MapStateDescriptor,
                "broadcast(): a descriptor",
                "MapStateDescriptor('rules', Types.STRING(), Types.LONG())",
            )
        names = [each.name for each in descriptors]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"broadcast(): there are two descriptors named '{name}'.")
        return BroadcastStream(self, descriptors)

    def global_(self) -> DataStream:
        """Sends every record to the first instance of the next operator."""
        return DataStream(getattr(self._j_data_stream, "global")())

    # ---- sinks

    def add_sink(self, sink_func: SinkFunction) -> DataStreamSink:
        """Ends the stream in a sink of the older kind.

        Args:
            sink_func: for example a ``StreamingFileSink``, or ``SinkFunction("java.class.Name")``.
        """
        expect(
            sink_func,
            SinkFunction,
            "add_sink(): the sink",
            "SinkFunction('the.java.ClassName'); a Sink such as a FileSink goes to sink_to()",
        )
        return DataStreamSink(sink_func._add_to(self._j_records))

    def sink_to(self, sink: Sink) -> DataStreamSink:
        """Ends the stream in a sink.

        Args:
            sink: for example a ``FileSink``.
        """
        expect(
            sink,
            Sink,
            "sink_to(): the sink",
            "FileSink.for_row_format(...).build(); a SinkFunction goes to add_sink()",
        )
        stream = self
        if isinstance(sink, SupportsPreprocessing):
            transformer = sink.get_transformer()
            if transformer is not None:
                stream = transformer.apply(self)
        return DataStreamSink(sink._add_to(stream._j_records))

    def print(self, sink_identifier: str | None = None) -> DataStreamSink:
        """Prints the records on the program's standard output.

        Each line starts with ``identifier:subtask> ``; without an identifier it is ``subtask> ``,
        and the subtask is left out at a parallelism of 1. Rows are printed as ``+I[1,a]``, with
        their values as Python writes them; other typed values as Java writes them.

        Args:
            sink_identifier: a word to tell several print sinks apart.
        """
        return DataStreamSink(java_class(_STREAMS).print(self._j_records, sink_identifier))

    def execute_and_collect(
        self, job_execution_name: str | None = None, limit: int | None = None
    ) -> CloseableIterator | list[Any]:
        """Runs the job and brings the records of this stream back.

        Args:
            job_execution_name: the name of the job.
            limit: take so many records, then cancel the job.

        Returns:
            An iterator that is also a context manager; with a limit, a list.

        Raises:
            JavaError: while it is iterated over, if the job fails.
        """
        iterator = CloseableIterator._of_stream(
            self._j_records, job_execution_name or "Collect Job"
        )
        if limit is None:
            return iterator
        with iterator:
            return [record for _, record in zip(range(limit), iterator, strict=False)]


def is_rich(func: Any, rich_class: type[Function], where: str) -> bool:
    """Whether a function is of a class with ``open`` and ``close``, and not a callable."""
    if isinstance(func, rich_class):
        return True
    if not callable(func) or (isinstance(func, type) and issubclass(func, Function)):
        raise TypeError(
            f"{where} is a function or an object of a {rich_class.__name__} class, not {func!r}, "
            f"of type {type(func).__qualname__}."
        )
    return False


class _SideOutputStream(DataStream):
    """What an operator sends to a side output.

    It is no operator, and becomes one when it is given a name or another setting.
    """

    _is_operator = False

    @property
    def _j_operator(self) -> Any:
        if not self._is_operator:
            self._j_data_stream = as_operator(self._j_data_stream)
            self._is_operator = True
        return self._j_data_stream


class CachedDataStream(DataStream):
    """A stream whose records are kept for later jobs; made by :meth:`DataStream.cache`."""

    def invalidate(self) -> None:
        """Drops the records that were kept; the next job that needs them makes them again."""
        self._j_data_stream.invalidate()
