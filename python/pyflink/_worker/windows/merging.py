# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Which windows of a key have become which, and where their contents are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from pyflink._worker.state.api import ValueState
from pyflink._worker.state.descriptors import ValueStateDescriptor
from pyflink._worker.windows.assigner import MergingWindowAssigner
from pyflink._worker.windows.keys import WindowKeys
from pyflink.common.typeinfo import TypeInformation, Types

#: Told that windows become one: the one, the names of those that become it, the name that its
#: contents have, and the names of other contents that are to be merged into those.
OnMerge = Callable[[Any, Collection[Any], Any, Collection[Any]], None]


def set_descriptor(window_type: TypeInformation) -> ValueStateDescriptor:
    """Names the state that holds the windows of a key: pairs of names as in :class:`WindowSet`.

    A list and not a map: there are few, and each record looks at all of them.

    Args:
        window_type: the type of the windows' names.
    """
    pairs = Types.LIST(Types.TUPLE([window_type, window_type]))
    return ValueStateDescriptor("merging-window-set", pairs)


class WindowSet:
    """The windows of a key that merge.

    When windows become one, the contents stay where those of one of them are: so a session that
    grows record by record is never copied. A list says where the contents of each window are.

    Args:
        assigner: says which windows become one.
        keys: the names of windows.
        state: for each window its name and the name that its contents have.
    """

    def __init__(
        self,
        assigner: MergingWindowAssigner[Any, Any],
        keys: WindowKeys,
        state: ValueState[list[tuple[Any, Any]]],
    ) -> None:
        self._assigner = assigner
        self._keys = keys
        self._state = state

    def contents_of(self, key: Any) -> Any:
        """The name that the contents of a window have; None if there is no such window."""
        return self._windows().get(key)

    def remove(self, key: Any) -> None:
        """Forgets a window."""
        windows = self._windows()
        del windows[key]
        self._keep(windows)

    def add(self, window: Any, on_merge: OnMerge) -> Any:
        """Adds a window.

        Args:
            window: the window.
            on_merge: is told which windows become one.

        Returns:
            What has become of it: the window itself or one that others have become with it.
        """
        key = self._keys.key(window)
        windows = self._windows()
        groups = _Groups()
        objects = [self._keys.window(other) for other in windows]
        self._assigner.merge_windows([*objects, window], groups)
        result, is_in_group = window, False
        for merged, result_of_group in groups.found:
            names = {self._keys.key(other): None for other in merged}
            if key in names:
                is_in_group = True
                result = result_of_group
            # the new window has no contents, unless there is one just like it
            self._merge(result_of_group, [n for n in names if n in windows], windows, on_merge)
        if not is_in_group and key not in windows:
            windows[key] = key
            self._keep(windows)
        return result

    def _merge(
        self, window: Any, merged: list[Any], windows: dict[Any, Any], on_merge: OnMerge
    ) -> None:
        key = self._keys.key(window)
        if merged == [key]:
            return
        contents, *others = [windows.pop(name) for name in merged] or [key]
        windows[key] = contents
        self._keep(windows)
        if merged:
            on_merge(window, merged, contents, others)

    def _windows(self) -> dict[Any, Any]:
        return dict(self._state.value() or ())

    def _keep(self, windows: dict[Any, Any]) -> None:
        if windows:
            self._state.update(list(windows.items()))
        else:
            self._state.clear()


class _Groups(MergingWindowAssigner.MergeCallback[Any]):
    """Takes the groups of windows that become one."""

    def __init__(self) -> None:
        self.found: list[tuple[list[Any], Any]] = []

    def merge(self, to_be_merged: Iterable[Any], merge_result: Any) -> None:
        self.found.append((list(to_be_merged), merge_result))
