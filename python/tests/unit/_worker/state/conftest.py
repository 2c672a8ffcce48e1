# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The state of keys without an engine."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from pyflink._codec import descriptor
from pyflink._worker.state import keyed_states
from pyflink._worker.state.cached_store import CachedStore
from pyflink._worker.state.keyed_states import KeyedStates
from pyflink._worker.state.ttl import Life
from pyflink.common.typeinfo import TypeInformation, Types

HEADER = b"\x01\x00"
KINDS = {"STATE_KIND_VALUE": 1, "STATE_KIND_LIST": 2, "STATE_KIND_MAP": 3}
OPERATIONS = {
    "STATE_OPERATION_PUT": 1,
    "STATE_OPERATION_APPEND": 2,
    "STATE_OPERATION_REMOVE": 3,
    "STATE_OPERATION_CLEAR": 4,
}
PUT, APPEND, REMOVE, CLEAR = OPERATIONS.values()
VALUE, LIST, MAP = KINDS.values()


def split(batch: bytes) -> list[bytes]:
    """The bytes of each element of a batch; of none, none."""
    if not batch:
        return []
    assert batch[:2] == HEADER
    return [bytes(raw) for raw in msgspec.msgpack.decode(batch[2:], type=list[msgspec.Raw])]


def join(elements: list[bytes]) -> bytes:
    if not elements:
        return b""
    return HEADER + msgspec.msgpack.encode([msgspec.Raw(element) for element in elements])


class FakeEngine:
    """Answers as ``io.flinker.state.KeyedStates`` does, from dicts of bytes.

    Args:
        most_entries: how many entries a map may have that is sent unasked.
        part: how many entries or keys a part of a scan has.
        live: whether a scan goes on in the map as it has become, as in RocksDB, and not as it was
            when the scan began, as on the heap.

    Attributes:
        states: of each state, by its name, its kind and what each key has.
        calls: the names of the calls that were made.
    """

    def __init__(self, most_entries: int = 256, part: int = 4096, live: bool = False) -> None:
        self.most_entries = most_entries
        self.part = part
        self.live = live
        self.states: dict[str, tuple[int, dict[bytes, Any]]] = {}
        self.calls: list[str] = []
        self._numbers: list[str] = []
        self._scans: dict[int, Iterator[Any]] = {}

    def snapshot(self) -> dict[str, tuple[int, dict[bytes, Any]]]:
        return copy.deepcopy(self.states)

    def restart(self, states: dict[str, tuple[int, dict[bytes, Any]]]) -> None:
        """The same engine after a restart, with what it had when the snapshot was taken."""
        self.states = copy.deepcopy(states)
        self._numbers = []
        self._scans = {}

    @property
    def open_scans(self) -> int:
        return len(self._scans)

    # ---- what a channel does

    def register(self, name: str, kind: int, **_: Any) -> int:
        self.calls.append("register")
        assert self.states.setdefault(name, (kind, {}))[0] == kind
        self._numbers.append(name)
        return len(self._numbers) - 1

    def ask(self, **call: Any) -> Any:
        ((name, arguments),) = call.items()
        self.calls.append(name)
        return getattr(self, f"_{name}")(**arguments)

    def tell(self, **call: Any) -> None:
        self.ask(**call)

    def settle(self) -> None:
        pass

    # ---- calls

    def _load(self, states: list[int], keys: bytes) -> Any:
        assert len(set(split(keys))) == len(split(keys))
        return SimpleNamespace(columns=[self._column(state, split(keys)) for state in states])

    def _column(self, state: int, keys: list[bytes]) -> Any:
        kind, data = self.states[self._numbers[state]]
        counts, map_keys, values = [], [], []
        for key in keys:
            there = data.get(key)
            if kind == VALUE:
                there = [] if there is None else [there]
            elif kind == LIST:
                there = there or []
            elif len(there or {}) > self.most_entries:
                counts.append(-1)
                continue
            else:
                map_keys += there or {}
                there = list((there or {}).values())
            counts.append(len(there))
            values += there
        return SimpleNamespace(counts=counts, map_keys=join(map_keys), values=join(values))

    def _write(self, state: int, operation: int, keys: bytes, column: dict[str, Any]) -> None:
        kind, data = self.states[self._numbers[state]]
        counts = iter(column.get("counts", ()))
        map_keys = iter(split(column.get("map_keys", b"")))
        values = iter(split(column.get("values", b"")))
        for key in split(keys):
            if operation == CLEAR:
                data.pop(key, None)
                continue
            count = next(counts)
            if kind == VALUE:
                assert operation == PUT
                assert count in (0, 1)
                data.pop(key, None)
                data.update((key, next(values)) for _ in range(count))
            elif kind == LIST:
                assert operation in (PUT, APPEND)
                before = data.get(key, []) if operation == APPEND else []
                data[key] = before + [next(values) for _ in range(count)]
            else:
                assert operation in (PUT, REMOVE)
                entries = data.setdefault(key, {})
                for _ in range(count):
                    if operation == PUT:
                        entries[next(map_keys)] = next(values)
                    else:
                        entries.pop(next(map_keys), None)
            if not data.get(key, True):
                del data[key]
        for rest in (counts, map_keys, values):
            assert next(rest, None) is None

    def _read_map(self, state: int, keys: bytes, map_keys: bytes) -> Any:
        (key,) = split(keys)
        entries = self.states[self._numbers[state]][1].get(key, {})
        found = [entries.get(map_key) for map_key in split(map_keys)]
        column = SimpleNamespace(
            counts=[int(value is not None) for value in found],
            map_keys=b"",
            values=join([value for value in found if value is not None]),
        )
        return SimpleNamespace(columns=[column])

    def _scan_map(self, state: int, keys: bytes, scan: int) -> Any:
        (key,) = split(keys)
        entries = self.states[self._numbers[state]][1].get(key, {})
        found, scan = self._scan(scan, lambda: self._entries(entries))
        column = SimpleNamespace(
            counts=[len(found)],
            map_keys=join([map_key for map_key, _ in found]),
            values=join([value for _, value in found]),
        )
        return SimpleNamespace(columns=[column], scan=scan)

    def _entries(self, entries: dict[bytes, bytes]) -> Iterator[tuple[bytes, bytes]]:
        if not self.live:
            yield from list(entries.items())
            return
        last = b""
        while later := sorted(key for key in entries if key > last):
            last = later[0]
            yield last, entries[last]

    def _scan_keys(self, state: int, scan: int) -> Any:
        data = self.states[self._numbers[state]][1]
        found, scan = self._scan(scan, lambda: iter(list(data)))
        return SimpleNamespace(keys=join(found) or HEADER + b"\x90", scan=scan)

    def _scan(self, scan: int, begin: Callable[[], Iterator[Any]]) -> tuple[list[Any], int]:
        source = self._scans.pop(scan) if scan else begin()
        found = []
        for _ in range(self.part):
            one = next(source, None)
            if one is None:
                return found, 0
            found.append(one)
        scan = scan or max(self._scans, default=0) + 1
        self._scans[scan] = source
        return found, scan

    def _close_scan(self, scan: int) -> None:
        self._scans.pop(scan, None)


