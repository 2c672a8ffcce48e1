# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What makes the results of a window that fires, as the operator sees it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from pyflink._worker.context import RuntimeContext


class InternalFunction(Protocol):
    """A function of windows, in the form that PyFlink has for all of them.

    It is the ``InternalWindowFunction`` of a room above this one.
    """

    def open(self, runtime_context: RuntimeContext) -> None:
        """Opens the function."""

    def close(self) -> None:
        """Closes it."""

    def process(self, key: Any, window: Any, context: Any, input_data: Any) -> Iterable[Any] | None:
        """The results of a window that fires.

        Args:
            key: the key.
            window: the window.
            context: a :class:`WindowContext`.
            input_data: what the window holds: a list of its records, or one value.
        """

    def clear(self, window: Any, context: Any) -> None:
        """Lets the function clear the state of a window that is removed."""
