# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""State that is Flink's, with a cache of it in the worker.

What functions change is written when a checkpoint is near or room is needed, many keys in one
message. Where a key is not in the cache, what it has is read, and in the same question what all
other keys of the batch of records have that are not there: so reading, too, is mostly a look into a
dict.

The cache has two halves. Keys of a batch are brought to the young half. When that has its share of
the memory, what has changed is written, the old half is forgotten, and the young one becomes the
old one: so a key that is used stays, and nothing is done for a record to keep it so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pyflink._codec import BatchEncoder, batch_decoder
from pyflink._worker.state.cells import KEY, MISSING, Cells
from pyflink._worker.state.channel import StateChannel
from pyflink._worker.state.kinds import Kept
from pyflink._worker.state.store import NOBODY, Store

#: What a key takes in Python, about, besides the bytes of what it has.
_KEY_BYTES = 250
_CELL_BYTES = 70
#: How much more a value takes in Python than in bytes, about.
_PYTHON_FACTOR = 4
#: What an element takes that was added and of whose like no size is known.
_ELEMENT_BYTES = 100


class _Young(dict[Any, Cells]):
    """The young half, which brings what is asked for.

    Args:
        bring: brings all keys of the batch that is under way.
    """

    def __init__(self, bring: Callable[[], None]) -> None:
        super().__init__()
        self._bring = bring

    def __missing__(self, key: Any) -> Cells:
        self._bring()
        cells = self.get(key)
        if cells is None:
            raise AssertionError(f"{key!r} is of another batch")
        return cells


