# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""How the workers of a job are started."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_ROOT = str(Path(__file__).resolve().parent.parent.parent)


@dataclass(frozen=True)
class Workers:
    """How the workers of a job are started.

    Args:
        executable: the interpreter.
        borrowed: folders with the libraries that Flinker needs and the interpreter lacks.
        directory: the working directory.
        path: what is in ``sys.path``.
        environment: the environment variables.
        in_client: whether there are none, as this process is to run the functions itself.
    """

    executable: str
    borrowed: tuple[str, ...]
    directory: str
    path: tuple[str, ...]
    environment: Mapping[str, str]
    in_client: bool = False

    @staticmethod
    def like_client() -> Workers:
        """Workers that are as this process is now."""
        # the folder of the script is there by its name, and '' for an interactive program
        path = tuple(os.path.abspath(folder) for folder in sys.path)
        return Workers(sys.executable, (), os.getcwd(), path, os.environ)

    def packed(self) -> bytes:
        """The texts of it all with NULs between them, as they may hold anything else."""
        texts = [self.executable, _ROOT, self.directory, "client" if self.in_client else ""]
        for folders in (self.borrowed, self.path):
            texts += str(len(folders)), *folders
        for name, value in self.environment.items():
            texts += name, value
        return "\0".join(texts).encode("utf-8", "replace")
