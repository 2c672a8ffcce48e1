# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Tracebacks without the way to Java and back.

What a job raises has come through Py4J and a handful of functions of ours, which say nothing about
the error. A public method that waits for a job drops them; it stays in the traceback itself, where
the program has called it, and asks pytest and IPython to leave it out.
"""

from __future__ import annotations

import os
from types import TracebackType
from typing import TypeVar

import py4j

from pyflink._gateway import translation

E = TypeVar("E", bound=BaseException)

_FOLDERS = tuple(
    os.path.join(os.path.dirname(os.path.abspath(file)), "")
    for file in (os.path.dirname(__file__), py4j.__file__)
)


def hide_frames(error: E) -> E:
    """The error, without the frames between the caller's and those that it had in a worker.

    Only of an error that Java has answered with: the frames of all others are worth seeing.
    """
    at: TracebackType | None = error.__traceback__
    through_java = False
    while at is not None and at.tb_frame.f_code.co_filename.startswith(_FOLDERS):
        through_java = through_java or at.tb_frame.f_code is translation._translate.__code__
        at = at.tb_next
    return error.with_traceback(at) if through_java else error
