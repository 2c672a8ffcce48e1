# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""State: what functions keep for each key, and how they name it."""

from __future__ import annotations

from pyflink._worker.state.api import (
    IN,
    OUT,
    AggregatingState,
    AppendingState,
    BroadcastState,
    K,
    ListState,
    MapState,
    MergingState,
    ReadOnlyBroadcastState,
    ReducingState,
    State,
    T,
    V,
    ValueState,
)
from pyflink._worker.state.descriptors import (
    AggregatingStateDescriptor,
    ListStateDescriptor,
    MapStateDescriptor,
    ReducingStateDescriptor,
    StateDescriptor,
    ValueStateDescriptor,
)
from pyflink._worker.state.stores import OperatorStateStore
from pyflink._worker.state.ttl_config import StateTtlConfig

# PyFlink's module has these, too, and programs take them from there.
from pyflink.common.time import Duration, Time  # noqa: F401
from pyflink.common.typeinfo import TypeInformation, Types  # noqa: F401

__all__ = [
    "IN",
    "OUT",
    "AggregatingState",
    "AggregatingStateDescriptor",
    "AppendingState",
    "BroadcastState",
    "K",
    "ListState",
    "ListStateDescriptor",
    "MapState",
    "MapStateDescriptor",
    "MergingState",
    "OperatorStateStore",
    "ReadOnlyBroadcastState",
    "ReducingState",
    "ReducingStateDescriptor",
    "State",
    "StateDescriptor",
    "StateTtlConfig",
    "T",
    "V",
    "ValueState",
    "ValueStateDescriptor",
]
