# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A Python function becomes an operator of the job."""

from __future__ import annotations

from enum import Enum
from typing import Any

from pyflink._gateway import java_class
from pyflink._graph.pickling import pickle_function
from pyflink._graph.settings import publish_settings

_PYTHON = "io.flinker.gateway.Python"
_STREAMS = "io.flinker.gateway.Streams"


class Kind(Enum):
    """What is done with a function; the value names it in the protocol."""

    FILTER = "flinker:function:filter:v1"
    FLAT_MAP = "flinker:function:flat_map:v1"
    MAP = "flinker:function:map:v1"


def add_function(
    j_stream: Any,
    kind: Kind,
    name: str,
    function: Any,
    rich: bool,
    output_type: bytes,
    annotated: bool = False,
) -> Any:
    """The Java stream of what a function makes of another stream.

    Args:
        j_stream: the Java ``DataStream`` of its input.
        kind: what is done with the function.
        name: the operator's name.
        function: the function.
        rich: whether it is one of the classes with ``open`` and ``close``.
        output_type: the descriptor of the results' type.
        annotated: whether that comes from the function's annotation. Then the results are printed
            as Python objects are, and can join those in a union, as without the annotation.

    Raises:
        FunctionNotPicklableError: if the function cannot be sent to the workers.
    """
    payload = pickle_function(function, rich, name, annotated)
    publish_settings()
    j_results = java_class(_PYTHON).function(j_stream, name, kind.value, payload, output_type)
    if annotated:
        java_class(_STREAMS).markAnnotated(j_results)
    return j_results
