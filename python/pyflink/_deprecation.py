# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Warnings about names that Flink 2 has given up, shown at the program's line."""

from __future__ import annotations

import sys
import warnings

_PACKAGE = __name__.partition(".")[0]


def deprecated(name: str, instead: str) -> None:
    """Warns of something that has a successor.

    Args:
        name: what the program uses.
        instead: what to write in its place.
    """
    _warn(f"{name} is deprecated. Use {instead} instead.")


def without_effect(name: str, why: str) -> None:
    """Warns of a setting that does nothing any more.

    Args:
        name: what the program uses.
        why: what became of it, a whole sentence.
    """
    _warn(f"{name} has no effect any more. {why}")


def _warn(message: str) -> None:
    # Python shows deprecations at lines of the program only, and some of our names call others.
    frame, level = sys._getframe(1), 2
    while frame.f_back and frame.f_globals.get("__name__", "").partition(".")[0] == _PACKAGE:
        frame, level = frame.f_back, level + 1
    warnings.warn(message, DeprecationWarning, stacklevel=level)
