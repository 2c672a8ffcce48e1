# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A list for each key."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, Any

from pyflink._codec import BatchEncoder, ValueMismatchError, batch_decoder
from pyflink._worker.state.api import ListState
from pyflink._worker.state.cells import MISSING, Cells
from pyflink._worker.state.fit import Fit
from pyflink._worker.state.kinds import Kept

if TYPE_CHECKING:
    from pyflink._worker.state.store import Store

_CHUNK = 8192
#: A list of more elements is forgotten when room is made.
_LARGE = 1024


class _ListCell:
    """A list.

    Attributes:
        elements: those that are known: all, or those that were added since the others were written.
        whole: whether they are all.
        unwritten: how many of the last ones have not been written; None if the list has to be
            written as a whole.
    """

    __slots__ = ("elements", "unwritten", "whole")

    def __init__(self, elements: list[Any], whole: bool) -> None:
        self.elements = elements
        self.whole = whole
        self.unwritten: int | None = 0


class KeptList(Kept, ListState[Any]):
    """A list; adding an element neither reads nor writes the others.

    Args:
        store: holds the cells.
        name: the state's name.
        index: the state's place among the cells.
        element_type: the descriptor of the elements' type.
    """

    def __init__(self, store: Store, name: str, index: int, element_type: bytes) -> None:
        super().__init__(store, name, index)
        self._type = element_type
        self._encode = BatchEncoder(element_type).encode
        self._decode = batch_decoder(element_type)
        self._fit = Fit(self.wrong_value, element_type)
        self._large: list[Cells] = []

    def get(self) -> list[Any]:
        cell = self._cell()
        if not cell.whole:
            added = cell.elements
            self._store.fetch(self)
            cell = self._store.cells[self.index]
            cell.elements += added
            cell.unwritten = len(added)
        # a copy: it may be iterated over while elements are added
        return list(cell.elements)

    def add(self, value: Any) -> None:
        self.add_all([value])

    def add_all(self, values: list[Any]) -> None:
        cells = self._store.cells
        cell = cells[self.index]
        values = self._fitting(values)
        if cell is MISSING:
            cell = cells[self.index] = _ListCell([], self._store.starts_empty)
        cell.elements += values
        if cell.unwritten is not None:
            cell.unwritten += len(values)
        self._mark(cells)
        if len(cell.elements) > _LARGE:
            self._large.append(cells)
        self._store.grow(self, len(values))

    def update(self, values: list[Any]) -> None:
        cells = self._store.cells
        cells[self.index]  # refuses if there is no key
        cell = _ListCell(self._fitting(values or ()), True)
        cell.unwritten = None
        cells[self.index] = cell
        self._mark(cells)
        self._store.grow(self, len(cell.elements))

    def clear(self) -> None:
        self.update([])

    def _fitting(self, values: Iterable[Any]) -> list[Any]:
        fit, kind = self._fit, self._fit.kind
        return [value if value.__class__ is kind else fit(value) for value in values]

    def registration(self) -> dict[str, Any]:
        return {"kind": self._store.kinds["STATE_KIND_LIST"], "value_type": self._type}

    def fill(self, cells: list[Cells], column: Any) -> None:
        elements = self._decode(column.values) if column.values else []
        at = 0
        for key, count in zip(cells, column.counts, strict=True):
            key[self.index] = _ListCell(elements[at : at + count], True)
            at += count
            if count > _LARGE:
                self._large.append(key)
        self.learn(len(column.values), len(cells))

    def fill_empty(self, cells: Cells) -> None:
        cells[self.index] = _ListCell([], True)

    def write(self, changed: list[Cells]) -> None:
        parts: dict[bool, list[tuple[Cells, list[Any]]]] = {True: [], False: []}
        for cells in changed:
            cell = cells[self.index]
            replaces = cell.unwritten is None
            elements = cell.elements if replaces else cell.elements[-cell.unwritten :]
            if replaces or cell.unwritten:
                parts[replaces].append((cells, elements))
        for replaces, some in parts.items():
            operation = "STATE_OPERATION_PUT" if replaces else "STATE_OPERATION_APPEND"
            for start in range(0, len(some), _CHUNK):
                self._write(operation, some[start : start + _CHUNK])
        for cells in changed:
            cell = cells[self.index]
            cell.unwritten = 0
            if not cell.whole:
                cells[self.index] = MISSING

    def _write(self, operation: str, some: list[tuple[Cells, list[Any]]]) -> None:
        keys = [cells for cells, _ in some]
        elements = list(chain.from_iterable(part for _, part in some))
        try:
            encoded = self._encode(elements) if elements else b""
        except ValueMismatchError as e:
            owners = [i for i, (_, part) in enumerate(some) for _ in part]
            raise self._store.wrong_value(self, e, keys, owners) from None
        self.learn(len(encoded), len(keys))
        counts = [len(part) for _, part in some]
        self._store.put(self, keys, operation, counts=counts, values=encoded)

    def relieve(self) -> None:
        for cells in self._large:
            cells[self.index] = MISSING
        self._large.clear()
