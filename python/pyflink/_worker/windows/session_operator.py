# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The quick operator of sessions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pyflink._worker.state.api import MapState
from pyflink._worker.state.descriptors import MapStateDescriptor
from pyflink._worker.windows.keys import TIME_NAMESPACE
from pyflink._worker.windows.merging_operator import SET_NAME
from pyflink._worker.windows.quick_operator import QuickOperator, Span

if TYPE_CHECKING:
    from pyflink._worker.context import RuntimeContext
    from pyflink._worker.process_context import KeyedContext


class SessionOperator(QuickOperator):
    """Sessions with fixed or dynamic gaps, of event or of processing time.

    The sessions of a key are apart from each other, so a record is at most added to those that it
    touches, and those become one.
    """

    _sessions: MapState[Span, Span]

    def open(self, runtime_context: RuntimeContext) -> None:
        super().open(runtime_context)
        type_ = self._keys.type
        self._sessions = runtime_context.get_map_state(MapStateDescriptor(SET_NAME, type_, type_))
        assigner: Any = self._assigner
        self._gap = assigner._gap

    def process_element(  # type: ignore[override]
        self, value: Any, ctx: KeyedContext
    ) -> Iterable[Any] | None:
        start = self._time(ctx)
        end = start + self._gap(value)
        limit = self._limit()
        touched = [
            session
            for session in self._sessions.items()
            if session[0][0] <= end and session[0][1] >= start
        ]
        if not touched:
            if end - 1 + self._lateness <= limit:
                return self._late(value, start, ctx)
            window = contents = start, end
            self._sessions.put(window, window)
            self._set_timers(window, limit)
        else:
            window, contents = touched[0]
            if len(touched) > 1 or start < window[0] or end > window[1]:
                window, contents = self._merge(start, end, touched, limit)
        self._contents.add(contents, value)
        return self._fire(window, contents, ctx) if window[1] - 1 <= limit else None

    def _merge(
        self, start: int, end: int, touched: list[tuple[Span, Span]], limit: int
    ) -> tuple[Span, Span]:
        """Makes one session of some, and of the span of a new record."""
        touched.sort()
        window = min(start, touched[0][0][0]), max(end, touched[-1][0][1])
        contents, *others = [contents for _, contents in touched]
        self._set_timers(window, limit)
        for old, _ in touched:
            namespace = TIME_NAMESPACE.pack(*old)
            self._delete(old[1] - 1, namespace)
            if self._lateness:
                self._delete(old[1] - 1 + self._lateness, namespace)
            self._sessions.remove(old)
        self._sessions.put(window, contents)
        if others:
            self._contents.merge(contents, others)
        return window, contents

    def _contents_of(self, window: Span) -> Span | None:
        return self._sessions.get(window)

    def _forget(self, window: Span) -> None:
        self._sessions.remove(window)
