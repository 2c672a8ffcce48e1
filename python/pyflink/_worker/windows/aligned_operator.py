# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The quick operators of tumbling and sliding windows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pyflink._worker.windows.assigner import checked_timestamp
from pyflink._worker.windows.quick_operator import QuickOperator

if TYPE_CHECKING:
    from pyflink._worker.context import RuntimeContext
    from pyflink._worker.process_context import KeyedContext


class AlignedOperator(QuickOperator):
    """Tumbling and sliding windows, of event or of processing time."""

    def open(self, runtime_context: RuntimeContext) -> None:
        super().open(runtime_context)
        assigner: Any = self._assigner
        self._size: int = assigner._size
        self._slide: int = assigner._slide
        self._offset: int = assigner._offset

    def process_element(self, value: Any, ctx: KeyedContext) -> Iterator[Any]:
        time = checked_timestamp(self._time(ctx))
        limit = self._limit()
        size, lateness = self._size, self._lateness
        late = True
        last_start = time - (time - self._offset) % self._slide
        for start in range(last_start, time - size, -self._slide):
            last = start + size - 1
            if last + lateness <= limit:
                continue
            late = False
            window = start, start + size
            if self._contents.add(window, value):
                self._set_timers(window, limit)
            if last <= limit:
                yield from self._fire(window, window, ctx) or ()
        if late:
            yield from self._late(value, time, ctx)


class TumblingEventTimeOperator(AlignedOperator):
    """Tumbling windows of event time: each record is in one, and needs no loop and no generator."""

    def process_element(  # type: ignore[override]
        self, value: Any, ctx: KeyedContext
    ) -> Iterable[Any] | None:
        time = ctx.timestamp()
        if time is None or time < -(1 << 62):
            time = checked_timestamp(self._time(ctx))
        size = self._size
        end = time - (time - self._offset) % size + size
        limit = self._timers.watermark
        if end + self._lateness <= limit + 1:
            return self._late(value, time, ctx)
        window = end - size, end
        if self._contents.add(window, value):
            self._set_timers(window, limit)
        return self._fire(window, window, ctx) if end <= limit + 1 else None
