# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The windows' operators without an engine: state and timers in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from pyflink._codec import BatchEncoder, batch_decoder
from pyflink._worker.outputs import SideOutputTag
from pyflink._worker.state.api import MapState
from pyflink._worker.state.descriptors import MapStateDescriptor, StateDescriptor
from pyflink._worker.windows.operators import window_operator
from pyflink._worker.windows.states import WindowStates
from pyflink.common import Types
from pyflink.datastream.functions import (
    InternalIterableProcessWindowFunction,
    InternalIterableWindowFunction,
    InternalSingleValueProcessWindowFunction,
    InternalSingleValueWindowFunction,
    WindowFunction,
)
from pyflink.datastream.state import (
    AggregatingStateDescriptor,
    ListStateDescriptor,
    ReducingStateDescriptor,
)
from pyflink.datastream.time_domain import TimeDomain


class FakeMap(MapState[Any, Any]):
    """The map of the current key. What is not put is forgotten with :meth:`forget`."""

    def __init__(self, keys: FakeKeys, descriptor: MapStateDescriptor) -> None:
        self._keys = keys
        key_type, value_type = (
            descriptor.type_info._key_type_info,
            descriptor.type_info._value_type_info,
        )
        self._encode = BatchEncoder(value_type).encode
        self._decode = batch_decoder(value_type)
        self._encode_key = BatchEncoder(key_type).encode
        self._written: dict[Any, dict[Any, bytes]] = {}
        self._cache: dict[Any, dict[Any, Any]] = {}
        self._changed: set[tuple[Any, Any]] = set()

    @property
    def _entries(self) -> dict[Any, Any]:
        key = self._keys.current
        if key not in self._cache:
            written = self._written.get(key, {})
            self._cache[key] = {k: self._decode(v)[0] for k, v in written.items()}
        return self._cache[key]

    def forget(self) -> None:
        for key, k in self._changed:
            entries, written = self._cache[key], self._written.setdefault(key, {})
            if k in entries:
                self._encode_key([k])
                written[k] = self._encode([entries[k]])
            else:
                written.pop(k, None)
        self._changed.clear()
        self._cache.clear()

    def size(self) -> int:
        """How many entries all keys have together."""
        self.forget()
        return sum(map(len, self._written.values()))

    def get(self, key: Any) -> Any:
        return self._entries.get(key)

    def put(self, key: Any, value: Any) -> None:
        self._entries[key] = value
        self._changed.add((self._keys.current, key))

    def put_all(self, dict_value: Mapping[Any, Any]) -> None:
        for key, value in dict_value.items():
            self.put(key, value)

    def remove(self, key: Any) -> None:
        self._entries.pop(key, None)
        self._changed.add((self._keys.current, key))

    def contains(self, key: Any) -> bool:
        return key in self._entries

    def items(self) -> Iterable[tuple[Any, Any]]:
        return list(self._entries.items())

    def keys(self) -> Iterable[Any]:
        return list(self._entries)

    def values(self) -> Iterable[Any]:
        return list(self._entries.values())

    def is_empty(self) -> bool:
        return not self._entries

    def clear(self) -> None:
        for key in self.keys():
            self.remove(key)


class FakeKeys:
    """The state of all keys, and the current one."""

    def __init__(self) -> None:
        self.current: Any = None
        self.maps: dict[str, FakeMap] = {}

    def get_map_state(self, descriptor: MapStateDescriptor, of: str = "") -> FakeMap:
        name = of + descriptor.name
        if name not in self.maps:
            self.maps[name] = FakeMap(self, descriptor)
        return self.maps[name]


class FakeValues:
    """Makes the state of keys out of that of windows: there is one for all records."""

    def __init__(self, keys: FakeKeys) -> None:
        self._keys = keys

    def get_map_state(self, descriptor: MapStateDescriptor) -> FakeMap:
        return self._keys.get_map_state(descriptor, "key:")


