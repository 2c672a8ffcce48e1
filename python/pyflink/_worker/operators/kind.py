# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What describes a kind of functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """A kind of functions.

    Attributes:
        urn: names it in the protocol.
        method: the method of the user's class that is called, if it is a class.
        lines: source lines that call ``{f}`` with ``{x}`` and leave the result in ``{y}``. What
            follows in the loop is indented as much as ``{depth}`` levels deeper. ``{t}`` is the
            record's timestamp and ``{u}`` a new one, ``{h}`` the helper.
        depth: how many levels the lines open.
        makes_values: whether ``{y}`` is set; else the record itself goes on.
        makes_times: whether ``{u}`` is set; then the results have timestamps whether or not the
            records have any.
        builtin: the function itself, for a kind that needs none of the user's.
        helper: what else the lines call.
    """

    urn: str
    method: str
    lines: tuple[str, ...]
    depth: int = 0
    makes_values: bool = True
    makes_times: bool = False
    builtin: Callable[[Any], Any] | None = None
    helper: Callable[[Any], Any] | None = None
