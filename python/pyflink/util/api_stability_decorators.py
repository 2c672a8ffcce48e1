# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Marks in the documentation of classes and functions that say how stable they are."""

from __future__ import annotations

import inspect
import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["Deprecated", "Experimental", "Internal", "Public", "PublicEvolving"]

T = TypeVar("T", bound=Callable[..., Any] | type)


class BaseAPIStabilityDecorator(ABC):
    """Appends a directive to the documentation of a class or a function.

    Example:
        >>> from pyflink.util.api_stability_decorators import Public
        >>> @Public()
        ... def twice(x):
        ...     '''Two times x.'''
        ...     return 2 * x
        >>> print(twice.__doc__)
        Two times x.
        <BLANKLINE>
        .. note:: This *function* is **public**: it stays as it is until the next major version.
        <BLANKLINE>
    """

    def __call__(self, func_or_cls: T) -> T:
        """Marks a class or a function.

        Args:
            func_or_cls: the class or the function.

        Returns:
            The same.

        Raises:
            TypeError: if it is neither.
        """
        if not callable(func_or_cls):
            raise TypeError(
                f"@{type(self).__name__}() marks classes and functions, not {func_or_cls!r}"
            )
        text = inspect.cleandoc(func_or_cls.__doc__ or "")
        func_or_cls.__doc__ = f"{text}\n\n{self.get_directive(func_or_cls)}\n"
        return func_or_cls

    @abstractmethod
    def get_directive(self, func_or_cls: T) -> str:
        """The directive in reStructuredText.

        Args:
            func_or_cls: the class or the function that is marked.
        """


class Public(BaseAPIStabilityDecorator):
    """For everybody, and stable until the next major version."""

    def get_directive(self, func_or_cls: T) -> str:
        """The directive in reStructuredText."""
        return (
            f".. note:: This *{_kind(func_or_cls)}* is **public**: "
            "it stays as it is until the next major version."
        )


class PublicEvolving(BaseAPIStabilityDecorator):
    """For everybody, but names and parameters may change with a minor version."""

    def get_directive(self, func_or_cls: T) -> str:
        """The directive in reStructuredText."""
        return (
            f".. note:: This *{_kind(func_or_cls)}* is **evolving**: "
            "it is public, but may change with a minor version."
        )


class Experimental(BaseAPIStabilityDecorator):
    """To try out; may change or go at any time."""

    def get_directive(self, func_or_cls: T) -> str:
        """The directive in reStructuredText."""
        return (
            f".. warning:: This *{_kind(func_or_cls)}* is **experimental**: "
            "it may change or go at any time."
        )


class Internal(BaseAPIStabilityDecorator):
    """Not for programs; may change at any time."""

    def get_directive(self, func_or_cls: T) -> str:
        """The directive in reStructuredText."""
        return (
            f".. caution:: This *{_kind(func_or_cls)}* is **internal**: "
            "it is not for programs and may change at any time."
        )


class Deprecated(BaseAPIStabilityDecorator):
    """Not to be used any more. Marking something warns at once, where it is marked.

    Args:
        since: the first version in which it is so.
        detail: what to use instead.
    """

    def __init__(self, since: str, detail: str | None = None) -> None:
        self.since = since
        self.detail = detail

    def __call__(self, func_or_cls: T) -> T:
        """Marks a class or a function, and warns.

        Args:
            func_or_cls: the class or the function.

        Returns:
            The same.

        Raises:
            TypeError: if it is neither.
        """
        marked = super().__call__(func_or_cls)
        detail = f" {self.detail}" if self.detail else ""
        warnings.warn(
            f"{func_or_cls.__name__} has been deprecated since version {self.since}.{detail}",
            DeprecationWarning,
            stacklevel=2,
        )
        return marked

    def get_directive(self, func_or_cls: T) -> str:
        """The directive in reStructuredText."""
        directive = f".. deprecated:: {self.since}"
        return f"{directive}\n   {self.detail}" if self.detail else directive


def _kind(func_or_cls: Any) -> str:
    return "class" if inspect.isclass(func_or_cls) else "function"
