# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Several sources as one: each starts when the one before it has ended."""

from __future__ import annotations

from typing import Any

from pyflink._gateway import java_class
from pyflink.datastream.connectors.base import Source

__all__ = ["HybridSource", "HybridSourceBuilder"]


class HybridSource(Source):
    """Reads several sources one after the other, for example files and then a topic.

    It does not know the type of its records: name it in ``env.from_source(..., type_info=...)``.

    Args:
        j_hybrid_source: the Java ``HybridSource``; see :meth:`builder`.

    Examples:
        >>> from pyflink.datastream.connectors import NumberSequenceSource
        >>> first, then = NumberSequenceSource(1, 3), NumberSequenceSource(11, 13)
        >>> source = HybridSource.builder(first).add_source(then).build()
        >>> from pyflink.common import Types, WatermarkStrategy
        >>> from pyflink.datastream import StreamExecutionEnvironment
        >>> env = StreamExecutionEnvironment.get_execution_environment()
        >>> _ = env.set_parallelism(1)
        >>> no_watermarks = WatermarkStrategy.no_watermarks()
        >>> numbers = env.from_source(source, no_watermarks, "numbers", type_info=Types.LONG())
        >>> list(numbers.execute_and_collect())
        [1, 2, 3, 11, 12, 13]
    """

    def __init__(self, j_hybrid_source: Any) -> None:
        super().__init__(j_hybrid_source)

    @staticmethod
    def builder(first_source: Source) -> HybridSourceBuilder:
        """Starts with the source that is read first; it must be bounded if others follow."""
        hybrid = java_class("org.apache.flink.connector.base.source.hybrid.HybridSource")
        return HybridSourceBuilder(hybrid.builder(first_source.get_java_function()))


class HybridSourceBuilder:
    """Collects the sources of a :class:`HybridSource`.

    Args:
        j_hybrid_source_builder: the Java builder.
    """

    def __init__(self, j_hybrid_source_builder: Any) -> None:
        self._j_hybrid_source_builder = j_hybrid_source_builder

    def add_source(self, source: Source) -> HybridSourceBuilder:
        """Adds the source that follows; only the last one may be without an end."""
        self._j_hybrid_source_builder.addSource(source.get_java_function())
        return self

    def build(self) -> HybridSource:
        """The source."""
        return HybridSource(self._j_hybrid_source_builder.build())
