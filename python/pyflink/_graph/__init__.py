# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""From Python functions to Java transformations; the only room that names Java operators."""

from pyflink._graph.asynchronous import add_async_function
from pyflink._graph.functions import (
    Kind,
    PythonFunction,
    add_broadcast_function,
    add_connected_function,
    add_function,
    add_keyed_connected_function,
    add_keyed_function,
    as_operator,
    is_annotated,
    side_output,
)
from pyflink._graph.partitioning import assign_timestamps, key_by, partition_custom, values
from pyflink._graph.settings import prepare_workers, publish_settings

__all__ = [
    "Kind",
    "PythonFunction",
    "add_async_function",
    "add_broadcast_function",
    "add_connected_function",
    "add_function",
    "add_keyed_connected_function",
    "add_keyed_function",
    "as_operator",
    "assign_timestamps",
    "is_annotated",
    "key_by",
    "partition_custom",
    "prepare_workers",
    "publish_settings",
    "side_output",
    "values",
]
