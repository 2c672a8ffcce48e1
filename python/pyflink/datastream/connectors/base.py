# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What all sources and all sinks have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import Enum
from typing import TYPE_CHECKING, Any

from pyflink._gateway import java_class
from pyflink.datastream.functions import JavaFunctionWrapper

if TYPE_CHECKING:
    from pyflink.datastream.data_stream import DataStream

__all__ = ["DeliveryGuarantee", "Sink", "Source", "StreamTransformer", "SupportsPreprocessing"]


class Source(JavaFunctionWrapper):
    """A source, for :meth:`StreamExecutionEnvironment.from_source`.

    Args:
        source: the Java ``Source``, or the full name of a class with a constructor that takes
            nothing.
    """

    def __init__(self, source: Any) -> None:
        super().__init__(source)


class Sink(JavaFunctionWrapper):
    """A sink, for :meth:`DataStream.sink_to`.

    Args:
        sink: the Java ``Sink``, or the full name of a class with a constructor that takes nothing.
    """

    def __init__(self, sink: Any) -> None:
        super().__init__(sink)

    def _add_to(self, j_data_stream: Any) -> Any:
        """Ends a Java stream in this sink; for sinks that need more than ``sinkTo``."""
        return j_data_stream.sinkTo(self.get_java_function())


class StreamTransformer(ABC):
    """Prepares a stream for a sink."""

    @abstractmethod
    def apply(self, ds: DataStream) -> DataStream:
        """The stream as the sink wants it."""


class SupportsPreprocessing(ABC):
    """A sink whose stream has to be prepared first."""

    @abstractmethod
    def get_transformer(self) -> StreamTransformer | None:
        """What prepares the stream, or None if nothing has to."""


class DeliveryGuarantee(Enum):
    """What a sink promises about every record if a job fails and restarts.

    - ``EXACTLY_ONCE``: it is delivered once.
    - ``AT_LEAST_ONCE``: it is delivered, perhaps several times.
    - ``NONE``: it may be lost, or delivered several times.
    """

    EXACTLY_ONCE = 0
    AT_LEAST_ONCE = 1
    NONE = 2

    def _to_j_delivery_guarantee(self) -> Any:
        guarantee = java_class("org.apache.flink.connector.base.DeliveryGuarantee")
        return guarantee.valueOf(self.name)
