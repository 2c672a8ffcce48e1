# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""State in batch mode: that of one key at a time, which ends with the key's records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyflink._worker.state.cells import MISSING, Cells
from pyflink._worker.state.kinds import Kept
from pyflink._worker.state.store import NOBODY, Store


class BatchStore(Store):
    """Holds the cells of the current key only; nothing of them is ever written."""

    starts_empty = True

    def add(self, state: Kept, ttl: Any) -> None:
        self.states.append(state)
        if self.cells is not NOBODY:
            self.cells.append(MISSING)

    def select(self, key: Any) -> Cells:
        """Starts with a key, which has nothing; forgets the one before."""
        for state in self.states:
            state.changed.clear()
            state.relieve()
        self.cells = [key, 0, *[MISSING] * len(self.states)]
        return self.cells

    def leave(self) -> None:
        """Forgets the last key."""
        self.cells = NOBODY

    def fetch(self, state: Kept) -> Any:
        state.fill_empty(self.cells)
        return self.cells[state.index]

    def read_map(self, state: Kept, map_key: bytes) -> Any:
        raise AssertionError("all entries are known")

    def scan_map(self, state: Kept, cells: Cells) -> Iterator[Any]:
        raise AssertionError("all entries are known")

    def write_now(self, state: Kept, cells: Cells) -> None:
        raise AssertionError("all entries are known")

    def visit(self, name: str) -> Iterator[Any]:
        # broadcast records come before all others, when no key has anything
        return iter(())

    def put(self, state: Kept, cells: list[Cells], operation: str = "", **column: Any) -> None:
        raise AssertionError("nothing is written")
