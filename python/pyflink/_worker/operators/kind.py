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
            record's timestamp and ``{u}`` a new one, ``{h}`` the helper. Of two inputs, ``second``
            tells the second one, whose records go to ``{g}``. ``{c}`` is the context.
        depth: how many levels the lines open.
        makes_values: whether ``{y}`` is the result; else the record itself goes on.
        makes_times: whether ``{u}`` is set; then the results have timestamps whether or not the
            records have any.
        pairs: whether ``{y}`` goes with the record, as the first of a pair; only the last function
            of a chain does that.
        builtin: the function itself, for a kind that needs none of the user's.
        helper: what else the lines call.
        second_method: the method that is called for records of the second input, if there are two.
        context: whether the function gets a context with each record.
        timer_method: the method that is called when a timer fires, if the function may have some;
            the results are as those of ``method``.
        side_outputs: whether the results are looked through for ``tag, value`` in any case; those
            of other kinds are if somebody reads a side output or the chain knows tags at all.
    """

    urn: str
    method: str
    lines: tuple[str, ...]
    depth: int = 0
    makes_values: bool = True
    makes_times: bool = False
    pairs: bool = False
    builtin: Callable[[Any], Any] | None = None
    helper: Callable[[Any], Any] | None = None
    second_method: str | None = None
    context: bool = False
    timer_method: str | None = None
    side_outputs: bool = False
