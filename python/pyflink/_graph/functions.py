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
_PARTITIONS = "io.flinker.gateway.Partitions"


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
    of_pairs: bool = False,
) -> Any:
    """The Java stream of what a function makes of another stream.

    Args:
        j_stream: the Java ``DataStream`` of its input.
        kind: what is done with the function.
        name: the operator's name.
        function: the function.
        rich: whether it is one of the classes with ``open`` and ``close``.
        output_type: the descriptor of the results' type.
        of_pairs: whether the stream is of pairs of a key and a record; the function gets the
            record.

    Raises:
        FunctionNotPicklableError: if the function cannot be sent to the workers.
    """
    payload = pickle_function(function, rich, name)
    publish_settings()
    if of_pairs:
        facade = java_class(_PARTITIONS)
        return facade.functionOfValues(j_stream, name, kind.value, payload, output_type)
    return java_class(_PYTHON).function(j_stream, name, kind.value, payload, output_type)
