# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The user's functions: unpickled, opened, called, closed."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

from pyflink._worker.context import RuntimeContext
from pyflink._worker.failures import FunctionError
from pyflink._worker.labels import Labelled, label_of
from pyflink._worker.operators import KINDS
from pyflink._worker.operators.kind import Kind


class UserFunction:
    """A function of the chain.

    Args:
        transform: its ``PTransform``: the name, the kind, and the pickle of the function and of
            whether it is one of the classes (``MapFunction``) and not a plain callable.

    Raises:
        FunctionError: if it cannot be unpickled here.
    """

    def __init__(self, transform: Any) -> None:
        self.name: str = transform.unique_name
        self.kind: Kind = KINDS[transform.spec.urn]
        self._function: Any = self.kind.builtin
        self._rich = False
        #: Whether the type of its results comes from the function's annotation.
        self.annotated = False
        #: How it is called, if it is an asynchronous one.
        self.options: Any = None
        if self._function is not None:
            return
        try:
            self._function, self._rich, *more = pickle.loads(transform.spec.payload)
            self.annotated = bool(more and more[0])
            self.options = more[1] if len(more) > 1 else None
        except BaseException as e:
            raise FunctionError("STAGE_OPEN", self.name, e) from e

    @property
    def function(self) -> Any:
        """What the user has written."""
        return self._function

    @property
    def rich(self) -> bool:
        """Whether it is an object with ``open`` and ``close``."""
        return self._rich

    @property
    def second_call(self) -> Callable[..., Any] | None:
        """What is called for a record of the second input, if the kind has two."""
        method = self.kind.second_method
        return None if method is None else getattr(self._function, method)

    @property
    def timer_call(self) -> Callable[..., Any] | None:
        """What is called when a timer fires; None if that cannot happen."""
        method = self.kind.timer_method
        return None if method is None else getattr(self._function, method, None)

    @property
    def call(self) -> Callable[..., Any]:
        """What is called for a record."""
        function = getattr(self._function, self.kind.method) if self._rich else self._function
        assert callable(function)
        return function  # type: ignore[no-any-return]

    @property
    def label(self) -> str:
        """The function in the words of its program: ``parse``, ``Parser.map``."""
        if isinstance(self._function, Labelled):
            return self._function.label
        # of two methods, which one made a result is not known
        of_one_method = self._rich and not self.kind.second_method
        return label_of(self._function, self.kind.method if of_one_method else None)

    def open(self, context: RuntimeContext) -> None:
        """Lets the function prepare itself.

        Raises:
            FunctionError: if it fails.
        """
        if self._rich:
            try:
                self._function.open(context)
            except BaseException as e:
                raise FunctionError("STAGE_OPEN", self.name, e) from e

    def close(self) -> None:
        """Lets the function give back what it holds.

        Raises:
            FunctionError: if it fails.
        """
        if self._rich:
            try:
                self._function.close()
            except BaseException as e:
                raise FunctionError("STAGE_CLOSE", self.name, e) from e
