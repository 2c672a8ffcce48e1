# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Where functions get their state from."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from pyflink._worker.state.api import (
    AggregatingState,
    BroadcastState,
    ListState,
    MapState,
    ReducingState,
    ValueState,
)
from pyflink._worker.state.descriptors import (
    AggregatingStateDescriptor,
    ListStateDescriptor,
    MapStateDescriptor,
    ReducingStateDescriptor,
    ValueStateDescriptor,
)


class KeyedStateStore(ABC):
    """Where functions get their keyed state from."""

    @abstractmethod
    def get_state(self, state_descriptor: ValueStateDescriptor) -> ValueState[Any]:
        """State of one value for each key.

        Args:
            state_descriptor: its name and type.

        Raises:
            RuntimeError: if the stream has no keys.
        """

    @abstractmethod
    def get_list_state(self, state_descriptor: ListStateDescriptor) -> ListState[Any]:
        """State of a list for each key.

        Args:
            state_descriptor: its name and type.

        Raises:
            RuntimeError: if the stream has no keys.
        """

    @abstractmethod
    def get_map_state(self, state_descriptor: MapStateDescriptor) -> MapState[Any, Any]:
        """State of a map for each key.

        Args:
            state_descriptor: its name and types.

        Raises:
            RuntimeError: if the stream has no keys.
        """

    @abstractmethod
    def get_reducing_state(self, state_descriptor: ReducingStateDescriptor) -> ReducingState[Any]:
        """State of one value for each key, into which others are reduced.

        Args:
            state_descriptor: its name, type and reduce function.

        Raises:
            RuntimeError: if the stream has no keys.
        """

    @abstractmethod
    def get_aggregating_state(
        self, state_descriptor: AggregatingStateDescriptor
    ) -> AggregatingState[Any, Any]:
        """State of one accumulator for each key, to which values are added.

        Args:
            state_descriptor: its name, type and aggregate function.

        Raises:
            RuntimeError: if the stream has no keys.
        """


class OperatorStateStore(ABC):
    """Where functions get the state from that belongs to no key."""

    @abstractmethod
    def get_broadcast_state(self, state_descriptor: MapStateDescriptor) -> BroadcastState[Any, Any]:
        """A map that is the same in all instances of the operator.

        Args:
            state_descriptor: its name and types.
        """
