# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The first thing that an interpreter runs to become a nursery or a worker.

``boot.py MODULE ROOT [FOLDER ...]`` runs the ``main()`` of a module of the package ``pyflink`` that
is in ROOT, whatever other package of that name the interpreter has: it may well be one with
PyFlink. The libraries that a worker needs are the interpreter's own; those that it lacks are
borrowed from the folders, and nothing else is. A ROOT that is among the folders holds libraries of
its own, which come before the interpreter's: so it is on a cluster, of whose interpreters nobody
knows what they have.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

#: What a worker imports, and what that imports.
LIBRARIES = ("cloudpickle", "google", "grpc", "msgspec", "typing_extensions")
# 'google' is a namespace: the interpreter may have another part of it
_PARTS = ("google._upb", "google.protobuf")


class Borrowed:
    """Finds a worker's libraries in other folders than those of ``sys.path``.

    Args:
        folders: where they are.
    """

    def __init__(self, folders: Sequence[str]) -> None:
        self._folders = list(folders)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module if it is one of the libraries; the end of Python's own search."""
        if name in LIBRARIES:
            return PathFinder.find_spec(name, self._folders, target)
        if name in _PARTS:
            inner = [os.path.join(folder, "google") for folder in self._folders]
            return PathFinder.find_spec(name, inner, target)
        return None


def prepare(root: str, folders: Sequence[str]) -> None:
    """Makes this process find the package in ``root``, and the libraries it needs."""
    if sys.path and sys.path[0] == os.path.dirname(os.path.abspath(__file__)):
        del sys.path[0]
    if root in folders:
        sys.path.insert(0, root)
        # before workers have the interpreter's own: an older one cannot read the client's functions
        importlib.import_module("cloudpickle")
    elif folders:
        sys.meta_path.append(Borrowed(folders))
    else:
        sys.path.append(root)
    package = os.path.join(root, "pyflink")
    spec = spec_from_file_location(
        "pyflink", os.path.join(package, "__init__.py"), submodule_search_locations=[package]
    )
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["pyflink"] = module_from_spec(spec)
    spec.loader.exec_module(module)


if __name__ == "__main__":
    _, _module, _root, *_folders = sys.argv
    prepare(_root, _folders)
    importlib.import_module(_module).main()
