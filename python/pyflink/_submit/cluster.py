# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What has to be known of a cluster before a job goes there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pyflink._gateway import java_class, work_directory
from pyflink._gateway.errors import ClusterError
from pyflink._submit.libraries import Platform, own_python
from pyflink._submit.probing import check_task_managers
from pyflink._submit.rest import Rest
from pyflink._submit.shipping import Shipment, pack, platform_of
from pyflink._submit.slots import await_slots
from pyflink._submit.target import KEY, VARIABLE
from pyflink._submit.versions import minor, version_at

_ENVIRONMENT_INFORMATION = "org.apache.flink.runtime.util.EnvironmentInformation"


def shipment_for(j_env: Any, settings: Mapping[str, str]) -> Shipment:
    """What a job takes along to its cluster, which is asked whether it fits.

    Its task managers are asked in the background: see :func:`check_task_managers`.

    Args:
        j_env: the Java environment that the job is made in.
        settings: of the job.

    Raises:
        ClusterError: if the cluster cannot be reached, is of another version of Flink, or has no
            slots for the job.
        FileNotFoundError: if there is nothing at a path that the settings name.
        ValueError: if a setting makes no sense.
        WorkerSetupError: if what the settings ask for cannot be had.
    """
    address = settings[KEY]
    shipment = pack(settings, platform_at(address), Path(work_directory()))
    await_slots(j_env, settings)
    check_task_managers(j_env, shipment, address)
    return shipment


def platform_at(address: str) -> Platform:
    """What the task managers of a cluster run on, if it is one for this program.

    Raises:
        ClusterError: if the cluster cannot be reached, or is of another version of Flink.
    """
    return Platform(own_python(), _machine(address))


@lru_cache(maxsize=16)
def _machine(address: str) -> str:
    check_version(address)
    try:
        arch = str(Rest(address).get("/jobmanager/environment")["jvm"]["arch"])
    except (ClusterError, KeyError, TypeError):
        arch = ""
    return platform_of(arch)


def check_version(address: str) -> None:
    """Refuses a cluster of another version than this process makes jobs for.

    Raises:
        ClusterError: if it is one.
    """
    version = version_at(address)
    mine = str(java_class(_ENVIRONMENT_INFORMATION).getVersion())
    if minor(version) != minor(mine):
        raise ClusterError(
            f"The cluster at {address} is Flink {version}, and this process has begun with "
            f"{mine}: name the cluster before the program starts, with 'flinker submit --target "
            f"{address}' or {VARIABLE}={address}."
        )
