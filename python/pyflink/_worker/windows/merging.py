# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Which windows of a key have become which, and where their contents are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from pyflink._worker.state.api import MapState
from pyflink._worker.windows.assigner import MergingWindowAssigner
from pyflink._worker.windows.keys import WindowKeys

#: Told that windows become one: the one, the names of those that become it, the name that its
#: contents have, and the names of other contents that are to be merged into those.
OnMerge = Callable[[Any, Collection[Any], Any, Collection[Any]], None]


class WindowSet:
    """The windows of a key that merge.

    When windows become one, the contents stay where those of one of them are: so a session that
    grows record by record is never copied. A map says where the contents of each window are.

    Args:
        assigner: says which windows become one.
        keys: the names of windows.
        state: for the name of each window the name that its contents have.
    """

    def __init__(
        self,
        assigner: MergingWindowAssigner[Any, Any],
        keys: WindowKeys,
        state: MapState[Any, Any],
    ) -> None:
        self._assigner = assigner
        self._keys = keys
        self._state = state

    def contents_of(self, key: Any) -> Any:
        """The name that the contents of a window have; None if there is no such window."""
        return self._state.get(key)

    def remove(self, key: Any) -> None:
        """Forgets a window."""
        self._state.remove(key)

    def add(self, window: Any, on_merge: OnMerge) -> Any:
        """Adds a window.

        Args:
            window: the window.
            on_merge: is told which windows become one.

        Returns:
            What has become of it: the window itself or one that others have become with it.
        """
        key = self._keys.key(window)
        found = dict(self._state.items())
        windows = [self._keys.window(other) for other in found]
        groups = _Groups()
        self._assigner.merge_windows([*windows, window], groups)
        result, is_in_group = window, False
        for merged, result_of_group in groups.found:
            names = {self._keys.key(other): None for other in merged}
            if key in names:
                is_in_group = True
                result = result_of_group
            # the new window has no contents, unless there is one just like it
            merged_keys = [name for name in names if name in found]
            self._merge(result_of_group, merged_keys, found, on_merge)
        if not is_in_group and key not in found:
            self._state.put(key, key)
        return result

    def _merge(
        self, window: Any, merged: list[Any], found: dict[Any, Any], on_merge: OnMerge
    ) -> None:
        key = self._keys.key(window)
        if not merged:
            self._state.put(key, key)
            return
        contents, *others = (found[name] for name in merged)
        if merged == [key]:
            return
        for name in merged:
            self._state.remove(name)
        self._state.put(key, contents)
        on_merge(window, merged, contents, others)


class _Groups(MergingWindowAssigner.MergeCallback[Any]):
    """Takes the groups of windows that become one."""

    def __init__(self) -> None:
        self.found: list[tuple[list[Any], Any]] = []

    def merge(self, to_be_merged: Iterable[Any], merge_result: Any) -> None:
        self.found.append((list(to_be_merged), merge_result))
