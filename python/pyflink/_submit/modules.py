# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The program's own modules, which its functions may import on another machine."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from importlib.machinery import PathFinder
from pathlib import Path

from pyflink._dependencies.interpreter import program_folders
from pyflink._submit import archives

_OURS = "pyflink"


def program_modules() -> list[tuple[str, Path]]:
    """The files of the modules that the program imports and that are not installed packages.

    Found by reading the program and each module found, imports inside functions included. Of a
    package all files belong to it, data too.

    Returns:
        The files with their paths below a folder for ``sys.path``.
    """
    folders = [folder for folder in program_folders(_absolute(sys.path)) if os.path.isdir(folder)]
    own = Path(__file__).resolve().parent.parent.parent
    folders = [folder for folder in folders if Path(folder).resolve() != own]
    found: dict[str, list[tuple[str, Path]]] = {}
    names = list(_names_of_main())
    names += [name for name, file in _loaded() if any(_is_in(file, folder) for folder in folders)]
    while names:
        name = names.pop()
        if name not in found and name != _OURS:
            found[name] = list(_files(name, folders))
            for _, file in found[name]:
                if file.suffix == ".py":
                    names += _imports(file)
    return [entry for entries in found.values() for entry in entries]


def _absolute(path: list[str]) -> list[str]:
    return [os.path.abspath(folder) for folder in path]


def _names_of_main() -> Iterator[str]:
    main = sys.modules.get("__main__")
    package = getattr(main, "__package__", None)
    if package:
        # it was run as 'python -m'
        yield package.partition(".")[0]
    file = getattr(main, "__file__", None)
    if file and file.endswith(".py") and os.path.isfile(file):
        yield from _imports(Path(file))


def _loaded() -> Iterator[tuple[str, str]]:
    """The top-level modules of this process that have a file."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and "." not in name and name != "__main__":
            yield name, os.path.abspath(file)


def _is_in(file: str, folder: str) -> bool:
    """Whether a module is there, and not installed below it, as in a folder's own .venv."""
    if os.path.basename(file) == "__init__.py":
        file = os.path.dirname(file)
    return os.path.dirname(file) == folder


def _imports(file: Path) -> Iterator[str]:
    """The top-level names that a file imports."""
    try:
        parsed = ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return
    for node in ast.walk(parsed):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def _files(name: str, folders: list[str]) -> Iterator[tuple[str, Path]]:
    """The files of a module if it is one of the program's."""
    if name in sys.builtin_module_names or name in sys.stdlib_module_names:
        return
    spec = PathFinder.find_spec(name, folders)
    if spec is None:
        return
    if spec.submodule_search_locations is not None:
        for location in spec.submodule_search_locations:
            yield from archives.tree(Path(location), name)
    elif spec.origin is not None and os.path.isfile(spec.origin):
        # an extension module has more to its name
        yield os.path.basename(spec.origin), Path(spec.origin)
