# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A job goes to its cluster when there are slots for it.

A standalone cluster lets a job fail at once that it has no slots for, when it has been up for some
minutes. So the wait that ``slot.request.timeout`` speaks of is here, before the job is there.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from pyflink._gateway import java_class
from pyflink._gateway.errors import ClusterError
from pyflink._submit.rest import Rest
from pyflink._submit.target import KEY, reporter

#: What to do about it.
ADVICE = "Start more task managers, or end a job: flinker list, flinker cancel JOB."

_TARGETS = "io.flinker.gateway.Targets"
_TIMEOUT = "slot.request.timeout"
_POLL_SECONDS = 0.5
# these start task managers when a job needs them
_GROWING = ("kubernetes", "yarn")


def await_slots(j_env: Any, settings: Mapping[str, str]) -> None:
    """Waits until a job's cluster has slots for it, as long as ``slot.request.timeout`` says.

    That of the program comes before that of the cluster.

    Args:
        j_env: the Java environment that the job is made in.
        settings: of the job.

    Raises:
        ClusterError: if it has not had them in time, or cannot be reached.
    """
    rest = Rest(settings[KEY])
    targets = java_class(_TARGETS)
    needed = int(targets.slotsNeeded(j_env))
    free, slots = slots_of(rest)
    if free >= needed:
        return
    cluster = {str(pair["key"]): str(pair["value"]) for pair in rest.get("/jobmanager/config")}
    if cluster.get("execution.target", "").startswith(_GROWING):
        return
    if cluster.get("jobmanager.scheduler", "").lower() == "adaptive" or "scheduler-mode" in cluster:
        # it makes do with less
        needed = 1
    pairs = [_TIMEOUT, cluster[_TIMEOUT]] if _TIMEOUT in cluster else []
    patience = int(targets.slotPatienceMillis(j_env, pairs)) / 1000
    deadline = time.monotonic() + patience
    told = False
    while free < needed:
        left = deadline - time.monotonic()
        if left <= 0:
            raise ClusterError(
                f"The job needs {needed} free slots, and {free} of {slots} are free on "
                f"{rest.address}, after {patience:g} s ({_TIMEOUT}). {ADVICE}"
            )
        if not told:
            told = True
            reporter().notice(
                f"The job needs {needed} free slots, and {free} of {slots} are free on "
                f"{rest.address}: it waits for up to {patience:g} s ({_TIMEOUT}). {ADVICE}"
            )
        time.sleep(min(_POLL_SECONDS, left))
        free, slots = slots_of(rest)


def slots_of(rest: Rest) -> tuple[int, int]:
    """How many slots of a cluster are free, and how many there are.

    Raises:
        ClusterError: if it cannot be reached.
    """
    overview = rest.get("/overview")
    return int(overview["slots-available"]), int(overview["slots-total"])
