# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""An interrupt that waits for the end of a call of Java.

A call that is left early goes on in Java all the same: what it starts would be nobody's.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import Any


class HeldInterrupts:
    """While it is entered, the first Ctrl-C is noted only; the second one acts at once.

    Where interrupts go elsewhere, as in threads that are not the main one, it changes nothing.

    Example:
        >>> held = HeldInterrupts()
        >>> with held:
        ...     pass  # a call of Java that starts something
        >>> held.deliver()  # where what was started can be ended
    """

    def __init__(self) -> None:
        self._handler: Callable[..., Any] | None = None
        self._held: tuple[Any, ...] | None = None

    def __enter__(self) -> HeldInterrupts:
        handler = signal.getsignal(signal.SIGINT)
        # callable as well are neither what ignores it nor what ends the process
        if callable(handler) and threading.current_thread() is threading.main_thread():
            self._handler = handler
            signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        if self._handler is not None:
            signal.signal(signal.SIGINT, self._handler)

    def _note(self, *arguments: Any) -> None:
        if self._held is not None:
            self.deliver()
        self._held = arguments

    def deliver(self) -> None:
        """Does what the interrupt that was noted would have done; nothing if there was none.

        Raises:
            KeyboardInterrupt: if there was one, and the program handles it as Python does.
        """
        held, self._held = self._held, None
        if held is not None and self._handler is not None:
            self._handler(*held)
