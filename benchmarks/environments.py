# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A virtual environment for each peer, and what is installed in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FOLDER = HERE / ".environments"

# The versions that apache-flink 2.3.0 needs to install at all.
PYFLINK = ["setuptools<80", "wheel", "apache-flink==2.3.0"]
BYTEWAX = ["bytewax==0.21.1"]


@dataclass(frozen=True)
class Environment:
    """A peer's interpreter, with the environment's programs on the PATH.

    PyFlink runs its workers with whatever ``python`` is found there.
    """

    name: str
    folder: Path

    @property
    def python(self) -> str:
        """The interpreter."""
        return str(self.folder / "bin" / "python")

    def variables(self) -> dict[str, str]:
        """The environment variables that the programs get."""
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return {**os.environ, "PATH": path, "FLINKER_CACHE_DIR": str(self.folder / "flinker-cache")}

    def installed(self) -> tuple[int, int]:
        """Bytes and distributions, without those that every environment starts with."""
        library = next((self.folder / "lib").glob("python*/site-packages"))
        started_with = ("pip", "setuptools", "wheel", "pkg_resources", "_distutils_hack")
        size = sum(
            file.lstat().st_size
            for entry in library.iterdir()
            if not entry.name.startswith(started_with)
            for file in (entry.rglob("*") if entry.is_dir() else [entry])
            if file.is_file()
        )
        names = [e.name for e in library.glob("*.dist-info") if not e.name.startswith(started_with)]
        return size, len(names)


def make(fresh: bool) -> tuple[Environment, Environment]:
    """Flinker's environment and PyFlink's."""
    flinker = Environment("Flinker", FOLDER / "flinker")
    pyflink = Environment("PyFlink 2.3.0", FOLDER / "pyflink")
    if fresh:
        shutil.rmtree(FOLDER, ignore_errors=True)
    if not pyflink.folder.exists():
        _create(pyflink, PYFLINK)
    # always this checkout
    shutil.rmtree(flinker.folder, ignore_errors=True)
    _create(flinker, [str(ROOT)])
    return flinker, pyflink


def make_bytewax(fresh: bool) -> Environment | None:
    """Bytewax's environment; None where there is no wheel for this Python."""
    bytewax = Environment("Bytewax 0.21.1", FOLDER / "bytewax")
    if fresh:
        shutil.rmtree(bytewax.folder, ignore_errors=True)
    if not bytewax.folder.exists():
        try:
            _create(bytewax, BYTEWAX)
        except subprocess.CalledProcessError:
            shutil.rmtree(bytewax.folder, ignore_errors=True)
            return None
    return bytewax


def _create(environment: Environment, packages: list[str]) -> None:
    print(f"making the environment of {environment.name} ...", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", str(environment.folder)], check=True)
    subprocess.run([environment.python, "-m", "pip", "install", "-q", *packages], check=True)
