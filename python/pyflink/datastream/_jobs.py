# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Waiting for a job."""

from __future__ import annotations

import contextlib
from typing import Any

from pyflink._gateway import settle_output, wait_a_while
from pyflink._gateway.errors import FlinkerError

_CANCEL_SLICES = 20


def wait_for(j_job_client: Any) -> Any:
    """The Java result of a job that has been submitted.

    An interrupt cancels the job, waits up to ten seconds for its end and is raised then. Output of
    the job that has been printed has reached the user when this returns or raises.

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
        _cancel(j_job_client, j_result)
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
