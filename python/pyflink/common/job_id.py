# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The identifier of a job."""

from __future__ import annotations

from typing import Any

__all__ = ["JobID"]


class JobID:
    """The identifier of a job: 32 hexadecimal digits as text.

    Args:
        j_job_id: the Java ``JobID``.
    """

    def __init__(self, j_job_id: Any) -> None:
        self._j_job_id = j_job_id

    def __str__(self) -> str:
        return str(self._j_job_id.toString())

    def __repr__(self) -> str:
        return f"JobID({self})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, JobID) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))
