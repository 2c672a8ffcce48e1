# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The build of the wheel: the engine's jars first, then everything as setuptools does it.

All that can be said without code is in pyproject.toml.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import ClassVar

from setuptools import Command, setup
from setuptools.command.build import build
from setuptools.errors import SetupError

# a build front end runs this file with another folder on its path
sys.path.insert(0, str(Path(__file__).resolve().parent))

from build_tools.engine import build_engine, version
from build_tools.maven import BuildError


class BuildEngine(Command):
    """Puts the engine's jars where the package's data is looked for.

    A step of its own before build_py, because setuptools lets no failure of build_py stop an
    editable install.
    """

    description = "build the engine's jars with Maven"
    user_options: ClassVar[list[tuple[str, str, str]]] = []
    editable_mode = False

    def initialize_options(self) -> None:
        """Nothing to set."""

    def finalize_options(self) -> None:
        """Nothing to set."""

    def run(self) -> None:
        """Builds the jars.

        Raises:
            SetupError: if Maven cannot be run or fails.
        """
        try:
            build_engine()
        except BuildError as e:
            raise SetupError(str(e)) from e

    def get_source_files(self) -> list[str]:
        """MANIFEST.in names them."""
        return []

    def get_outputs(self) -> list[str]:
        """build_py copies them."""
        return []

    def get_output_mapping(self) -> dict[str, str]:
        """build_py copies them."""
        return {}


class Build(build):
    """The build with the engine's step."""

    sub_commands: ClassVar[list[tuple[str, None]]] = [("build_engine", None), *build.sub_commands]

    def run(self) -> None:
        """Builds from nothing: jars and modules of an earlier build would get into the wheel."""
        shutil.rmtree(self.build_lib, ignore_errors=True)
        super().run()


setup(version=version(), cmdclass={"build": Build, "build_engine": BuildEngine})
