# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Python functions that say where records go, and when they happened."""

from __future__ import annotations

from typing import Any

from pyflink._gateway import java_class
from pyflink._graph.pickling import pickle_function
from pyflink._graph.settings import publish_settings

_PARTITIONS = "io.flinker.gateway.Partitions"
_KEY = "flinker:function:key:v1"
_KEY_BYTES = "flinker:function:key_bytes:v1"
_PARTITION = "flinker:function:partition:v1"
_TIMESTAMPS = "flinker:function:timestamps:v1"

# The descriptor of the keys that the worker makes of those of no declared type.
_BYTES = b"\x92\xafPRIMITIVE_ARRAY\x91\xa4BYTE"


def key_by(j_stream: Any, selector: Any, rich: bool, key_type: bytes | None) -> Any:
    """The Java ``KeyedStream`` of pairs of a key and a record.

    Args:
        j_stream: the Java ``DataStream`` of the records.
        selector: the function that says the key.
        rich: whether it is one of the classes with ``open`` and ``close``.
        key_type: the descriptor of the keys' type; None for keys of any type.

    Raises:
        FunctionNotPicklableError: if the function cannot be sent to the workers.
    """
    payload = pickle_function(selector, rich, "KeyBy")
    publish_settings()
    kind = _KEY_BYTES if key_type is None else _KEY
    facade = java_class(_PARTITIONS)
    return facade.keyBy(j_stream, "KeyBy", kind, payload, key_type or _BYTES)


def partition_custom(j_stream: Any, partitioning: Any) -> Any:
    """The Java stream of the same records, each at the instance that a partitioner chooses.

    Args:
        j_stream: the Java ``DataStream`` of the records.
        partitioning: a ``Partitioning``.

    Raises:
        FunctionNotPicklableError: if the functions cannot be sent to the workers.
    """
    payload = pickle_function(partitioning, True, "PartitionCustom")
    publish_settings()
    facade = java_class(_PARTITIONS)
    return facade.partitionCustom(j_stream, "PartitionCustom", _PARTITION, payload)


def values(j_pairs: Any) -> Any:
    """The Java stream of the records of pairs that :func:`key_by` has made."""
    publish_settings()
    return java_class(_PARTITIONS).values(j_pairs)


def assign_timestamps(j_stream: Any, assigner: Any, j_strategy: Any) -> Any:
    """The Java stream of the same records with other timestamps, and with watermarks.

    Args:
        j_stream: the Java ``DataStream`` of the records.
        assigner: a function of a record and its timestamp.
        j_strategy: the Java ``WatermarkStrategy``; its own assigner is not asked.

    Raises:
        FunctionNotPicklableError: if the function cannot be sent to the workers.
    """
    name = "Extract-Timestamp"
    payload = pickle_function(assigner, False, name)
    publish_settings()
    facade = java_class(_PARTITIONS)
    return facade.timestamps(j_stream, name, _TIMESTAMPS, payload, j_strategy)
