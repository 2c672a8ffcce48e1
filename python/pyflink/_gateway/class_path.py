# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The jars of the engine."""

from __future__ import annotations

import os
from pathlib import Path

from pyflink._gateway.errors import EngineNotFoundError

LIBRARY = Path(__file__).resolve().parent.parent / "lib"


def class_path() -> list[str]:
    """The engine's jars, always in the same order, as the class-data archive depends on it.

    Raises:
        EngineNotFoundError: if the package was installed without them.
    """
    try:
        jars = sorted(name for name in os.listdir(LIBRARY) if name.endswith(".jar"))
    except FileNotFoundError:
        jars = []
    if not jars:
        raise EngineNotFoundError(
            f"The engine's jars are missing from {LIBRARY}. "
            "Reinstall with 'pip install --force-reinstall flinker', "
            "or run 'pip install -e .' in a checkout."
        )
    return [str(LIBRARY / name) for name in jars]
