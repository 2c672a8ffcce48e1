# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The way from plain value classes to Java, which a worker never takes."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def java_class(name: str) -> Any:
    """The Py4J class of that name; the first call starts the JVM.

    Values such as Row travel to workers, and a worker must not even load the gateway: so it is
    imported by name when a program asks for a Java object, and not before.
    """
    return import_module("pyflink._gateway").java_class(name)
