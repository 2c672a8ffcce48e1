# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A map for each key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from pyflink._codec import BatchEncoder, ValueMismatchError, batch_decoder
from pyflink._worker.state.api import MapState
from pyflink._worker.state.cells import MISSING, Cells
from pyflink._worker.state.fit import Fit
from pyflink._worker.state.kinds import Kept
from pyflink._worker.state.map_keys import map_key_decoder, map_key_form

if TYPE_CHECKING:
    from pyflink._worker.state.store import Store

_CHUNK = 8192
#: A map of which more entries are known is forgotten when room is made.
_LARGE = 1024
_ABSENT: Any = object()


class _MapCell:
    """A map.

    Attributes:
        entries: those that are known and there.
        absent: keys that are known not to be there; none if all entries are known.
        whole: whether all entries are known.
        unwritten: the keys of what has changed and has not been written.
        cleared: whether all that has been written has to go first.
    """

    __slots__ = ("absent", "cleared", "entries", "unwritten", "whole")

    def __init__(self, entries: dict[Any, Any], whole: bool) -> None:
        self.entries = entries
        self.absent: set[Any] = set()
        self.whole = whole
        self.unwritten: set[Any] = set()
        self.cleared = False


class KeptMap(Kept, MapState[Any, Any]):
    """A map. A small one is held whole, of a large one what has been used.

    Args:
        store: holds the cells.
        name: the state's name.
        index: the state's place among the cells.
        key_type: the descriptor of the type of the entries' keys.
        value_type: the descriptor of the type of their values.
    """

    def __init__(
        self, store: Store, name: str, index: int, key_type: bytes, value_type: bytes
    ) -> None:
        super().__init__(store, name, index)
        self._form = map_key_form(key_type)
        self._key_type = key_type
        self._type = value_type
        self._encode_keys = BatchEncoder(self._form.type).encode
        self._decode_keys = map_key_decoder(self._form)
        self._encode = BatchEncoder(value_type).encode
        self._decode = batch_decoder(value_type)
        self._fit_key = Fit(self.wrong_value, key_type, "a key")
        #: Keys of this class are held as they are.
        self._key_kind = self._fit_key.kind if self._form.as_is else None
        self._fit = Fit(self.wrong_value, value_type)
        self._kind = self._fit.kind
        self._large: list[Cells] = []

    # ---- what functions do

    def get(self, key: Any) -> Any:
        value = self._look_up(key)
        return None if value is _ABSENT else value

    def contains(self, key: Any) -> bool:
        return self._look_up(key) is not _ABSENT

    def put(self, key: Any, value: Any) -> None:
        cell = self._cell()
        if key.__class__ is not self._key_kind:
            key = self._held(key)
        if value.__class__ is not self._kind:
            value = self._fit(value)
        if key not in cell.entries:
            self._grow(cell)
        cell.entries[key] = value
        cell.unwritten.add(key)
        if cell.absent:
            cell.absent.discard(key)
        self._mark(self._store.cells)

    def put_all(self, dict_value: Mapping[Any, Any]) -> None:
        for key, value in dict_value.items():
            self.put(key, value)

    def remove(self, key: Any) -> None:
        cell = self._cell()
        if key.__class__ is not self._key_kind:
            key = self._held(key)
        if cell.whole:
            if cell.entries.pop(key, _ABSENT) is _ABSENT:
                return
        else:
            self._grow(cell)
            cell.entries.pop(key, None)
            cell.absent.add(key)
        cell.unwritten.add(key)
        self._mark(self._store.cells)

    def clear(self) -> None:
        cells = self._store.cells
        cell = cells[self.index] = _MapCell({}, True)
        cell.cleared = True
        self._mark(cells)

    def items(self) -> Iterable[tuple[Any, Any]]:
        given = self._form.given
        return ((given(key), value) for key, value in self._entries())

    def keys(self) -> Iterable[Any]:
        given = self._form.given
        return (given(key) for key, _ in self._entries())

    def values(self) -> Iterable[Any]:
        return (value for _, value in self._entries())

    def is_empty(self) -> bool:
        return next(iter(self._entries()), None) is None

    # ----

    def _held(self, key: Any) -> Any:
        """The key as a dict can have it, of the type."""
        if self._form.is_value:
            return self._form.held(self._fit_key(key))
        try:
            return self._form.held(key)
        except ValueMismatchError as e:
            raise self.wrong_value(e, "a key") from None

    def _look_up(self, key: Any) -> Any:
        cell = self._cell()
        if key.__class__ is not self._key_kind:
            key = self._held(key)
        value = cell.entries.get(key, _ABSENT)
        if value is _ABSENT and not cell.whole and key not in cell.absent:
            return self._read(cell, key)
        return value

    def _read(self, cell: _MapCell, key: Any) -> Any:
        try:
            encoded = self._encode_keys([key])
        except ValueMismatchError as e:
            raise self.wrong_value(e, "a key") from None
        column = self._store.read_map(self, encoded)
        if not column.counts[0]:
            cell.absent.add(key)
            self._grow(cell)
            return _ABSENT
        (value,) = self._decode(column.values)
        cell.entries[key] = value
        self._grow(cell)
        return value

    def _entries(self) -> Iterable[tuple[Any, Any]]:
        cell = self._cell()
        if cell.whole:
            # a copy: entries may come and go meanwhile
            return list(cell.entries.items())
        return self._all_entries(self._store.cells, cell)

    def _all_entries(self, cells: Cells, cell: _MapCell) -> Iterator[tuple[Any, Any]]:
        """All entries of a map that is not known as a whole, a part at a time."""
        if cell.unwritten:
            self._store.write_now(self, cells)
        for column in self._store.scan_map(self, cells):
            if not column.map_keys:
                continue
            found = zip(
                self._decode_keys(column.map_keys), self._decode(column.values), strict=True
            )
            for key, value in found:
                # what has changed since counts
                if key not in cell.absent:
                    yield key, cell.entries.get(key, value)

    def _grow(self, cell: _MapCell) -> None:
        if len(cell.entries) + len(cell.absent) >= _LARGE:
            self._large.append(self._store.cells)
        self._store.grow(self, 1)

    # ---- what the store does

    def registration(self) -> dict[str, Any]:
        return {
            "kind": self._store.kinds["STATE_KIND_MAP"],
            "value_type": self._type,
            "map_key_type": self._key_type,
        }

    def fill(self, cells: list[Cells], column: Any) -> None:
        keys = iter(self._decode_keys(column.map_keys) if column.map_keys else ())
        values = iter(self._decode(column.values) if column.values else ())
        for owner, count in zip(cells, column.counts, strict=True):
            entries = dict(zip(islice(keys, max(0, count)), values, strict=False))
            owner[self.index] = _MapCell(entries, count >= 0)
        self.learn(len(column.map_keys) + len(column.values), len(cells))

    def fill_empty(self, cells: Cells) -> None:
        cells[self.index] = _MapCell({}, True)

    def write(self, changed: list[Cells]) -> None:
        index = self.index
        cleared = [cells for cells in changed if cells[index].cleared]
        for start in range(0, len(cleared), _CHUNK):
            self._store.put(self, cleared[start : start + _CHUNK], "STATE_OPERATION_CLEAR")
        kept: list[tuple[Cells, list[Any]]] = []
        gone: list[tuple[Cells, list[Any]]] = []
        for cells in changed:
            cell = cells[index]
            here = [key for key in cell.unwritten if key in cell.entries]
            if here:
                kept.append((cells, here))
            if len(here) < len(cell.unwritten) and not cell.cleared:
                gone.append((cells, [key for key in cell.unwritten if key not in cell.entries]))
        for some in _chunks(kept):
            self._write_entries(some)
        for some in _chunks(gone):
            counts = [len(keys) for _, keys in some]
            map_keys = self._encode_all_keys(some)
            owners = [cells for cells, _ in some]
            self._store.put(
                self, owners, "STATE_OPERATION_REMOVE", counts=counts, map_keys=map_keys
            )
        for cells in changed:
            cell = cells[index]
            cell.unwritten.clear()
            cell.cleared = False

    def _write_entries(self, some: list[tuple[Cells, list[Any]]]) -> None:
        owners = [cells for cells, _ in some]
        values = [cells[self.index].entries[key] for cells, keys in some for key in keys]
        map_keys = self._encode_all_keys(some)
        try:
            encoded = self._encode(values)
        except ValueMismatchError as e:
            numbers = [i for i, (_, keys) in enumerate(some) for _ in keys]
            raise self._store.wrong_value(self, e, owners, numbers) from None
        self.learn(len(map_keys) + len(encoded), len(owners))
        counts = [len(keys) for _, keys in some]
        self._store.put(self, owners, counts=counts, map_keys=map_keys, values=encoded)

    def _encode_all_keys(self, some: list[tuple[Cells, list[Any]]]) -> bytes:
        keys = list(chain.from_iterable(keys for _, keys in some))
        try:
            return self._encode_keys(keys)
        except ValueMismatchError as e:
            owners = [i for i, (_, part) in enumerate(some) for _ in part]
            cells = [cells for cells, _ in some]
            raise self._store.wrong_value(self, e, cells, owners, "a key") from None

    def relieve(self) -> None:
        for cells in self._large:
            cell = cells[self.index]
            if cell is not MISSING:
                # the same object: an iteration may be under way
                cell.entries.clear()
                cell.absent.clear()
                cell.whole = False
        self._large.clear()


def _chunks(
    some: list[tuple[Cells, list[Any]]],
) -> Iterator[list[tuple[Cells, list[Any]]]]:
    """Keys with what they have to write, not too much of it at a time."""
    part: list[tuple[Cells, list[Any]]] = []
    size = 0
    for cells, keys in some:
        for start in range(0, len(keys), _CHUNK):
            few = keys[start : start + _CHUNK]
            part.append((cells, few))
            size += len(few)
            if size >= _CHUNK:
                yield part
                part, size = [], 0
    if part:
        yield part
