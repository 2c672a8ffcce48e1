# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the operators have in common that run time windows with the trigger that they come with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pyflink._worker.windows.keys import TIME_NAMESPACE
from pyflink._worker.windows.operator import WindowOperator
from pyflink._worker.windows.window import TimeWindow
from pyflink.common.constants import MIN_LONG_VALUE

if TYPE_CHECKING:
    from pyflink._worker.context import RuntimeContext
    from pyflink._worker.process_context import KeyedContext

#: A time window by its name: its start and its end.
Span = tuple[int, int]

# Before any watermark: by the clock nothing is late, and no record fires a window.
_NEVER = MIN_LONG_VALUE - 1


class QuickOperator(WindowOperator):
    """Does what :class:`WindowOperator` does, for the triggers of event or processing time.

    As it is known what they do, no window and no trigger is asked, and timers are set only when a
    window is new: to set them again for each record would change nothing. State and timers are the
    same, so a restored job can go on with the other operator.
    """

    _register: Callable[[int, bytes], None]
    _delete: Callable[[int, bytes], None]

    def open(self, runtime_context: RuntimeContext) -> None:
        super().open(runtime_context)
        timers = self._timers
        if self._event_time:
            self._register, self._delete = timers.register_event, timers.delete_event
        else:
            self._register, self._delete = timers.register_processing, timers.delete_processing
            self._lateness = 0

    def on_timer(self, timestamp: int, ctx: KeyedContext) -> Iterable[Any] | None:  # type: ignore[override]
        start, end = TIME_NAMESPACE.unpack(ctx.namespace)
        window = start, end
        contents = self._contents_of(window)
        if contents is None:
            return None
        last = end - 1
        if timestamp == last:
            if self._lateness:
                return self._fire(window, contents, ctx)
            if self._function is not None:
                return self._fire_last(window, contents, ctx)
            results = self._fire(window, contents, ctx)
            self._contents.clear(contents)
            self._forget(window)
            return results
        if timestamp == last + self._lateness:
            self._close(window, contents)
        return None

    def _time(self, ctx: KeyedContext) -> int:
        """The time that says in which windows a record is."""
        if self._event_time:
            timestamp = ctx.timestamp()
            return MIN_LONG_VALUE if timestamp is None else timestamp
        return self._timers.processing_time()

    def _limit(self) -> int:
        """The time up to which windows have fired, so that a record fires them again."""
        return self._timers.watermark if self._event_time else _NEVER

    def _contents_of(self, window: Span) -> Span | None:
        """The name that the contents of a window have; None if there is no such window."""
        return window

    def _forget(self, window: Span) -> None:
        """A window is removed."""

    def _set_timers(self, window: Span, limit: int) -> None:
        """Sets the timers of a window: one that fires it, and one that removes it."""
        namespace = TIME_NAMESPACE.pack(*window)
        last = window[1] - 1
        if last > limit:
            self._register(last, namespace)
        if self._lateness:
            self._register(last + self._lateness, namespace)

    def _fire(self, window: Span, contents: Span, ctx: KeyedContext) -> Iterable[Any] | None:
        value = self._contents.get(contents)
        if value is None:
            return None
        ctx.result_time = window[1] - 1
        if self._function is None:
            return (value,)
        return self._results(TimeWindow(*window), window, value, ctx)

    def _fire_last(self, window: Span, contents: Span, ctx: KeyedContext) -> Iterator[Any]:
        yield from self._fire(window, contents, ctx) or ()
        self._close(window, contents)

    def _close(self, window: Span, contents: Span) -> None:
        self._contents.clear(contents)
        if self._function is not None:
            self._context.enter(window)
            self._function.clear(TimeWindow(*window), self._context)
        self._forget(window)
