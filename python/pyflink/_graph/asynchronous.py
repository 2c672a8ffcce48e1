# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""An asynchronous Python function becomes an operator of the job."""

from __future__ import annotations

from typing import Any

from pyflink._gateway import java_class
from pyflink._graph.pickling import pickle_function
from pyflink._graph.settings import publish_settings
from pyflink._worker.asynchronous.options import CallOptions

_ASYNC = "io.flinker.gateway.AsyncStreams"


def add_async_function(
    j_stream: Any,
    name: str,
    function: Any,
    rich: bool,
    options: CallOptions,
    output_type: bytes,
    *,
    annotated: bool,
    capacity: int,
    ordered: bool,
) -> Any:
    """The Java stream of what an asynchronous function makes of another stream.

    Args:
        j_stream: the Java ``DataStream`` of its input.
        name: the operator's name.
        function: the function.
        rich: whether it is an object with ``open`` and ``close``.
        options: how it is called.
        output_type: the descriptor of the results' type.
        annotated: whether that comes from the function's annotation.
        capacity: how many records may be under way.
        ordered: whether the results are in the order of the records.

    Raises:
        FunctionNotPicklableError: if the function cannot be sent to the workers.
    """
    payload = pickle_function(function, rich, name, annotated, options)
    publish_settings()
    return java_class(_ASYNC).function(
        j_stream, name, payload, output_type, annotated, capacity, ordered
    )