class FakeTimers:
    """Timers that fire in the order of their times, those of one time in the order they were set.

    Attributes:
        pending: for each kind of time the timers, with their keys and namespaces.
    """

    def __init__(self, keys: FakeKeys) -> None:
        self._keys = keys
        self.watermark = -(2**63)
        self.now = 0
        self.pending: dict[TimeDomain, dict[tuple[int, Any, bytes], None]] = {
            domain: {} for domain in TimeDomain
        }

    def processing_time(self) -> int:
        return self.now

    def register_event(self, timestamp: int, namespace: bytes = b"") -> None:
        self.pending[TimeDomain.EVENT_TIME][timestamp, self._keys.current, namespace] = None

    def delete_event(self, timestamp: int, namespace: bytes = b"") -> None:
        timer = timestamp, self._keys.current, namespace
        self.pending[TimeDomain.EVENT_TIME].pop(timer, None)

    def register_processing(self, timestamp: int, namespace: bytes = b"") -> None:
        timer = timestamp, self._keys.current, namespace
        self.pending[TimeDomain.PROCESSING_TIME][timer] = None

    def delete_processing(self, timestamp: int, namespace: bytes = b"") -> None:
        timer = timestamp, self._keys.current, namespace
        self.pending[TimeDomain.PROCESSING_TIME].pop(timer, None)

    def take(self, domain: TimeDomain, until: int) -> tuple[int, Any, bytes] | None:
        """Removes the next timer that is due."""
        due = [timer for timer in self.pending[domain] if timer[0] <= until]
        if not due:
            return None
        timer = min(due, key=lambda timer: timer[0])
        del self.pending[domain][timer]
        return timer


class FakeCounter:
    def __init__(self) -> None:
        self.count = 0

    def inc(self, n: int = 1) -> None:
        self.count += n


class FakeRuntimeContext:
    """What an operator asks of its task."""

    def __init__(self) -> None:
        self.keys = FakeKeys()
        self._timers = FakeTimers(self.keys)
        self._states = WindowStates(FakeValues(self.keys), Types.LONG())  # type: ignore[arg-type]
        self._states.window = 0
        self.counters: dict[str, FakeCounter] = {}
        self.get_map_state = self.keys.get_map_state

    def get_state(self, descriptor: StateDescriptor) -> Any:
        return self._states.of(descriptor)

    get_list_state = get_reducing_state = get_aggregating_state = get_state

    def get_metrics_group(self) -> Any:
        return self

    def counter(self, name: str) -> FakeCounter:
        return self.counters.setdefault(name, FakeCounter())


class FakeContext:
    """The context of one record or timer."""

    def __init__(
        self,
        key: Any,
        timestamp: int | None,
        domain: TimeDomain | None = None,
        namespace: bytes = b"",
    ) -> None:
        self._key = key
        self._timestamp = timestamp
        self.domain = domain
        self.namespace = namespace
        self.result_time = -(2**63)

    def timestamp(self) -> int | None:
        return self._timestamp

    def get_current_key(self) -> Any:
        return self._key


Result = tuple[Any, ...]


