# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The end of a stream."""

from __future__ import annotations

from typing import Any

from pyflink.datastream._settings import OperatorSettings


class DataStreamSink(OperatorSettings):
    """A sink at the end of a :class:`DataStream`; made by ``sink_to``, ``add_sink``, ``print``.

    Args:
        j_data_stream_sink: the Java ``DataStreamSink``.
    """

    def __init__(self, j_data_stream_sink: Any) -> None:
        self._j_data_stream_sink = j_data_stream_sink

    @property
    def _j_operator(self) -> Any:
        return self._j_data_stream_sink
