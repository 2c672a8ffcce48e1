# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The wheel as a user gets it: made from the source distribution, in an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from build_tools.engine import ROOT, version

MEGABYTE = 1_000_000


class Environment:
    """A virtual environment and what can be done with it."""

    def __init__(self, folder: Path) -> None:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        bin_folder = folder / ("Scripts" if os.name == "nt" else "bin")
        self.python_path = bin_folder / "python"
        # a checkout found by PYTHONPATH would pass for an installation
        self._variables = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}

    def install(self, *arguments: str | Path) -> None:
        pip = [self.python_path, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, *arguments], check=True, env=self._variables)

    def python(self, program: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.python_path, "-c", program],
            cwd=self.python_path.parent,
            env=self._variables,
            capture_output=True,
            text=True,
            timeout=120,
        )


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    # first the source distribution, then the wheel from that, unpacked elsewhere
    command = [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)]
    build = subprocess.run(command, capture_output=True, text=True)
    assert build.returncode == 0, build.stdout + build.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(distributions: Path) -> Path:
    return distributions / f"flinker-{version()}-py3-none-any.whl"


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel named apache-flink with the files by which it gets in our way."""
    wheel = tmp_path_factory.mktemp("theirs") / "apache_flink-2.3.0-py3-none-any.whl"
    info = "apache_flink-2.3.0.dist-info"
    uses_java = "from pyflink.java_gateway import get_gateway\n"
    files = {
        "pyflink/__init__.py": "THEIRS = True\n",
        "pyflink/java_gateway.py": "def get_gateway(): ...\n",
        "pyflink/common/__init__.py": uses_java,
        "pyflink/table/__init__.py": uses_java,
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: apache-flink\nVersion: 2.3.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in {**files, f"{info}/RECORD": record}.items():
            archive.writestr(name, text)
    return wheel


def test_the_wheel_is_small_and_complete(wheel: Path) -> None:
    assert wheel.stat().st_size < 100 * MEGABYTE
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    info = f"flinker-{version()}.dist-info/licenses"
    assert {
        "pyflink/py.typed",
        "pyflink/lib/flinker-engine.jar",
        f"{info}/LICENSE",
        f"{info}/NOTICE",
        f"{info}/THIRD-PARTY",
    } <= names
    assert not [name for name in names if "test" in name]


def test_the_source_distribution_has_sources_only(distributions: Path) -> None:
    with tarfile.open(distributions / f"flinker-{version()}.tar.gz") as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "pom.xml",
        "java-engine/pom.xml",
        "java-engine/src/main/java/io/flinker/gateway/GatewayMain.java",
        "python/pyflink/__init__.py",
        "python/tests/conftest.py",
        "setup.py",
        "dev.py",
        "README.md",
    } <= names
    assert not [name for name in names if name.endswith((".jar", ".class", ".pyc"))]


def test_a_clean_environment_needs_nothing_else(wheel: Path, tmp_path: Path) -> None:
    environment = Environment(tmp_path / "venv")
    environment.install(wheel)
    answer = environment.python(
        "from pyflink.java_gateway import get_gateway\n"
        "print(get_gateway().jvm.java.lang.Integer.parseInt('42'))"
    )
    assert (answer.stdout, answer.stderr) == ("42\n", "")


def test_says_so_when_installed_after_apache_flink(
    wheel: Path, theirs: Path, tmp_path: Path
) -> None:
    environment = Environment(tmp_path / "venv")
    environment.install("--no-deps", theirs)
    environment.install("--no-deps", wheel)
    assert_refused(environment.python("import pyflink"))


def test_says_so_when_installed_before_apache_flink(
    wheel: Path, theirs: Path, tmp_path: Path
) -> None:
    environment = Environment(tmp_path / "venv")
    environment.install("--no-deps", wheel)
    environment.install("--no-deps", theirs)
    # theirs has come out on top, so nothing of ours runs yet
    assert environment.python("import pyflink; print(pyflink.THEIRS)").stdout == "True\n"
    for package in ("pyflink.common", "pyflink.table", "pyflink.java_gateway"):
        assert_refused(environment.python(f"import {package}"))


def assert_refused(answer: subprocess.CompletedProcess[str]) -> None:
    assert answer.returncode == 1
    last = answer.stderr.splitlines()[-1]
    assert last.startswith("ImportError: flinker and apache-flink are both installed in ")
    assert "pip uninstall -y apache-flink flinker" in last
