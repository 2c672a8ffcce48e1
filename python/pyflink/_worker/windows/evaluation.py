# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What becomes of the contents of a window that fires: the user's function and its call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyflink._worker.context import RuntimeContext
    from pyflink._worker.windows.contexts import WindowContext


class Evaluation:
    """Gives the contents as they are: what a reduce or aggregate function has made.

    Attributes:
        plain: whether it is just that.
        clears: whether :meth:`clear` wants to be called.
    """

    plain = True
    clears = False

    def open(self, runtime_context: RuntimeContext) -> None:
        """Opens the function."""

    def close(self) -> None:
        """Closes the function."""

    def results(self, key: Any, context: WindowContext, contents: Any) -> Iterable[Any] | None:
        """What a window makes that fires.

        Args:
            key: the key.
            context: the window, and what else the function may ask.
            contents: what is in the window.
        """
        return (contents,)

    def clear(self, context: WindowContext) -> None:
        """Lets the function clear the state of a window that is removed."""


class _Call(Evaluation):
    """Calls a function.

    Args:
        function: the function.
        single: whether the contents are one value, and not a list.
        keyed: whether the function gets the key.
    """

    plain = False

    def __init__(self, function: Any, single: bool, keyed: bool) -> None:
        self.function = function
        self.single = single
        self.keyed = keyed

    def open(self, runtime_context: RuntimeContext) -> None:
        self.function.open(runtime_context)

    def close(self) -> None:
        self.function.close()


class Apply(_Call):
    """Calls ``apply`` of a ``WindowFunction`` or an ``AllWindowFunction``."""

    def results(self, key: Any, context: WindowContext, contents: Any) -> Iterable[Any] | None:
        elements = [contents] if self.single else contents
        if self.keyed:
            return self.function.apply(key, context.window(), elements)  # type: ignore[no-any-return]
        return self.function.apply(context.window(), elements)  # type: ignore[no-any-return]


class Process(_Call):
    """Calls ``process`` of a ``ProcessWindowFunction`` or a ``ProcessAllWindowFunction``."""

    clears = True

    def results(self, key: Any, context: WindowContext, contents: Any) -> Iterable[Any] | None:
        elements = [contents] if self.single else contents
        if self.keyed:
            return self.function.process(key, context, elements)  # type: ignore[no-any-return]
        return self.function.process(context, elements)  # type: ignore[no-any-return]

    def clear(self, context: WindowContext) -> None:
        self.function.clear(context)
