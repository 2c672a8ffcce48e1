# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""From Python functions to Java transformations; the only room that names Java operators."""

from pyflink._graph.functions import Kind, add_function
from pyflink._graph.partitioning import assign_timestamps, key_by, partition_custom, values
from pyflink._graph.settings import publish_settings

__all__ = [
    "Kind",
    "add_function",
    "assign_timestamps",
    "key_by",
    "partition_custom",
    "publish_settings",
    "values",
]
