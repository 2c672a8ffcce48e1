# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Compiled modules for an archive, so that no task manager compiles the worker first.

Many images forbid Python to keep what it has compiled, where every job would do it again.
"""

from __future__ import annotations

import contextlib
import marshal
import os
from collections.abc import Iterable, Iterator
from importlib.machinery import SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from pathlib import Path

# Of PEP 552: the file bears a hash of the source, which nobody checks.
_UNCHECKED = (0b01).to_bytes(4, "little")


def compiled(entries: Iterable[tuple[str, Path]]) -> Iterator[tuple[str, bytes]]:
    """The bytecode of modules, for a Python of this one's minor version.

    Others do not take it, and compile the module themselves.

    Args:
        entries: files with their names in the archive, of which those of other kinds are left out.

    Returns:
        the bytes of files, with their names in the archive.
    """
    for name, file in entries:
        if name.endswith(".py") and name != "__main__.py":
            # a package may have templates, and files for other Pythons
            with contextlib.suppress(SyntaxError, ValueError):
                yield _cached(name), _bytecode(file)


def _cached(name: str) -> str:
    return cache_from_source(name, optimization="").replace(os.sep, "/")


def _bytecode(file: Path) -> bytes:
    # takes what this process's own Python has kept of it, if it has
    code = SourceFileLoader(file.stem, str(file)).get_code(file.stem)
    return MAGIC_NUMBER + _UNCHECKED + source_hash(file.read_bytes()) + marshal.dumps(code)
