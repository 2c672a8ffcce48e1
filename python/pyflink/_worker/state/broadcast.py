# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Broadcast state: maps that belong to no key, held whole by every instance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pyflink._codec import BatchEncoder, ValueMismatchError, batch_decoder, descriptor
from pyflink._worker.state.api import BroadcastState, ReadOnlyBroadcastState
from pyflink._worker.state.channel import StateChannel
from pyflink._worker.state.descriptors import MapStateDescriptor
from pyflink._worker.state.fit import Fit
from pyflink._worker.state.map_keys import map_key_decoder, map_key_form

_CHUNK = 8192


class BroadcastStates:
    """The broadcast states of a function.

    Args:
        kinds: the numbers of the protocol's ``StateKind``.
        operations: those of ``StateOperation``.
        channel: where state is asked for; None if the engine keeps none, in batch mode.
    """

    def __init__(
        self, kinds: dict[str, int], operations: dict[str, int], channel: StateChannel | None
    ) -> None:
        self._kind = kinds["STATE_KIND_BROADCAST"]
        self._operations = operations
        self._channel = channel
        self._made: dict[str, KeptBroadcast] = {}

    def get(self, state_descriptor: MapStateDescriptor) -> KeptBroadcast:
        """The state of a descriptor, with all its entries.

        Raises:
            StateError: if the engine has it as another one.
        """
        state = self._made.get(state_descriptor.name)
        if state is None:
            state = KeptBroadcast(state_descriptor)
            self._made[state.name] = state
            if self._channel is not None:
                state.number = self._channel.register(
                    state.name,
                    kind=self._kind,
                    value_type=state.value_type,
                    map_key_type=state.key_type,
                )
                self._read(self._channel, state)
        return state

    def _read(self, channel: StateChannel, state: KeptBroadcast) -> None:
        scan = 0
        while True:
            answer = channel.ask(scan_map={"state": state.number, "scan": scan})
            state.fill(answer.columns[0])
            scan = answer.scan
            if not scan:
                return

    def write(self) -> None:
        """Writes what has changed, and waits until that is done."""
        if self._channel is None:
            return
        for state in self._made.values():
            for operation, column in state.take_changes():
                number = self._operations[operation]
                self._channel.tell(
                    write={"state": state.number, "operation": number, "column": column}
                )
        self._channel.settle()


class KeptBroadcast(BroadcastState[Any, Any]):
    """A map as the function for the broadcast records has it.

    Args:
        state_descriptor: its name and types.

    Attributes:
        name: its name.
        number: what stands for it in what the engine is asked.
        key_type: the descriptor of the type of the keys.
        value_type: the descriptor of the type of the values.
        read_only: the same map as the other function has it.
    """

    def __init__(self, state_descriptor: MapStateDescriptor) -> None:
        self.name = state_descriptor.name
        self.number = -1
        self.key_type = descriptor(state_descriptor.type_info._key_type_info)
        self.value_type = descriptor(state_descriptor.type_info._value_type_info)
        self._form = map_key_form(self.key_type)
        self._encode_keys = BatchEncoder(self._form.type).encode
        self._decode_keys = map_key_decoder(self._form)
        self._encode = BatchEncoder(self.value_type).encode
        self._decode = batch_decoder(self.value_type)
        self._fit_key = Fit(self._wrong, self.key_type, "a key")
        self._fit = Fit(self._wrong, self.value_type)
        self._entries: dict[Any, Any] = {}
        self._unwritten: set[Any] = set()
        self._cleared = False
        self.read_only = _ReadOnly(self)

    def get(self, key: Any) -> Any:
        return self._entries.get(self._held(key))

    def contains(self, key: Any) -> bool:
        return self._held(key) in self._entries

    def items(self) -> Iterable[tuple[Any, Any]]:
        # copies: entries may come and go meanwhile
        return [(self._form.given(key), value) for key, value in self._entries.items()]

    def keys(self) -> Iterable[Any]:
        return [self._form.given(key) for key in self._entries]

    def values(self) -> Iterable[Any]:
        return list(self._entries.values())

    def is_empty(self) -> bool:
        return not self._entries

    def put(self, key: Any, value: Any) -> None:
        held, value = self._held(key), self._fit(value)
        self._check(key, held, value)
        self._entries[held] = value
        self._unwritten.add(held)

    def put_all(self, dict_value: Mapping[Any, Any]) -> None:
        for key, value in dict_value.items():
            self.put(key, value)

    def remove(self, key: Any) -> None:
        held = self._held(key)
        self._entries.pop(held, None)
        self._unwritten.add(held)

    def clear(self) -> None:
        self._entries.clear()
        self._unwritten.clear()
        self._cleared = True

    def _held(self, key: Any) -> Any:
        if self._form.is_value:
            return self._form.held(self._fit_key(key))
        try:
            return self._form.held(key)
        except ValueMismatchError as e:
            raise self._wrong(e, "a key") from None

    def _wrong(self, mismatch: ValueMismatchError, what: str) -> ValueMismatchError:
        if mismatch.path:
            mismatch.path.pop(0)
        return mismatch.inside(f"{what} of the broadcast state '{self.name}'")

    def _check(self, key: Any, held: Any, value: Any) -> None:
        """Refuses at once what is not of the types: broadcast records are few."""
        try:
            self._encode_keys([held])
        except ValueMismatchError as e:
            raise self._wrong(e, "a key") from None
        try:
            self._encode([value])
        except ValueMismatchError as e:
            e.path.pop(0)
            where = f"the value of the key {key!r:.100} of the broadcast state '{self.name}'"
            raise e.inside(where) from None

    def fill(self, column: Any) -> None:
        """Takes some entries over from the engine."""
        if column.map_keys:
            keys, values = self._decode_keys(column.map_keys), self._decode(column.values)
            self._entries.update(zip(keys, values, strict=True))

    def take_changes(self) -> Iterable[tuple[str, dict[str, Any]]]:
        """What the engine is to do, which then counts as done: operations and columns."""
        if self._cleared:
            yield "STATE_OPERATION_CLEAR", {}
        here = [key for key in self._unwritten if key in self._entries]
        gone = [key for key in self._unwritten if key not in self._entries]
        self._cleared = False
        self._unwritten.clear()
        for start in range(0, len(here), _CHUNK):
            keys = here[start : start + _CHUNK]
            yield (
                "STATE_OPERATION_PUT",
                {
                    "counts": [len(keys)],
                    "map_keys": self._encode_keys(keys),
                    "values": self._encode([self._entries[key] for key in keys]),
                },
            )
        for start in range(0, len(gone), _CHUNK):
            keys = gone[start : start + _CHUNK]
            yield (
                "STATE_OPERATION_REMOVE",
                {"counts": [len(keys)], "map_keys": self._encode_keys(keys)},
            )


class _ReadOnly(ReadOnlyBroadcastState[Any, Any]):
    """A map as the function for the other records has it."""

    def __init__(self, state: KeptBroadcast) -> None:
        self._state = state

    def get(self, key: Any) -> Any:
        return self._state.get(key)

    def contains(self, key: Any) -> bool:
        return self._state.contains(key)

    def items(self) -> Iterable[tuple[Any, Any]]:
        return self._state.items()

    def keys(self) -> Iterable[Any]:
        return self._state.keys()

    def values(self) -> Iterable[Any]:
        return self._state.values()

    def is_empty(self) -> bool:
        return self._state.is_empty()

    def clear(self) -> None:
        raise TypeError(
            f"the broadcast state '{self._state.name}' can be changed in "
            "process_broadcast_element() only: all instances must change it in the same way"
        )
