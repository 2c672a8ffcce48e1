# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What has to be known of a cluster before a job goes there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pyflink._gateway import work_directory
from pyflink._gateway.errors import ClusterError
from pyflink._submit.libraries import Platform, own_python
from pyflink._submit.rest import Rest
from pyflink._submit.shipping import Shipment, pack, platform_of
from pyflink._submit.target import KEY
from pyflink.version import __version__


def shipment_for(settings: Mapping[str, str]) -> Shipment:
    """What a job takes along to its cluster, which is asked for its version and its processor.

    Args:
        settings: of the job.

    Raises:
        ClusterError: if the cluster cannot be reached, or is of another version of Flink.
        FileNotFoundError: if there is nothing at a path that the settings name.
        ValueError: if a setting makes no sense.
        WorkerSetupError: if what the settings ask for cannot be had.
    """
    machine = _machine(settings[KEY])
    return pack(settings, Platform(own_python(), machine), Path(work_directory()))


@lru_cache(maxsize=16)
def _machine(address: str) -> str:
    rest = Rest(address)
    check_version(address, str(rest.get("/config").get("flink-version", "")))
    try:
        arch = str(rest.get("/jobmanager/environment")["jvm"]["arch"])
    except (ClusterError, KeyError, TypeError):
        arch = ""
    return platform_of(arch)


def check_version(address: str, version: str) -> None:
    """Refuses a cluster of a Flink that jobs from here cannot run on.

    Raises:
        ClusterError: if it is one.
    """
    mine = __version__.split(".")[:2]
    if version.split(".")[:2] != mine:
        raise ClusterError(
            f"The cluster at {address} is Flink {version}, and this program makes jobs for Flink "
            f"{'.'.join(mine)}."
        )
