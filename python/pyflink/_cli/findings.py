# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the doctor says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

GOOD, POOR, BAD = "ok", "warning", "error"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Args:
        what: was looked at.
        state: GOOD, POOR (it works, but not as well as it could) or BAD.
        found: in a few words.
        advice: what to do about it; empty for nothing.
    """

    what: str
    state: str
    found: str
    advice: str = ""


def examine(what: str, look: Callable[[], Finding]) -> Iterator[Finding]:
    """The finding of an examination that may fail, whose error is the finding then."""
    try:
        yield look()
    except Exception as e:  # whatever is wrong, the other examinations go on
        yield Finding(what, BAD, f"{type(e).__name__}: {e}")
