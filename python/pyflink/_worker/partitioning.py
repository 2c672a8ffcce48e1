# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What ``partition_custom`` does for a record."""

from __future__ import annotations

from collections.abc import Callable
from operator import index
from typing import Any

from pyflink._worker.context import RuntimeContext


class Partitioning:
    """A partitioner and a key selector, as one function.

    Args:
        partitioner: a callable or an object with ``partition``.
        key_selector: a callable or an object with ``get_key``.
        rich: which of the two are objects of the classes with ``open`` and ``close``.
    """

    def __init__(self, partitioner: Any, key_selector: Any, rich: tuple[bool, bool]) -> None:
        self._partitioner = partitioner
        self._key_selector = key_selector
        self._rich = rich
        self._partition: Callable[[Any, int], Any]
        self._get_key: Callable[[Any], Any]
        self._partitions = 0

    def open(self, runtime_context: RuntimeContext) -> None:
        self._partitions = runtime_context._partitions
        partitioner, key_selector = self._partitioner, self._key_selector
        self._partition = partitioner.partition if self._rich[0] else partitioner
        self._get_key = key_selector.get_key if self._rich[1] else key_selector
        for function in self._functions():
            function.open(runtime_context)

    def close(self) -> None:
        for function in self._functions():
            function.close()

    def _functions(self) -> list[Any]:
        pairs = zip((self._partitioner, self._key_selector), self._rich, strict=True)
        return [function for function, rich in pairs if rich]

    def partition_of(self, value: Any) -> int:
        """The index of the instance that gets a record.

        Raises:
            TypeError: if the partitioner does not return an int.
            ValueError: if it returns one that is no instance's.
        """
        key = self._get_key(value)
        found = self._partition(key, self._partitions)
        if found.__class__ is not int:
            found = self._int(found, key)
        if 0 <= found < self._partitions:
            return found
        raise ValueError(
            f"the partitioner {self._name()} sends the key {key!r:.200} to partition {found}, but "
            f"the next operator has {self._partitions}: return an int of "
            f"0 to {self._partitions - 1}"
        )

    def _int(self, found: Any, key: Any) -> int:
        try:
            return index(found)
        except TypeError:
            raise TypeError(
                f"the partitioner {self._name()} returns {found!r:.200}, of type "
                f"{type(found).__qualname__}, for the key {key!r:.200}: return an int of "
                f"0 to {self._partitions - 1}"
            ) from None

    def _name(self) -> str:
        named = type(self._partitioner) if self._rich[0] else self._partitioner
        return repr(getattr(named, "__qualname__", named))
