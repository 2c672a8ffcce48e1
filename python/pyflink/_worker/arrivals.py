# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the entries of records bring, column by column."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from itertools import repeat
from typing import Any, NamedTuple

from pyflink._codec.batches import batch_decoder, pairs_decoder
from pyflink._codec.descriptors import pair_types
from pyflink._worker.entries import Header, read_inputs

#: Takes a key; returns what stands for it in a dict.
Held = Callable[[Any], Any]


class Arrived(NamedTuple):
    """What an entry has brought.

    Attributes:
        records: the records, in the order in which they came.
        keys: what is held for the key of each, None for a record that has none; None if there are
            no keys.
        inputs: of two inputs which each is of, 0 or 1; None if there is only one.
        times: the timestamp of each; None if they have none, or all the same.
        time: the timestamp that all have; None if they have none, or several.
    """

    records: list[Any]
    keys: list[Any] | None
    inputs: bytes | None
    times: array[int] | None
    time: int | None

    def part(self, start: int, end: int) -> Arrived:
        """Some of them."""
        return Arrived(
            self.records[start:end],
            None if self.keys is None else self.keys[start:end],
            None if self.inputs is None else self.inputs[start:end],
            None if self.times is None else self.times[start:end],
            self.time,
        )


class Arrivals:
    """Reads entries of records.

    Args:
        input_type: the descriptor of the type of the records, or of the pairs with their keys.
        second_input_type: the same for a second input; None if there is none.
        keyed: whether the first input's records, at least, are to be told from their keys.
        held: takes a key and returns what is held for it; None if that is the key.
    """

    def __init__(
        self,
        input_type: bytes,
        second_input_type: bytes | None = None,
        keyed: bool = False,
        held: Held | None = None,
    ) -> None:
        reader = _keyed_reader(held) if keyed else _reader
        self._first = reader(input_type)
        self._second = None if second_input_type is None else reader(second_input_type)

    @property
    def of_two_inputs(self) -> bool:
        """Whether there are two inputs."""
        return self._second is not None

    def read(self, entry: bytes, header: Header) -> Arrived:
        """What an entry brings.

        Args:
            entry: the entry.
            header: what has been read of it.
        """
        if self._second is None:
            records, keys = self._first(memoryview(entry)[header.end :])
            return Arrived(records, keys, None, header.times, header.time)
        inputs, first, second = read_inputs(entry, header.end)
        records, keys = self._first(first)
        more_records, more_keys = self._second(second)
        if keys is not None:
            keys = _in_turn(inputs, keys, repeat(None) if more_keys is None else more_keys)
        records = _in_turn(inputs, records, more_records)
        return Arrived(records, keys, inputs, header.times, header.time)


_Columns = tuple[list[Any], "list[Any] | None"]


def _reader(type_bytes: bytes) -> Callable[[Any], _Columns]:
    decode = batch_decoder(type_bytes)
    return lambda batch: (decode(batch), None)


def _keyed_reader(held: Held | None) -> Callable[[bytes], Callable[[Any], _Columns]]:
    def reader(type_bytes: bytes) -> Callable[[Any], _Columns]:
        if pair_types(type_bytes) is None:
            return _reader(type_bytes)
        decode = pairs_decoder(type_bytes)

        def read(batch: Any) -> _Columns:
            keys, records = decode(batch)
            return records, keys if held is None else list(map(held, keys))

        return read

    return reader


def _in_turn(inputs: bytes, first: Iterable[Any], second: Iterable[Any]) -> list[Any]:
    """The elements of two inputs in the order in which they came."""
    sources = (iter(first), iter(second))
    return list(map(next, map(sources.__getitem__, inputs)))
