# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""How a function is declared: ``async def`` that returns, or that yields, or neither."""

from __future__ import annotations

import functools
import inspect
from typing import Any


def is_asynchronous(function: Any) -> bool:
    """Whether what is called is declared with ``async def``."""
    called = _called(function)
    return inspect.iscoroutinefunction(called) or inspect.isasyncgenfunction(called)


def yields(function: Any) -> bool:
    """Whether it is, and yields its results."""
    return inspect.isasyncgenfunction(_called(function))


def _called(function: Any) -> Any:
    """What runs when something is called: a function for a partial, a method for an object."""
    while isinstance(function, functools.partial):
        function = function.func
    if inspect.isroutine(function) or isinstance(function, type):
        return function
    return getattr(function, "__call__", function)  # noqa: B004 (it is to be looked at)
