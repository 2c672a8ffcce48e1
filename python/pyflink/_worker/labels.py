# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Functions in the words of their program."""

from __future__ import annotations

import functools
from abc import ABC, abstractmethod
from typing import Any


class Labelled(ABC):
    """A function of ours with one of the program's in it."""

    @property
    @abstractmethod
    def label(self) -> str:
        """The program's function in words."""


def label_of(function: Any, method: str | None = None) -> str:
    """A function in words: ``parse``, ``Parser.map``.

    Args:
        function: a callable or an object of a function class.
        method: what is called of an object; None if that is the object itself or not known.
    """
    while isinstance(function, functools.partial):
        function = function.func
    name = getattr(function, "__qualname__", None) or type(function).__qualname__
    # the functions around it are of no interest
    name = name.rpartition("<locals>.")[2]
    return name if method is None else f"{name}.{method}"
