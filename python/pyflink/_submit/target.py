# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Where the jobs of a program run."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

#: The setting, and the variable of the environment that stands for it.
KEY = "flinker.target"
VARIABLE = "FLINKER_TARGET"

#: What the command line says; it comes below what the program says.
DEFAULTS: dict[str, str] = {}

#: The setting of a program that leaves when its job runs.
DETACHED = "flinker.detached"

#: The variable that names a file with the certificates that are trusted.
CA_FILE = "FLINKER_TARGET_CA"

#: What means the cluster of this process.
EMBEDDED = "embedded"


@dataclass(frozen=True)
class Elsewhere:
    """A cluster that is not this process's.

    Args:
        address: of its REST interface.
        detached: whether the program leaves when its job runs.
    """

    address: str
    detached: bool

    @staticmethod
    def of(settings: Mapping[str, str]) -> Elsewhere | None:
        """The one that the settings of an environment name, if they do."""
        address = settings.get(KEY)
        if not address or address == EMBEDDED:
            return None
        return Elsewhere(address, settings.get(DETACHED, "").lower() == "true")


@dataclass(frozen=True)
class Progress:
    """How a job elsewhere is getting on.

    Args:
        job: its name.
        state: as Flink calls it.
        started: how many of its tasks have a slot.
        tasks: how many it has.
        seconds: since it was submitted.
    """

    job: str
    state: str
    started: int
    tasks: int
    seconds: float


class Reporter:
    """Hears of the jobs that this process runs elsewhere; this one keeps quiet.

    Its methods are called from any thread.
    """

    def started(self, name: str, job: str, address: str) -> None:
        """A job has started: its name, its identifier, and the cluster's address."""

    def is_live(self) -> bool:
        """Whether somebody looks at the progress."""
        return False

    def progress(self, progress: Progress | None) -> None:
        """The state of a job, once a second while it is waited for; None when that is over."""

    def notice(self, text: str) -> None:
        """Something that the user should know."""
        logging.getLogger("pyflink").warning("%s", text)


_reporter = Reporter()


def report_to(wanted: Reporter) -> None:
    """Lets somebody else hear of jobs."""
    global _reporter
    _reporter = wanted


def reporter() -> Reporter:
    """Who hears of jobs."""
    return _reporter


def is_anything_set() -> bool:
    """Whether the command line or the environment say anything of a job."""
    return bool(DEFAULTS) or VARIABLE in os.environ


def target_settings(settings: Mapping[str, str]) -> dict[str, str]:
    """The settings of Flink that lead to the cluster that is wanted; none if nobody wants one.

    Args:
        settings: the program's; they come before the environment variable.

    Raises:
        ValueError: if the target is no address.
    """
    wanted = (settings.get(KEY) or os.environ.get(VARIABLE) or "").strip()
    if not wanted:
        return {}
    return {"execution.target": EMBEDDED} if wanted == EMBEDDED else settings_of(wanted)


def settings_of(target: str) -> dict[str, str]:
    """The settings of Flink for an address.

    Args:
        target: such as ``http://host:8081``.

    Raises:
        ValueError: if it is none; it says what to write.
    """
    parts = urlsplit(address_of(target))
    assert parts.hostname is not None
    settings = {
        "execution.target": "remote",
        "rest.address": parts.hostname,
        "rest.port": str(parts.port),
        "security.ssl.rest.enabled": "true" if parts.scheme == "https" else "false",
    }
    authority = os.environ.get(CA_FILE)
    if parts.scheme == "https" and authority:
        settings["flinker.target.ca-file"] = os.path.abspath(authority)
    return settings


def address_of(target: str) -> str:
    """An address with nothing left out.

    Args:
        target: such as ``host:8081``.

    Raises:
        ValueError: if it is none; it says what to write.
    """
    text = target.strip()
    parts = urlsplit(text if "://" in text else f"http://{text}")
    try:
        port = parts.port
    except ValueError:
        port = -1
    path = parts.path.strip("/")
    if parts.scheme not in ("http", "https") or not parts.hostname or port == -1 or path:
        raise ValueError(
            f"'{target}' is no address of a cluster: write 'http://HOST:PORT', the address of its "
            f"dashboard, or '{EMBEDDED}'."
        )
    if parts.username or parts.password:
        raise ValueError(
            "The address of a cluster holds a user name or a password, which others could see: put "
            "them into the variables FLINKER_TARGET_USER and FLINKER_TARGET_PASSWORD."
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{port or (443 if parts.scheme == 'https' else 8081)}"
