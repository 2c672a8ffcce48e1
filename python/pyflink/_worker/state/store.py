# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The state of keys, as the functions of a worker find it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

from pyflink._codec import ValueMismatchError
from pyflink._worker.state.cells import FIRST, KEY, Cells
from pyflink._worker.state.kinds import Kept
from pyflink._worker.state.map_keys import record_key_form


class _Nobody(list[Any]):
    """The cells where there is no key."""

    def __getitem__(self, index: Any) -> NoReturn:
        _refuse()

    def __setitem__(self, index: Any, value: Any) -> NoReturn:
        _refuse()


def _refuse() -> NoReturn:
    raise RuntimeError(
        "keyed state belongs to the key of a record: use it in the method that gets the records, "
        "or in on_timer(); in open(), close() and for broadcast records there is no key"
    )


NOBODY = _Nobody()


class Store(ABC):
    """Holds the cells of keys.

    Args:
        key_type: the descriptor of the type of the keys.
        kinds: the numbers of the protocol's ``StateKind``.

    Attributes:
        cells: those of the current key; whoever calls a function sets them before.
        starts_empty: whether a key that comes for the first time has nothing.
        closed: whether the functions are being closed.
    """

    starts_empty = False

    def __init__(self, key_type: bytes, kinds: dict[str, int]) -> None:
        self.kinds = kinds
        self.form = record_key_form(key_type)
        self.cells: Cells = NOBODY
        self.states: list[Kept] = []
        self.closed = False

    def close(self) -> None:
        """Says that no records and no timers come any more."""
        self.cells = NOBODY
        self.closed = True

    def current_key(self) -> Any:
        """The key of the current record, as the program has chosen it."""
        return self.key_of(self.cells)

    def key_of(self, cells: Cells) -> Any:
        """The key that cells belong to, as the program has chosen it."""
        key = cells[KEY]
        return self.form.given(key) if self.form.as_is else key

    def next_index(self) -> int:
        """The place of the next state that is added."""
        return FIRST + len(self.states)

    @abstractmethod
    def add(self, state: Kept, ttl: Any) -> None:
        """Makes a state known.

        Args:
            state: the state, of :meth:`next_index`.
            ttl: its ``TtlOptions``; None if it does not expire.

        Raises:
            StateError: if the engine has it as another one.
        """

    @abstractmethod
    def fetch(self, state: Kept) -> Any:
        """The cell of a state of the current key, which is missing."""

    def grow(self, state: Kept, elements: int) -> None:  # noqa: B027
        """Notes that elements have been added to a state of the current key."""

    @abstractmethod
    def read_map(self, state: Kept, map_key: bytes) -> Any:
        """The column of one entry of a map of the current key."""

    @abstractmethod
    def scan_map(self, state: Kept, cells: Cells) -> Iterator[Any]:
        """The columns of all entries of a map."""

    @abstractmethod
    def write_now(self, state: Kept, cells: Cells) -> None:
        """Writes what a key has of a state."""

    @abstractmethod
    def visit(self, name: str) -> Iterator[Any]:
        """Makes each key that has something of a state the current one, one after the other.

        Args:
            name: the state's name.

        Returns:
            The keys, as the program has chosen them.
        """

    @abstractmethod
    def put(
        self,
        state: Kept,
        cells: list[Cells],
        operation: str = "STATE_OPERATION_PUT",
        **column: Any,
    ) -> None:
        """Tells the engine what some keys have of a state.

        Args:
            state: the state.
            cells: those of the keys.
            operation: what is done with it.
            column: the fields of the ``StateColumn``.
        """

    def wrong_value(
        self,
        state: Kept,
        mismatch: ValueMismatchError,
        cells: list[Cells],
        owners: Iterable[int],
        what: str = "the value",
    ) -> ValueMismatchError:
        """The error that says that one of many values is not of a state's type.

        Args:
            state: the state.
            mismatch: the error, whose path starts with the value's number.
            cells: those of the keys.
            owners: which of these each value belongs to.
            what: the value in words.
        """
        number = int(mismatch.path.pop(0).rpartition(" ")[2]) if mismatch.path else 0
        owner = list(owners)[number]
        key = self.key_of(cells[owner])
        return mismatch.inside(f"{what} of the state '{state.name}' of the key {key!r:.100}")
