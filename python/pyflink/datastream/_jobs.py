# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Waiting for a job."""

from __future__ import annotations

import contextlib
import sys
from typing import Any

from pyflink._gateway import settle_output, wait_a_while
from pyflink._gateway.errors import FlinkerError
from pyflink._submit.target import Elsewhere

_CANCEL_SLICES = 20


def wait_for(j_job_client: Any, elsewhere: Elsewhere | None = None) -> Any:
    """The Java result of a job that has been submitted.

    An interrupt cancels the job, waits up to ten seconds for its end and is raised then. A job on a
    cluster elsewhere goes on. Output of the job that has been printed here has reached the user
    when this returns or raises.

    Args:
        j_job_client: the Java client of the job.
        elsewhere: its cluster, if that is not this process's.

    Raises:
        JavaError: if the job fails.
        JobCancelledError: if somebody cancels it.
    """
    j_result = j_job_client.getJobExecutionResult()
    try:
        while not wait_a_while(j_result):
            pass
        return j_result.get()
    except KeyboardInterrupt:
        if elsewhere is None:
            _cancel(j_job_client, j_result)
        else:
            job = j_job_client.getJobID().toString()
            print(
                f"\nDetached: job {job} goes on. To cancel it: flinker cancel --target "
                f"{elsewhere.address} {job}",
                file=sys.stderr,
            )
        raise
    finally:
        with contextlib.suppress(FlinkerError):
            settle_output()


def _cancel(j_job_client: Any, j_result: Any) -> None:
    with contextlib.suppress(FlinkerError):
        j_job_client.cancel()
        for _ in range(_CANCEL_SLICES):
            if wait_a_while(j_result):
                return
