# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The engine's jars, from the Java sources to ``pyflink/lib``."""

from __future__ import annotations

import contextlib
import filecmp
import hashlib
import json
import os
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from build_tools.maven import run_maven
from build_tools.trim import rule_for, trim

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = ROOT / "python" / "pyflink" / "lib"
_MODULE = ROOT / "java-engine"
_BUILT = _MODULE / "target" / "lib"
TEST_HELPERS = _MODULE / "target" / "flinker-engine-tests.jar"
_STAMP = LIBRARY / ".stamp"
_INPUTS = ("pom.xml", ".mvn", "java-engine/pom.xml", "java-engine/src", "proto", "build_tools")


def version() -> str:
    """Flinker's version, which pom.xml names."""
    namespace = {"m": "http://maven.apache.org/POM/4.0.0"}
    revision = ET.parse(ROOT / "pom.xml").findtext("m:properties/m:revision", None, namespace)
    if not revision:
        raise ValueError("pom.xml names no <revision>")
    return revision


def build_engine() -> bool:
    """Brings the jars in ``pyflink/lib`` up to date with the Java sources.

    Returns:
        whether there was anything to do.

    Raises:
        BuildError: if Maven cannot be run or fails.
    """
    sources = _digest(_source_files())
    stamp = _read_stamp()
    if stamp.get("sources") == sources and stamp.get("jars") == _sizes():
        return False
    print("Building the engine's jars with Maven ...", flush=True)
    run_maven(ROOT, "-DskipTests", "package")
    trimmed = _install(stamp.get("trimmed", {}))
    stamp = {"sources": sources, "jars": _sizes(), "trimmed": trimmed}
    _STAMP.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    return True


def _source_files() -> Iterator[Path]:
    for name in _INPUTS:
        path = ROOT / name
        files = path.rglob("*") if path.is_dir() else [path]
        yield from sorted(
            file for file in files if file.is_file() and "__pycache__" not in file.parts
        )


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        data = file.read_bytes()
        digest.update(f"{file.relative_to(ROOT).as_posix()} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def _sizes() -> dict[str, int]:
    return {jar.name: jar.stat().st_size for jar in sorted(LIBRARY.glob("*.jar"))}


def _install(trimmed_before: dict[str, str]) -> dict[str, str]:
    """Replaces what has changed, jar by jar: a JVM that has the old one open keeps it.

    Returns:
        for each trimmed jar, what it was made of.
    """
    LIBRARY.mkdir(parents=True, exist_ok=True)
    wanted = {jar.name for jar in _BUILT.glob("*.jar")}
    for old in LIBRARY.iterdir():
        if old.name not in wanted and old.suffix in (".jar", ".tmp"):
            old.unlink()
    trimmed = {}
    for jar in sorted(_BUILT.glob("*.jar")):
        target = LIBRARY / jar.name
        half_done = target.with_suffix(".tmp")
        rule = rule_for(jar)
        if rule is None:
            if target.exists() and filecmp.cmp(jar, target, shallow=False):
                continue
            shutil.copyfile(jar, half_done)
        else:
            trimmed[jar.name] = f"{rule.drop} {_digest([jar])}"
            if target.exists() and trimmed_before.get(jar.name) == trimmed[jar.name]:
                continue
            trim(jar, half_done, rule)
        os.replace(half_done, target)
    return trimmed


def _read_stamp() -> dict[str, Any]:
    with contextlib.suppress(OSError, ValueError):
        stamp = json.loads(_STAMP.read_text(encoding="utf-8"))
        if isinstance(stamp, dict):
            return stamp
    return {}