class Harness:
    """Feeds an operator and takes its results.

    A result is the value with its timestamp, or the name of a side output with both.

    Args:
        assigner: says which windows a record is in.
        trigger: says when they fire; the assigner's default without one.
        lateness: the allowed lateness.
        late: the name of the side output for late records.
        reduce: a function for the records of a window.
        aggregate: the same.
        apply: a function that is called as ``WindowFunction.apply`` is.
        process: an object with ``process`` and ``clear``; all records of a window without any.
        element_type: the type of the records and values.
        quick: whether the operator may be one that is made for some windows only.
        forgetful: whether each record and each timer find only what has been put into state.
    """

    def __init__(
        self,
        assigner: Any,
        trigger: Any = None,
        lateness: int = 0,
        late: str | None = None,
        reduce: Any = None,
        aggregate: Any = None,
        apply: Callable[..., Any] | None = None,
        process: Any = None,
        element_type: Any = None,
        quick: bool = True,
        forgetful: bool = True,
    ) -> None:
        of_records = False
        descriptor: StateDescriptor
        if reduce is not None:
            descriptor = ReducingStateDescriptor("contents", reduce, element_type)
        elif aggregate is not None:
            descriptor = AggregatingStateDescriptor("contents", aggregate, element_type)
        else:
            descriptor = ListStateDescriptor("contents", element_type)
            of_records = True
        function: Any = None
        if apply is not None:
            function = _APPLY[of_records](_Function(apply))
        elif process is not None:
            function = _PROCESS[of_records](process)
        tag = None
        if late is not None:
            tag = SideOutputTag()
            tag.tag_id = late
        self._parts = (
            assigner,
            trigger or assigner.get_default_trigger(None),
            lateness,
            tag,
            assigner.get_window_serializer(),
            descriptor,
            function,
        )
        self.runtime = FakeRuntimeContext()
        self.timers = self.runtime._timers
        self._forgetful = forgetful
        self.start(quick)

    def start(self, quick: bool) -> None:
        """Starts with an operator, or goes on with another one and the same state and timers."""
        for state in self.runtime.keys.maps.values():
            state.forget()
        self.operator: Any = window_operator(*self._parts, quick)
        self.operator.open(self.runtime)

    def send(self, value: Any, timestamp: int | None = None, key: Any = "key") -> list[Result]:
        """A record."""
        context = FakeContext(key, timestamp)
        return self._collect(key, context, lambda: self.operator.process_element(value, context))

    def send_all(self, *records: tuple[Any, int]) -> list[Result]:
        """Records of one key with their timestamps."""
        return [result for record in records for result in self.send(*record)]

    def watermark(self, timestamp: int) -> list[Result]:
        """A watermark: all timers that are due fire."""
        self.timers.watermark = timestamp
        return self._fire(TimeDomain.EVENT_TIME, timestamp)

    def clock(self, timestamp: int) -> list[Result]:
        """The clock goes on, timer by timer."""
        results: list[Result] = []
        domain = TimeDomain.PROCESSING_TIME
        while (timer := self.timers.take(domain, timestamp)) is not None:
            self.timers.now = max(self.timers.now, timer[0])
            results += self._on_timer(domain, timer)
        self.timers.now = timestamp
        return results

    def state_size(self) -> int:
        """How many entries there are in all maps of all keys."""
        return sum(state.size() for state in self.runtime.keys.maps.values())

    def timer_count(self) -> int:
        return sum(map(len, self.timers.pending.values()))

    @property
    def late_records(self) -> int:
        return self.runtime.counters["numLateRecordsDropped"].count

    def _fire(self, domain: TimeDomain, until: int) -> list[Result]:
        results: list[Result] = []
        while (timer := self.timers.take(domain, until)) is not None:
            results += self._on_timer(domain, timer)
        return results

    def _on_timer(self, domain: TimeDomain, timer: tuple[int, Any, bytes]) -> list[Result]:
        time, key, namespace = timer
        context = FakeContext(key, time, domain, namespace)
        return self._collect(key, context, lambda: self.operator.on_timer(time, context))

    def _collect(self, key: Any, context: FakeContext, call: Callable[[], Any]) -> list[Result]:
        self.runtime.keys.current = key
        results: list[Result] = []
        for result in call() or ():
            if isinstance(result, tuple) and result and isinstance(result[0], SideOutputTag):
                results.append((result[0].tag_id, result[1], context.result_time))
            else:
                results.append((result, context.result_time))
        if self._forgetful:
            for state in self.runtime.keys.maps.values():
                state.forget()
        return results


class _Function(WindowFunction[Any, Any, Any, Any]):
    """Calls a function."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def apply(self, key: Any, window: Any, inputs: Any) -> Any:
        return self._function(key, window, inputs)


_APPLY: Any = InternalSingleValueWindowFunction, InternalIterableWindowFunction
_PROCESS: Any = InternalSingleValueProcessWindowFunction, InternalIterableProcessWindowFunction


@pytest.fixture(params=[True, False], ids=["quick", "general"])
def quick(request) -> bool:
    """Whether the operator may be one that is made for some windows only."""
    return bool(request.param)


@pytest.fixture(scope="session")
def harness() -> type[Harness]:
    """Runs an operator."""
    return Harness
