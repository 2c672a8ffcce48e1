# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A stream of records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from pyflink._codec import descriptor
from pyflink._gateway import java_class
from pyflink._graph import Kind, add_function
from pyflink.common._typeinfo.annotations import result_type
from pyflink.common.typeinfo import TupleTypeInfo, TypeInformation, Types, _from_java_type
from pyflink.datastream._arguments import expect
from pyflink.datastream._results import CloseableIterator
from pyflink.datastream._settings import OperatorSettings
from pyflink.datastream._sink import DataStreamSink
from pyflink.datastream.connectors.base import Sink, SupportsPreprocessing
from pyflink.datastream.functions import (
    FilterFunction,
    FlatMapFunction,
    Function,
    MapFunction,
    SinkFunction,
)

if TYPE_CHECKING:
    from typing_extensions import Self

    from pyflink.common.execution_config import ExecutionConfig
    from pyflink.common.watermark_strategy import WatermarkStrategy
    from pyflink.datastream.stream_execution_environment import StreamExecutionEnvironment

_STREAMS = "io.flinker.gateway.Streams"


class DataStream(OperatorSettings):
    """A stream of records of one type, made by a source or by a transformation of another stream.

    Args:
        j_data_stream: the Java ``DataStream``.
    """

    # Set by the environment's module, which needs this one: the two refer to each other.
    _wrap_environment: ClassVar[Callable[[Any], StreamExecutionEnvironment]]

    def __init__(self, j_data_stream: Any) -> None:
        self._j_data_stream = j_data_stream

    @property
    def _j_operator(self) -> Any:
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
        j_streams = [stream._j_data_stream for stream in streams]
        return DataStream(java_class(_STREAMS).union(self._j_data_stream, j_streams))

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
        return DataStream(java_class(_STREAMS).project(self._j_data_stream, list(field_indexes)))

    def assign_timestamps_and_watermarks(self, watermark_strategy: WatermarkStrategy) -> DataStream:
        """Gives the records timestamps and the stream watermarks.

        Args:
            watermark_strategy: where timestamps come from and how far watermarks stay behind.
        """
        return DataStream(
            self._j_data_stream.assignTimestampsAndWatermarks(
                watermark_strategy._j_watermark_strategy
            )
        )

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
    ) -> DataStream:
        """Any number of values for each record.

        Args:
            func: what makes the values of a record: a callable that returns something to iterate
                over, or yields, or a ``FlatMapFunction``. None stands for no value.
            output_type: the type of the values. Without one the annotation of what the function
                returns decides, ``-> Iterator[str]`` or ``-> list[str]``, as for :meth:`map`.
                Else they travel as Python objects.

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
            method = getattr(func, kind.name.lower()) if rich else func
            output_type = result_type(method, elements=kind is Kind.FLAT_MAP)
            annotated = output_type is not None
        type_bytes = descriptor(output_type or Types.PICKLED_BYTE_ARRAY())
        stream = self._j_data_stream
        return DataStream(add_function(stream, kind, name, func, rich, type_bytes, annotated))

    # ---- partitioning

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

    def broadcast(self) -> DataStream:
        """Sends every record to every instance of the next operator."""
        return DataStream(self._j_data_stream.broadcast())

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
        return DataStreamSink(sink_func._add_to(self._j_data_stream))

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
        return DataStreamSink(sink._add_to(stream._j_data_stream))

    def print(self, sink_identifier: str | None = None) -> DataStreamSink:
        """Prints the records on the program's standard output.

        Each line starts with ``identifier:subtask> ``; without an identifier it is ``subtask> ``,
        and the subtask is left out at a parallelism of 1. Rows are printed as ``+I[1,a]``, with
        their values as Python writes them; other typed values as Java writes them.

        Args:
            sink_identifier: a word to tell several print sinks apart.
        """
        return DataStreamSink(java_class(_STREAMS).print(self._j_data_stream, sink_identifier))

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
            self._j_data_stream, job_execution_name or "Collect Job"
        )
        if limit is None:
            return iterator
        with iterator:
            return [record for _, record in zip(range(limit), iterator, strict=False)]


class CachedDataStream(DataStream):
    """A stream whose records are kept for later jobs; made by :meth:`DataStream.cache`."""

    def invalidate(self) -> None:
        """Drops the records that were kept; the next job that needs them makes them again."""
        self._j_data_stream.invalidate()
