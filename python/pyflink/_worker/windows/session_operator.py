# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The quick operator of sessions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pyflink._worker.state.api import ValueState
from pyflink._worker.windows.keys import TIME_NAMESPACE
from pyflink._worker.windows.merging import set_descriptor
from pyflink._worker.windows.quick_operator import QuickOperator, Span

if TYPE_CHECKING:
    from pyflink._worker.context import RuntimeContext
    from pyflink._worker.process_context import KeyedContext

# A session, and the name that its contents have.
_Session = tuple[Span, Span]


class SessionOperator(QuickOperator):
    """Sessions with fixed or dynamic gaps, of event or of processing time.

    The sessions of a key are apart from each other, so a record is at most added to those that it
    touches, and those become one.
    """

    _sessions: ValueState[list[_Session]]

    def open(self, runtime_context: RuntimeContext) -> None:
        super().open(runtime_context)
        self._sessions = runtime_context.get_state(set_descriptor(self._keys.type))
        assigner: Any = self._assigner
        self._gap = assigner._gap

    def process_element(  # type: ignore[override]
        self, value: Any, ctx: KeyedContext
    ) -> Iterable[Any] | None:
        start = self._time(ctx)
        end = start + self._gap(value)
        limit = self._limit()
        sessions = self._sessions.value() or []
        touched = [s for s in sessions if s[0][0] <= end and s[0][1] >= start]
        if len(touched) == 1:
            old, contents = touched[0]
            window = min(start, old[0]), max(end, old[1])
            if window != old:
                self._replace([old], window, limit)
                others = [s for s in sessions if s[0] != old] if len(sessions) > 1 else []
                self._sessions.update([*others, (window, contents)])
        elif touched:
            touched.sort()
            window = min(start, touched[0][0][0]), max(end, touched[-1][0][1])
            self._replace([old for old, _ in touched], window, limit)
            contents, *merged = [contents for _, contents in touched]
            self._contents.merge(contents, merged)
            others = [s for s in sessions if s not in touched]
            self._sessions.update([*others, (window, contents)])
        else:
            if end - 1 + self._lateness <= limit:
                return self._late(value, start, ctx)
            window = contents = start, end
            self._set_timers(window, limit)
            self._sessions.update([*sessions, (window, window)])
        self._contents.add(contents, value)
        return self._fire(window, contents, ctx) if window[1] - 1 <= limit else None

    def _replace(self, olds: list[Span], window: Span, limit: int) -> None:
        """Sets the timers of a session, and takes back those of the ones that have become it."""
        self._set_timers(window, limit)
        for old in olds:
            namespace = TIME_NAMESPACE.pack(*old)
            self._delete(old[1] - 1, namespace)
            if self._lateness:
                self._delete(old[1] - 1 + self._lateness, namespace)

    def _contents_of(self, window: Span) -> Span | None:
        sessions = self._sessions.value() or ()
        return next((contents for session, contents in sessions if session == window), None)

    def _forget(self, window: Span) -> None:
        others = [session for session in self._sessions.value() or () if session[0] != window]
        if others:
            self._sessions.update(others)
        else:
            self._sessions.clear()
