# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Waiting for a job."""

from __future__ import annotations

import contextlib
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from pyflink._gateway import HeldInterrupts, settle_output, wait_a_while
from pyflink._gateway.errors import FlinkerError, JavaError
from pyflink._submit.target import Elsewhere

if TYPE_CHECKING:
    from pyflink._submit.following import Following

_CANCEL_SLICES = 20


def follow(j_job_client: Any, name: str, elsewhere: Elsewhere) -> Following:
    """Watches a job that has been submitted to a cluster that is not this process's.

    Args:
        j_job_client: the Java client of the job.
        name: of the job.
        elsewhere: the cluster.
    """
    # loaded late: few programs need it
    following: Any = import_module("pyflink._submit.following").Following
    job = str(j_job_client.getJobID())
    return cast("Following", following(elsewhere, job, name))


def wait_for(j_job_client: Any, held: HeldInterrupts, following: Following | None = None) -> Any:
    """The Java result of a job that has been submitted.

    An interrupt cancels the job, waits up to ten seconds for its end and is raised then. A job on a
    cluster elsewhere goes on. Output of the job that has been printed here has reached the user
    when this returns or raises.

    Args:
        j_job_client: the Java client of the job.
        held: an interrupt from before there was a client, if there was one.
        following: watches the job, if its cluster is not this process's.

    Raises:
        ClusterError: if it gets no slots.
        JavaError: if the job fails.
        JobCancelledError: if somebody cancels it.
    """
    j_result = j_job_client.getJobExecutionResult()
    try:
        held.deliver()
        while not wait_a_while(j_result):
            pass
        return j_result.get()
    except KeyboardInterrupt:
        if following is None:
            cancel(j_job_client)
        else:
            following.detach()
        raise
    except JavaError as e:
        explained = None if following is None else following.explained(e)
        if explained is not None:
            raise explained from None
        raise
    finally:
        if following is not None:
            following.stop()
        with contextlib.suppress(FlinkerError):
            settle_output()


def cancel(j_job_client: Any) -> None:
    """Cancels a job, and waits up to ten seconds for its end.

    Args:
        j_job_client: the Java client of the job.
    """
    with contextlib.suppress(FlinkerError):
        j_job_client.cancel()
        j_result = j_job_client.getJobExecutionResult()
        for _ in range(_CANCEL_SLICES):
            if wait_a_while(j_result):
                return
