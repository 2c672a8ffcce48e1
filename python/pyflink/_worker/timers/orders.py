# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What has been said of timers of processing time and is not known to be done.

The engine's clock goes on while the worker has records to work on. So a timer may have fired there,
and be on its way, when a function deletes it, or sets it once more. In a Java operator it would not
fire, or fire once. It is so here, as the engine says with timers that fire how much it had heard of
what the worker has said of timers.
"""

from __future__ import annotations

from typing import Any

#: The key as it is held, the time, the namespace.
Mark = tuple[Any, int, bytes]


class Unconfirmed:
    """Remembers the last word on each timer until the engine is known to have heard it."""

    def __init__(self) -> None:
        self._words: dict[Mark, tuple[int, bool]] = {}
        self._entries = 0

    def say(self, mark: Mark, is_set: bool) -> None:
        """Notes that a timer is to be set, or deleted, with the next entry."""
        # those of the oldest entries stay in front
        self._words.pop(mark, None)
        self._words[mark] = self._entries + 1, is_set

    def end_entry(self) -> None:
        """Notes that all that was said has left in an entry."""
        self._entries += 1

    def confirm(self, entries: int) -> None:
        """Forgets what was said in so many entries, which the engine has heard."""
        confirmed = []
        for mark, (entry, _) in self._words.items():
            if entry > entries:
                break
            confirmed.append(mark)
        for mark in confirmed:
            del self._words[mark]

    def confirm_all(self) -> None:
        """Forgets everything."""
        self._words.clear()

    def last_word(self, mark: Mark) -> bool | None:
        """Whether a timer was set, or deleted, since; None if nothing was said of it."""
        word = self._words.get(mark)
        return None if word is None else word[1]

    def __len__(self) -> int:
        return len(self._words)
