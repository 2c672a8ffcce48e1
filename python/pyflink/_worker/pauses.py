# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Moments between two records, for what has to be done now and then in the functions' thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

_OFTEN_ENOUGH = 0.1


class Pauses:
    """Cuts batches into pieces that take about a tenth of a second, and does something in between.

    A message may hold thousands of records, and a slow function works for minutes on it. For a
    quick one a batch is one piece: nothing is done for a record.

    Args:
        action: what is done.
    """

    def __init__(self, action: Callable[[], None]) -> None:
        self._action = action
        self._size = 1

    def pieces(self, records: list[Any]) -> Iterator[list[Any]]:
        """The records, in pieces; the action is run whenever a piece is done."""
        start = 0
        while start < len(records):
            piece = records[start : start + self._size]
            begun = time.monotonic()
            yield piece
            if time.monotonic() - begun > _OFTEN_ENOUGH:
                self._size = max(1, self._size // 2)
            elif len(piece) == self._size:
                self._size *= 2
            start += len(piece)
            self._action()
