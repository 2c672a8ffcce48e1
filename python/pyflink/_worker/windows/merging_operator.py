# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The operator of windows that merge: sessions, and any merging assigner of the user's."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from pyflink._worker.windows.merging import WindowSet, set_descriptor
from pyflink._worker.windows.operator import WindowOperator
from pyflink.common.constants import MAX_LONG_VALUE, MIN_LONG_VALUE

if TYPE_CHECKING:
    from pyflink._worker.context import RuntimeContext
    from pyflink._worker.process_context import KeyedContext


class MergingWindowOperator(WindowOperator):
    """As :class:`WindowOperator`; a new window is merged with others before its record is added.

    When windows become one, the trigger hears of it first (``on_merge`` for the new window, then
    ``clear`` for each of the old ones), then the timers of the old ones are taken back, and then
    their contents are merged.
    """

    _windows: WindowSet

    def open(self, runtime_context: RuntimeContext) -> None:
        super().open(runtime_context)
        state = runtime_context.get_state(set_descriptor(self._keys.type))
        self._windows = WindowSet(self._assigner, self._keys, state)  # type: ignore[arg-type]

    def process_element(self, value: Any, ctx: KeyedContext) -> Iterator[Any]:
        timestamp = ctx.timestamp()
        if timestamp is None:
            timestamp = MIN_LONG_VALUE
        windows = self._assigner.assign_windows(value, timestamp, self._assigner_context)
        late = True
        for new_window in windows:
            window = self._windows.add(new_window, self._merge)
            key = self._keys.key(window)
            if self._is_late(window):
                self._windows.remove(key)
                continue
            late = False
            state_key = self._windows.contents_of(key)
            self._contents.add(state_key, value)
            yield from self._on_element(value, timestamp, window, key, state_key, ctx)
        if late:
            yield from self._late(value, timestamp, ctx)

    def on_timer(self, timestamp: int, ctx: KeyedContext) -> Iterator[Any]:
        key = self._keys.of_namespace(ctx.namespace)
        state_key = self._windows.contents_of(key)
        if state_key is None:
            # A timer that a trigger has not taken back: the window has become part of another one.
            return
        window = self._keys.window(key)
        yield from self._on_time(timestamp, window, key, state_key, ctx)
        if self._is_end(timestamp, window, ctx):
            self._remove(window, key, state_key)
            self._windows.remove(key)

    def _merge(
        self, window: Any, merged: Collection[Any], state_key: Any, others: Collection[Any]
    ) -> None:
        self._refuse_past(window)
        context = self._trigger_context
        context.enter(self._keys.key(window))
        context.merged = merged
        self._trigger.on_merge(window, context)
        for key in merged:
            old = self._keys.window(key)
            context.enter(key)
            self._trigger.clear(old, context)
            end = self._end(old)
            if end == MAX_LONG_VALUE:
                continue
            if self._event_time:
                context.delete_event_time_timer(end)
            else:
                context.delete_processing_time_timer(end)
        self._contents.merge(state_key, others)

    def _refuse_past(self, window: Any) -> None:
        """An assigner must not make a window of others that has ended before them.

        By the clock it may have: that goes on while windows merge.
        """
        if self._event_time and self._is_late(window):
            raise RuntimeError(
                f"{type(self._assigner).__name__}.merge_windows() makes {window!r} of other "
                "windows, but the watermark, "
                f"{self._timers.watermark}, is past that one already."
            )
