# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What a chain has whose first function gets the records of keys: their state and timers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from pyflink._codec.descriptors import pair_types
from pyflink._worker.batches import Processor
from pyflink._worker.context import RuntimeContext
from pyflink._worker.keyed.batches import CachedProcessor
from pyflink._worker.keyed.sorted_batches import SortedProcessor
from pyflink._worker.state.batch_store import BatchStore
from pyflink._worker.state.cached_store import CachedStore
from pyflink._worker.state.channel import StateChannel
from pyflink._worker.state.keyed_states import KeyedStates
from pyflink._worker.state.store import Store
from pyflink._worker.timers.batch import BatchTimers
from pyflink._worker.timers.keyed import KeyedTimers


class KeyedTypes(NamedTuple):
    """The types of the inputs.

    Attributes:
        key: the descriptor of the type of the keys.
        mixed: whether records of the second input have no keys.
    """

    key: bytes
    mixed: bool

    @staticmethod
    def of(first: bytes, second: bytes | None) -> KeyedTypes:
        """The types.

        Args:
            first: the descriptor of the type of the pairs.
            second: that of the second input's records; None if there is none.
        """
        pair = pair_types(first)
        assert pair is not None, "a keyed stream is of pairs"
        return KeyedTypes(pair[0], second is not None and pair_types(second) is None)


@dataclass(frozen=True)
class Keys:
    """State and timers of keys.

    Attributes:
        store: holds the state.
        timers: sets the timers.
        is_batch: whether all records of a key come one after the other.
        processor: makes what runs the chain; it takes what :class:`Processor` takes.
    """

    store: Store
    timers: KeyedTimers
    is_batch: bool
    processor: Callable[..., Processor]

    def context(self, context: RuntimeContext) -> RuntimeContext:
        """The context of the function."""
        return context._with_keys(KeyedStates(self.store), self.timers, self.is_batch)


def keys_of_engine(
    protocol: Any, types: KeyedTypes, heard: bool, channel: StateChannel, most_bytes: int
) -> Keys:
    """State and timers that are the engine's.

    Args:
        protocol: the messages.
        types: the types of the inputs.
        heard: whether the function hears of timers.
        channel: where state is asked for.
        most_bytes: how many bytes of state may be held, about.
    """
    store = CachedStore(
        types.key, protocol.state_kinds, protocol.state_operations, channel, most_bytes
    )
    timers = KeyedTimers(store, heard)

    def processor(*arguments: Any) -> Processor:
        return CachedProcessor(*arguments, store=store, timers=timers, mixed=types.mixed)

    return Keys(store, timers, False, processor)


def keys_in_batch_mode(protocol: Any, types: KeyedTypes, heard: bool) -> Keys:
    """State and timers of one key at a time.

    Args:
        protocol: the messages.
        types: the types of the inputs.
        heard: whether the function hears of timers.
    """
    store = BatchStore(types.key, protocol.state_kinds)
    timers = BatchTimers(store, heard)

    def processor(*arguments: Any) -> Processor:
        return SortedProcessor(*arguments, store=store, timers=timers, mixed=types.mixed)

    return Keys(store, timers, True, processor)