class Keys:
    """A function's state, for one key after the other.

    Args:
        engine: keeps it.
        key_type: the type of the keys.
        most_bytes: how large the cache is.

    Attributes:
        states: where states are asked for.
        store: holds them.
    """

    def __init__(
        self, engine: FakeEngine, key_type: TypeInformation | None = None, most_bytes: int = 1 << 27
    ) -> None:
        parts = msgspec.msgpack.decode(descriptor(key_type or Types.LONG()))
        key = msgspec.msgpack.encode(["KEY", parts])
        self.engine = engine
        self.store = CachedStore(key, KINDS, OPERATIONS, engine, most_bytes)
        self.states = KeyedStates(self.store)
        self._cells_of: dict[Any, Any] = {}

    def bring(self, *keys: Any) -> None:
        """Begins a batch of records with these keys."""
        held = set(keys if self.store.form.as_is else map(self.store.form.held, keys))
        self._cells_of = self.store.bring(lambda: held)

    def select(self, key: Any) -> None:
        """Comes to a record of the batch."""
        self.store.cells = self._cells_of[
            key if self.store.form.as_is else self.store.form.held(key)
        ]

    def at(self, key: Any) -> None:
        """A batch of one record."""
        self.bring(key)
        self.select(key)


@pytest.fixture
def fake_engine() -> type[FakeEngine]:
    return FakeEngine


@pytest.fixture
def keys_of() -> type[Keys]:
    return Keys


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The time in milliseconds that state expires by, as ``now``."""
    clock = SimpleNamespace(now=1_000_000)
    monkeypatch.setattr(keyed_states, "Life", lambda options: Life(options, lambda: clock.now))
    return clock