class CachedStore(Store):
    """See the module.

    Args:
        key_type: the descriptor of the type of the keys.
        kinds: the numbers of the protocol's ``StateKind``.
        operations: those of ``StateOperation``.
        channel: where state is asked for.
        most_bytes: how many bytes the cache may take, about.
    """

    def __init__(
        self,
        key_type: bytes,
        kinds: dict[str, int],
        operations: dict[str, int],
        channel: StateChannel,
        most_bytes: int,
    ) -> None:
        super().__init__(key_type, kinds)
        self._operations = operations
        self._channel = channel
        self._half = max(1, most_bytes // 2)
        self._encode = BatchEncoder(key_type).encode
        self._decode = batch_decoder(key_type)
        self._young = _Young(self._bring_batch)
        self._old: dict[Any, Cells] = {}
        self._batch: Callable[[], set[Any]] = set
        #: The states that are read ahead: those that somebody has read.
        self._read: list[Kept] = []
        self._grown = 0.0
        #: Scans that nobody goes on with, and that the engine has not been told of.
        self._left: list[int] = []

    def add(self, state: Kept, ttl: Any) -> None:
        registration = state.registration()
        if ttl is not None:
            registration["ttl"] = _time_to_live(ttl)
        state.number = self._channel.register(state.name, **registration)
        self.states.append(state)
        for half in (self._young, self._old):
            for cells in half.values():
                cells.append(MISSING)

    # ---- bringing keys

    def bring(self, keys: Callable[[], set[Any]]) -> Mapping[Any, Cells]:
        """The cells of keys, by key; they are brought when one is asked for that is not there.

        Args:
            keys: says which keys will be asked for, as they are held.
        """
        self._batch = keys
        return self._young

    def _bring_batch(self) -> None:
        keys = self._batch()
        young = self._young
        if self._is_full():
            self._make_room()
        old = self._old
        fresh: list[Cells] = []
        blank = [MISSING] * len(self.states)
        # not the difference of two sets: that goes through all of the young half
        for key in [key for key in keys if key not in young]:
            cells = old.pop(key, None)
            if cells is None:
                cells = [key, 0, *blank]
                fresh.append(cells)
            young[key] = cells
        if fresh:
            if not self.form.as_is:
                for cells in fresh:
                    cells[KEY] = self.form.given(cells[KEY])
            if self._read:
                self._load(fresh, self._read)

    def _is_full(self) -> bool:
        if self._grown >= self._half:
            return True
        a_key = _KEY_BYTES + sum(_CELL_BYTES + _PYTHON_FACTOR * s.size for s in self.states)
        return len(self._young) * a_key >= self._half

    def _make_room(self) -> None:
        self.write()
        for state in self.states:
            state.relieve()
        self._old = dict(self._young)
        # the same object: a batch is under way with it
        self._young.clear()
        self._grown = 0.0

    def fetch(self, state: Kept) -> Any:
        current = self.cells
        index = state.index
        key = current[KEY]  # refuses if there is none
        if state not in self._read:
            self._read.append(state)
        wanted = [current]
        young = self._young
        if young.get(key if self.form.as_is else self.form.held(key)) is current:
            for other in self._batch():
                cells = young.get(other)
                if cells is not None and cells[index] is MISSING and cells is not current:
                    wanted.append(cells)
        self._load(wanted, [state])
        return current[index]

    def _load(self, wanted: list[Cells], states: list[Kept]) -> None:
        answer = self._channel.ask(
            load={
                "states": [state.number for state in states],
                "keys": self._encode([cells[KEY] for cells in wanted]),
            }
        )
        for state, column in zip(states, answer.columns, strict=True):
            state.fill(wanted, column)

    def grow(self, state: Kept, elements: int) -> None:
        self._grown += elements * _ELEMENT_BYTES
        if self._grown >= self._half:
            # in the middle of a batch, so its cells stay
            self.write()
            for each in self.states:
                each.relieve()
            self._grown = 0.0

    # ---- writing

    def write(self) -> None:
        """Writes what has changed, and waits until that is done."""
        self._close_scans()
        for state in self.states:
            changed = state.take_changed()
            if changed:
                state.write(changed)
        self._channel.settle()

    def write_now(self, state: Kept, cells: Cells) -> None:
        # with it goes what others have changed: it would have to at the next checkpoint
        changed = state.take_changed()
        if changed:
            state.write(changed)

    def put(
        self,
        state: Kept,
        cells: list[Cells],
        operation: str = "STATE_OPERATION_PUT",
        **column: Any,
    ) -> None:
        self._channel.tell(
            write={
                "state": state.number,
                "operation": self._operations[operation],
                "keys": self._encode([owner[KEY] for owner in cells]),
                "column": column,
            }
        )

    # ---- large maps, and all keys

    def read_map(self, state: Kept, map_key: bytes) -> Any:
        (column,) = self._channel.ask(
            read_map={
                "state": state.number,
                "keys": self._encode([self.cells[KEY]]),
                "map_keys": map_key,
            }
        ).columns
        return column

    def scan_map(self, state: Kept, cells: Cells) -> Iterator[Any]:
        self._close_scans()
        question = {"state": state.number, "keys": self._encode([cells[KEY]])}
        scan = 0
        try:
            while True:
                answer = self._channel.ask(scan_map={**question, "scan": scan})
                scan = answer.scan
                yield answer.columns[0]
                if not scan:
                    return
        finally:
            if scan:
                # Told later: an iterator that is garbage is closed at any time, in any thread.
                self._left.append(scan)

    def _close_scans(self) -> None:
        while self._left:
            self._channel.tell(close_scan={"scan": self._left.pop()})

    def all_keys(self, state: Kept) -> Iterator[list[Any]]:
        """The keys that have something of a state, as they are held, some at a time."""
        self.write()
        scan = 0
        while True:
            answer = self._channel.ask(scan_keys={"state": state.number, "scan": scan})
            keys = self._decode(answer.keys)
            yield keys if self.form.as_is else list(map(self.form.held, keys))
            scan = answer.scan
            if not scan:
                return

    def visit(self, name: str) -> Iterator[Any]:
        state = next((state for state in self.states if state.name == name), None)
        if state is None:
            return
        outer = self.cells
        blank = [MISSING] * len(self.states)
        try:
            for keys in self.all_keys(state):
                found: list[Cells] = []
                others: list[Cells] = []
                for key in keys:
                    cells = self._young.get(key) or self._old.get(key)
                    if cells is None:
                        # not brought: the batch that is under way keeps its cells
                        given = key if self.form.as_is else self.form.given(key)
                        cells = [given, 0, *blank]
                        others.append(cells)
                    found.append(cells)
                if others:
                    self._load(others, [state])
                for cells in found:
                    self.cells = cells
                    yield self.current_key()
                self.write()
        finally:
            self.cells = outer

    def leave(self) -> None:
        """There is no current key any more."""
        self.cells = NOBODY


def _time_to_live(ttl: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "millis": ttl.ttl,
        "cleanup_in_background": ttl.cleanup_in_background,
        "cleanup_full_snapshot": ttl.full_snapshot,
    }
    if ttl.incremental is not None:
        size, every_record = ttl.incremental
        fields["cleanup_incrementally"] = size
        fields["cleanup_for_every_record"] = every_record
    if ttl.rocksdb is not None:
        fields["compaction_query_entries"], fields["compaction_period_millis"] = ttl.rocksdb
    return fields
