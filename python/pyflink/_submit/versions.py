# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Clusters of an older Flink: this process then makes its jobs with that version's own jars."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import uuid
from functools import lru_cache
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from pyflink._gateway.cache import cache_directory
from pyflink._gateway.errors import ClusterError
from pyflink._submit.rest import Rest
from pyflink._submit.target import EMBEDDED, VARIABLE, address_of
from pyflink.version import __version__

#: The versions that jobs can be made for.
SUPPORTED = ("2.0", "2.1", "2.2", "2.3")

#: Another place to have jars from than Maven Central.
REPOSITORY = "FLINKER_MAVEN_REPOSITORY"
_CENTRAL = "https://repo.maven.apache.org/maven2"
_GROUP = "org/apache/flink"
_FLINK_JAR = re.compile(rf"(flink-[a-z-]+)-{re.escape(__version__)}\.jar")
_SECONDS = 120.0

# What a version needs beside: its name is in the names of the packages, so both can be there.
_MORE = {"2.0": (("flink-shaded-guava", "32.1.3-jre-19.0"),)}


def minor(version: str) -> str:
    """The version without its patch level."""
    return ".".join(version.split(".")[:2])


@lru_cache(maxsize=16)
def version_at(address: str) -> str:
    """The version of the Flink that listens at an address.

    Raises:
        ClusterError: if there is none, or one that jobs cannot be made for.
    """
    version = str(Rest(address).get("/config").get("flink-version", ""))
    if minor(version) not in SUPPORTED:
        raise ClusterError(
            f"The cluster at {address} is Flink {version or 'of an unknown version'}; jobs can be "
            f"made for {', '.join(SUPPORTED[:-1])} and {SUPPORTED[-1]}."
        )
    return version


def class_path_for_target(jars: list[str]) -> list[str]:
    """The class path of a JVM that makes jobs for the cluster that the environment names.

    Args:
        jars: the engine's own, which are of the newest version.

    Raises:
        ClusterError: if the cluster cannot be reached, or the jars for it cannot be had.
    """
    wanted = os.environ.get(VARIABLE, "").strip()
    if not wanted or wanted == EMBEDDED:
        return jars
    version = version_at(address_of(wanted))
    if minor(version) == minor(__version__):
        return jars
    more = [str(_fetched(*artifact)) for artifact in _MORE.get(minor(version), ())]
    return [*(_replaced(jar, version) for jar in jars), *more]


def _replaced(jar: str, version: str) -> str:
    found = _FLINK_JAR.fullmatch(os.path.basename(jar))
    return jar if found is None else str(_fetched(found.group(1), version))


def _fetched(artifact: str, version: str) -> Path:
    """A jar of Flink in the cache, which it gets into at first use."""
    cache = cache_directory()
    if cache is None:
        raise ClusterError(
            f"The cluster is Flink {version}, whose jars need a place: set FLINKER_CACHE_DIR to a "
            "folder of your own."
        )
    jar = cache / f"flink-{version}" / f"{artifact}-{version}.jar"
    if not jar.is_file():
        jar.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = jar.with_name(f"{uuid.uuid4().hex}.part")
        try:
            _download(artifact, version, part)
            os.replace(part, jar)
        finally:
            part.unlink(missing_ok=True)
    return jar


def _download(artifact: str, version: str, target: Path) -> None:
    repository = os.environ.get(REPOSITORY, _CENTRAL).rstrip("/")
    address = f"{repository}/{_GROUP}/{artifact}/{version}/{artifact}-{version}.jar"
    try:
        with urlopen(address, timeout=_SECONDS) as answer, target.open("wb") as file:
            shutil.copyfileobj(answer, file)
        with urlopen(f"{address}.sha1", timeout=_SECONDS) as answer:
            expected = answer.read().decode("ascii").split()[0]
    except (URLError, OSError, IndexError, ValueError) as e:
        raise ClusterError(
            f"The cluster is Flink {version}, and {artifact} of that version cannot be had from "
            f"{repository} ({e}): name another repository in {REPOSITORY}."
        ) from e
    # Maven Central keeps no other digest of all of them
    digest = hashlib.sha1(target.read_bytes(), usedforsecurity=False).hexdigest()
    if digest != expected:
        raise ClusterError(f"What came from {address} is damaged: it has not the digest it should.")
