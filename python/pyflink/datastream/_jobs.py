# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Waiting for a job."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Any

from pyflink._gateway import HeldInterrupts, settle_output, wait_a_while
from pyflink._gateway.errors import FlinkerError
from pyflink._submit.target import Elsewhere

_CANCEL_SLICES = 20


def wait_for(j_job_client: Any, elsewhere: Elsewhere | None, held: HeldInterrupts) -> Any:
    """The Java result of a job that has been submitted.

    An interrupt cancels the job, waits up to ten seconds for its end and is raised then. A job on a
    cluster elsewhere goes on. Output of the job that has been printed here has reached the user
    when this returns or raises.

    Args:
        j_job_client: the Java client of the job.
        elsewhere: its cluster, if that is not this process's.
        held: an interrupt from before there was a client, if there was one.

    Raises:
        JavaError: if the job fails.
        JobCancelledError: if somebody cancels it.
    """
    j_result = j_job_client.getJobExecutionResult()
    try:
        with cancelled_by_interrupt(j_job_client, elsewhere):
            held.deliver()
            while not wait_a_while(j_result):
                pass
            return j_result.get()
    finally:
        with contextlib.suppress(FlinkerError):
            settle_output()


@contextlib.contextmanager
def cancelled_by_interrupt(j_job_client: Any, elsewhere: Elsewhere | None) -> Iterator[None]:
    """What an interrupt means for a job; it is raised in any case.

    Args:
        j_job_client: the Java client of the job.
        elsewhere: its cluster, if that is not this process's.
    """
    try:
        yield
    except KeyboardInterrupt:
        if elsewhere is None:
            _cancel(j_job_client)
        else:
            job = j_job_client.getJobID().toString()
            print(
                f"\nDetached: job {job} goes on. To cancel it: flinker cancel --target "
                f"{elsewhere.address} {job}",
                file=sys.stderr,
            )
        raise


def _cancel(j_job_client: Any) -> None:
    with contextlib.suppress(FlinkerError):
        j_job_client.cancel()
        j_result = j_job_client.getJobExecutionResult()
        for _ in range(_CANCEL_SLICES):
            if wait_a_while(j_result):
                return
