# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What all kinds of keyed state have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from pyflink._codec import ValueMismatchError
from pyflink._worker.state.cells import CHANGED, MISSING, Cells

if TYPE_CHECKING:
    from pyflink._worker.state.store import Store


class Kept(ABC):
    """A state as the store sees it.

    Args:
        store: holds the cells.
        name: the state's name.
        index: the state's place among the cells.

    Attributes:
        number: what stands for it in what the engine is asked.
        changed: the cells of the keys whose state has changed and has not been written.
        size: about how many bytes the state of a key has.
    """

    def __init__(self, store: Store, name: str, index: int) -> None:
        self._store = store
        self.name = name
        self.index = index
        self.number = -1
        self._bit = 1 << index
        self.changed: list[Cells] = []
        self.size = 0.0

    def _cell(self) -> Any:
        """What the current key has; asks for it if need be."""
        cells = self._store.cells
        cell = cells[self.index]
        return self._store.fetch(self) if cell is MISSING else cell

    def _mark(self, cells: Cells) -> None:
        if not cells[CHANGED] & self._bit:
            cells[CHANGED] |= self._bit
            self.changed.append(cells)

    def take_changed(self) -> list[Cells]:
        """The cells that have changed, which then count as written."""
        changed, self.changed = self.changed, []
        for cells in changed:
            cells[CHANGED] &= ~self._bit
        return changed

    def learn(self, encoded: int, keys: int) -> None:
        """Corrects :attr:`size` by what some keys have turned out to have."""
        if keys:
            self.size += (encoded / keys - self.size) / 4

    def wrong_value(self, mismatch: ValueMismatchError, what: str) -> ValueMismatchError:
        """The error that says that what is given for the current key is not of the type."""
        return self._store.wrong_value(self, mismatch, [self._store.cells], [0], what)

    @abstractmethod
    def registration(self) -> dict[str, Any]:
        """The fields of ``RegisterState`` but for number, name and time to live."""

    @abstractmethod
    def fill(self, cells: list[Cells], column: Any) -> None:
        """Puts what the engine says of some keys into their cells."""

    @abstractmethod
    def fill_empty(self, cells: Cells) -> None:
        """Notes that a key has nothing."""

    @abstractmethod
    def write(self, changed: list[Cells]) -> None:
        """Writes what some keys have now."""

    def relieve(self) -> None:  # noqa: B027 (most have nothing that can be large)
        """Forgets what can be read again and may be large; after everything was written."""
