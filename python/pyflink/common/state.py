# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Where PyFlink 1.12 had the kinds of state; their place is ``pyflink.datastream.state``."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyflink._worker.state.api import ListState, MapState, State, ValueState

__all__ = ["ListState", "MapState", "State", "ValueState"]


def __getattr__(name: str) -> Any:
    # when it is asked for, as this room is below the one that has them
    if name in __all__ or name in ("K", "T", "V"):
        return getattr(importlib.import_module("pyflink._worker.state.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
