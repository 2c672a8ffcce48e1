# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""One value for each key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyflink._codec import BatchEncoder, ValueMismatchError, batch_decoder
from pyflink._worker.state.api import AggregatingState, ReducingState, ValueState
from pyflink._worker.state.cells import CHANGED, MISSING, Cells
from pyflink._worker.state.fit import Fit
from pyflink._worker.state.kinds import Kept

if TYPE_CHECKING:
    from pyflink._worker.state.store import Store

_CHUNK = 8192


class KeptValue(Kept, ValueState[Any]):
    """A value, whose cell is the value or None.

    Args:
        store: holds the cells.
        name: the state's name.
        index: the state's place among the cells.
        value_type: the descriptor of the value's type.
    """

    def __init__(self, store: Store, name: str, index: int, value_type: bytes) -> None:
        super().__init__(store, name, index)
        self._type = value_type
        self._encode = BatchEncoder(value_type).encode
        self._decode = batch_decoder(value_type)
        self._fit = Fit(self.wrong_value, value_type)
        self._kind = self._fit.kind

    def value(self) -> Any:
        value = self._store.cells[self.index]
        return self._store.fetch(self) if value is MISSING else value

    def update(self, value: Any) -> None:
        cells = self._store.cells
        if value.__class__ is not self._kind and value is not None:
            value = self._fit(value)
        cells[self.index] = value
        # as _mark() does: this is called for every record
        if not cells[CHANGED] & self._bit:
            cells[CHANGED] |= self._bit
            self.changed.append(cells)

    def clear(self) -> None:
        cells = self._store.cells
        cells[self.index] = None
        self._mark(cells)

    def registration(self) -> dict[str, Any]:
        return {"kind": self._store.kinds["STATE_KIND_VALUE"], "value_type": self._type}

    def fill(self, cells: list[Cells], column: Any) -> None:
        index = self.index
        values = iter(self._decode(column.values) if column.values else ())
        for key, count in zip(cells, column.counts, strict=True):
            key[index] = next(values) if count else None
        self.learn(len(column.values), len(cells))

    def fill_empty(self, cells: Cells) -> None:
        cells[self.index] = None

    def write(self, changed: list[Cells]) -> None:
        index = self.index
        for start in range(0, len(changed), _CHUNK):
            some = changed[start : start + _CHUNK]
            values = [cells[index] for cells in some]
            there = [value for value in values if value is not None]
            try:
                encoded = self._encode(there) if there else b""
            except ValueMismatchError as e:
                raise self._store.wrong_value(self, e, some, _owners(values)) from None
            self.learn(len(encoded), len(some))
            counts = [0 if value is None else 1 for value in values]
            self._store.put(self, some, counts=counts, values=encoded)


def _owners(values: list[Any]) -> list[int]:
    return [i for i, value in enumerate(values) if value is not None]


class KeptReducing(ReducingState[Any]):
    """Values that are reduced to one.

    Args:
        value: holds the one.
        function: a ``ReduceFunction``.
    """

    def __init__(self, value: ValueState[Any], function: Any) -> None:
        self._value = value
        self._reduce = function.reduce

    def get(self) -> Any:
        return self._value.value()

    def add(self, value: Any) -> None:
        if value is None:
            self._value.clear()
            return
        before = self._value.value()
        self._value.update(value if before is None else self._reduce(before, value))

    def clear(self) -> None:
        self._value.clear()


class KeptAggregating(AggregatingState[Any, Any]):
    """Values that are added to an accumulator.

    Args:
        value: holds the accumulator.
        function: an ``AggregateFunction``.
    """

    def __init__(self, value: ValueState[Any], function: Any) -> None:
        self._value = value
        self._function = function

    def get(self) -> Any:
        accumulator = self._value.value()
        return None if accumulator is None else self._function.get_result(accumulator)

    def add(self, value: Any) -> None:
        if value is None:
            self._value.clear()
            return
        accumulator = self._value.value()
        if accumulator is None:
            accumulator = self._function.create_accumulator()
        self._value.update(self._function.add(value, accumulator))

    def clear(self) -> None:
        self._value.clear()
