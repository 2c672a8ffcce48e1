# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Packages that import what they export when it is asked for.

A worker imports ``pyflink.common.types`` and must not pay for, or depend on, the rest of
``pyflink.common``: the rest talks to Java.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def exporter(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The module-level ``__getattr__`` of a package.

    Args:
        package: its full name.
        homes: for each exported name the module it is in, relative to the package.
    """
    modules = frozenset(homes.values())

    def __getattr__(name: str) -> Any:
        home = homes.get(name)
        if home is not None:
            value = getattr(import_module(f"{package}.{home}"), name)
            # from now on it is found without coming here
            setattr(sys.modules[package], name, value)
            return value
        if name in modules:
            return import_module(f"{package}.{name}")
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return __getattr__
