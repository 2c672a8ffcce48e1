# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A Python function becomes an operator of the job."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from pyflink._gateway import java_class
from pyflink._graph.pickling import pickle_function
from pyflink._graph.settings import publish_settings

_PYTHON = "io.flinker.gateway.Python"
_STREAMS = "io.flinker.gateway.Streams"
_PARTITIONS = "io.flinker.gateway.Partitions"


class Kind(Enum):
    """What is done with a function; the value names it in the protocol."""

    BROADCAST = "flinker:function:broadcast:v1"
    CO_FLAT_MAP = "flinker:function:co_flat_map:v1"
    CO_MAP = "flinker:function:co_map:v1"
    CO_PROCESS = "flinker:function:co_process:v1"
    FILTER = "flinker:function:filter:v1"
    FLAT_MAP = "flinker:function:flat_map:v1"
    KEYED_BROADCAST = "flinker:function:keyed_broadcast:v1"
    KEYED_CO_PROCESS = "flinker:function:keyed_co_process:v1"
    KEYED_PROCESS = "flinker:function:keyed_process:v1"
    MAP = "flinker:function:map:v1"
    PROCESS = "flinker:function:process:v1"
    WINDOW = "flinker:function:window:v1"


@dataclass(frozen=True)
class PythonFunction:
    """A function, and the operator that it becomes.

    Args:
        kind: what is done with the function.
        name: the operator's name.
        function: the function.
        output_type: the descriptor of the results' type.
        annotated: whether that comes from the function's annotation. Then the results are printed
            as Python objects are, and can join those in a union, as without the annotation.
        rich: whether it is an object with ``open`` and ``close``; ``open`` gets a context that has
            keyed state, where there are keys.
        timers: whether the function hears of timers; else it cannot set any.
    """

    kind: Kind
    name: str
    function: Any
    output_type: bytes
    annotated: bool = False
    rich: bool = True
    timers: bool = False


def add_function(j_stream: Any, function: PythonFunction, of_pairs: bool = False) -> Any:
    """The Java stream of what a function makes of another stream.

    Args:
        j_stream: the Java ``DataStream`` of its input.
        function: the function.
        of_pairs: whether the stream is of pairs of a key and a record; the function gets the
            record.

    Raises:
        FunctionNotPicklableError: if the function cannot be sent to the workers.
    """
    if of_pairs:
        return _add(function, _PARTITIONS, "functionOfValues", j_stream)
    return _add(function, _PYTHON, "function", j_stream)


def add_connected_function(j_streams: tuple[Any, Any], function: PythonFunction) -> Any:
    """The Java stream of what a function makes of two other streams.

    Args:
        j_streams: the Java ``DataStream`` of each input.
        function: the function.

    Raises:
        FunctionNotPicklableError: if the function cannot be sent to the workers.
    """
    return _add(function, _PYTHON, "connected", *j_streams)


def add_keyed_function(j_keyed_stream: Any, function: PythonFunction) -> Any:
    """The Java stream of what a function makes of the records of keys, with state of each key.

    Args:
        j_keyed_stream: the Java ``KeyedStream`` of pairs of a key and a record.
        function: the function.

    Raises:
        FunctionNotPicklableError: if the function cannot be sent to the workers.
    """
    return _add(function, _PARTITIONS, "keyedFunction", j_keyed_stream, timers=function.timers)


def add_keyed_connected_function(j_streams: tuple[Any, Any], function: PythonFunction) -> Any:
    """The same of two streams, of which the first has keys, and the second has the same or none.

    Args:
        j_streams: the Java ``KeyedStream`` of pairs, and another one or a ``DataStream`` of which
            every instance gets all records.
        function: the function.

    Raises:
        FunctionNotPicklableError: if the function cannot be sent to the workers.
    """
    return _add(function, _PARTITIONS, "keyedConnected", *j_streams, timers=function.timers)


def add_broadcast_function(j_stream: Any, j_broadcast: Any, function: PythonFunction) -> Any:
    """The same of a stream, with or without keys, and of another that all instances get.

    Args:
        j_stream: the Java ``KeyedStream`` of pairs of a key and a record, or a ``DataStream``.
        j_broadcast: the Java ``DataStream`` of which every instance gets all records.
        function: the function, a ``Broadcasting``.

    Raises:
        FunctionNotPicklableError: if the function cannot be sent to the workers.
    """
    streams = j_stream, j_broadcast
    return _add(function, _PARTITIONS, "broadcastConnected", *streams, timers=function.timers)


def _add(
    function: PythonFunction, facade: str, method: str, *j_streams: Any, timers: bool | None = None
) -> Any:
    payload = pickle_function(function.function, function.rich, function.name, function.annotated)
    publish_settings()
    arguments = [*j_streams, function.name, function.kind.value, payload, function.output_type]
    if timers is not None:
        arguments.append(timers)
    j_results = getattr(java_class(facade), method)(*arguments)
    if function.annotated:
        java_class(_STREAMS).markAnnotated(j_results)
    return j_results


def is_annotated(j_stream: Any) -> bool:
    """Whether the type of a Java stream's records comes from annotations, and not from the program.

    What keeps the records' type says the same of its results.
    """
    return bool(java_class(_STREAMS).isAnnotated(j_stream))


def side_output(j_stream: Any, j_tag: Any) -> Any:
    """The Java stream of what an operator sends to a side output; None if it is no operator's.

    Args:
        j_stream: the Java ``DataStream`` that the operator makes.
        j_tag: the Java ``OutputTag``.
    """
    return java_class(_PYTHON).sideOutput(j_stream, j_tag)


def as_operator(j_stream: Any) -> Any:
    """A Java stream as an operator, which has a name and other settings."""
    return java_class(_PYTHON).operator(j_stream)
