# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Running Maven, and saying in one line why it cannot be run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

MINIMUM_JAVA = 17
_OFFLINE = re.compile(
    r"could not transfer|could not be resolved|unknown host|cannot access .* in offline mode",
    re.IGNORECASE,
)


class BuildError(Exception):
    """The engine cannot be built here; the message is one line that says what is missing."""


def maven_executable() -> str:
    """The path of ``mvn``, checked to have a Java compiler to work with.

    Raises:
        BuildError: if there is no Maven, no Java for it, a Java that is too old, or one without a
            compiler.
    """
    maven = shutil.which("mvn")
    if maven is None:
        raise BuildError("Building Flinker needs Maven, and there is no 'mvn' on PATH.")
    answer = subprocess.run([maven, "-version"], capture_output=True, text=True)
    found = re.search(r"Java version: (?:1\.)?(\d+).*?runtime: (.+)", answer.stdout)
    if answer.returncode != 0 or found is None:
        said = " ".join((answer.stderr or answer.stdout).split())
        raise BuildError(f"Building Flinker needs a JDK, and Maven finds none: {said[:300]}")
    version, home = int(found.group(1)), found.group(2).strip()
    if version < MINIMUM_JAVA:
        raise BuildError(
            f"Building Flinker needs Java {MINIMUM_JAVA} or newer, and Maven uses Java {version} "
            f"in {home}: set JAVA_HOME to a newer JDK."
        )
    compiler = "javac.exe" if os.name == "nt" else "javac"
    if not Path(home, "bin", compiler).exists():
        raise BuildError(
            f"Building Flinker needs a JDK, and Maven uses a Java without a compiler in {home}: "
            "set JAVA_HOME to a JDK."
        )
    return maven


def run_maven(root: Path, *arguments: str) -> None:
    """Runs Maven quietly in a folder; prints what it said if it fails.

    Raises:
        BuildError: if Maven cannot be run or fails.
    """
    command = [maven_executable(), "-q", "-B", "-Dstyle.color=never", *arguments]
    run = subprocess.run(
        command, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if run.returncode == 0:
        return
    output = run.stdout + run.stderr
    failed_download = next((line for line in output.splitlines() if _OFFLINE.search(line)), None)
    if failed_download is not None:
        line = failed_download.removeprefix("[ERROR] ")[:200]
        raise BuildError(f"Building Flinker needs a network for Maven to fetch from: {line}")
    print(output[-20_000:], flush=True)
    raise BuildError(f"Maven failed, see its output above: {' '.join(command)}")
