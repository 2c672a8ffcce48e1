# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""``reduce``: the records of each key become one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from pyflink._worker.context import RuntimeContext
from pyflink._worker.labels import Labelled, label_of
from pyflink._worker.state.descriptors import ValueStateDescriptor
from pyflink._worker.timers.service import TimerService
from pyflink.common.typeinfo import TypeInformation

#: The end of a key in batch mode: no watermark comes later.
_END = (1 << 63) - 1
#: Part of savepoints, never to be changed.
_STATE = "_reduce"

_Process = Callable[[Any, "_WithTimers"], Iterable[Any] | None]


class _WithTimers(Protocol):
    def timer_service(self) -> TimerService: ...


class Reduce(Labelled):
    """A keyed function that reduces the records of each key.

    In streaming mode each record gives what its key has become, in batch mode each key gives at its
    end what it has become.

    Args:
        function: makes one record of two: a ``ReduceFunction`` or a callable.
        rich: whether it is the former.
        record_type: the type of the records.
    """

    # what is called for a record; the mode says which one it is, and that is known in open()
    process_element: _Process

    def __init__(self, function: Any, rich: bool, record_type: TypeInformation) -> None:
        self._function = function
        self._rich = rich
        self._record_type = record_type

    @property
    def label(self) -> str:
        return label_of(self._function, "reduce" if self._rich else None)

    def open(self, runtime_context: RuntimeContext) -> None:
        if self._rich:
            self._function.open(runtime_context)
        state = runtime_context.get_state(ValueStateDescriptor(_STATE, self._record_type))
        reduce = self._function.reduce if self._rich else self._function
        make = _at_end if runtime_context._is_batch else _at_once
        self.process_element = make(reduce, state.value, state.update)
        self._value = state.value

    def on_timer(self, timestamp: int, ctx: _WithTimers) -> Iterable[Any]:
        return (self._value(),)

    def close(self) -> None:
        if self._rich:
            self._function.close()


def _at_once(
    reduce: Callable[[Any, Any], Any],
    value: Callable[[], Any],
    update: Callable[[Any], None],
) -> _Process:
    def process_element(record: Any, ctx: _WithTimers) -> Iterable[Any]:
        before = value()
        if before is not None:
            record = reduce(before, record)
        update(record)
        return (record,)

    return process_element


def _at_end(
    reduce: Callable[[Any, Any], Any],
    value: Callable[[], Any],
    update: Callable[[Any], None],
) -> _Process:
    def process_element(record: Any, ctx: _WithTimers) -> None:
        before = value()
        if before is None:
            ctx.timer_service().register_event_time_timer(_END)
        else:
            record = reduce(before, record)
        update(record)

    return process_element
