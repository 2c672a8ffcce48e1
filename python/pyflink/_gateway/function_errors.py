# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The exception that a Python function raised in a worker, raised again here.

It is of the same class, has the frames that it had in the worker, and knows the operator and the
record. What Java says of it is its cause.
"""

from __future__ import annotations

import contextlib
import pickle
import sys
from collections.abc import Sequence
from types import CodeType, FrameType, FunctionType, TracebackType
from typing import Any

from pyflink._gateway.errors import JavaError, PythonFunctionError

_STAGES = {
    "STAGE_OPEN": "while it was opened",
    "STAGE_RESULT": "with its result",
    "STAGE_CLOSE": "while it was closed",
}


def user_exception(java_error: JavaError, parts: Sequence[Any]) -> BaseException:
    """The exception to raise.

    Args:
        java_error: what Java says of it.
        parts: operator, stage, record, subtask, parallelism, the class of the exception, its
            message, its traceback as text, and all of it pickled, as the worker sent them.
    """
    operator, stage, record, subtask, parallelism, type_name, message, trace, pickled = parts
    place = f"In the Python function of operator '{operator}'"
    if stage in _STAGES:
        place += f", {_STAGES[stage]}"
    place += f", subtask {subtask + 1} of {parallelism}"
    if record:
        place += f", {'result' if stage == 'STAGE_RESULT' else 'record'}: {record}"
    try:
        # bytes that this job's own worker made
        error = _rebuilt(pickle.loads(pickled))
    except Exception:  # whatever the classes in it do
        error = PythonFunctionError(f"{type_name}: {message}\n{trace}")
    if hasattr(error, "add_note"):
        error.add_note(place)
    root: BaseException = error
    while root.__cause__ is not None:
        root = root.__cause__
    root.__cause__ = java_error
    return error


def _rebuilt(tree: dict[str, Any]) -> BaseException:
    error: Any = None
    with contextlib.suppress(Exception):  # its class cannot be made again, or not be found
        error = pickle.loads(tree["pickle"])
    # an exit of the worker is none of this program
    if not isinstance(error, Exception):
        error = PythonFunctionError(f"{tree['type']}: {tree['message']}")
    for name in ("cause", "context"):
        if name in tree:
            setattr(error, f"__{name}__", _rebuilt(tree[name]))
    error.__suppress_context__ = tree["suppress"]
    trace = None
    for file, line, function in reversed(tree["frames"]):
        trace = TracebackType(trace, _frame(file, line, function), 0, line)
    return error.with_traceback(trace)  # type: ignore[no-any-return]


def _here() -> FrameType:
    return sys._getframe()


def _frame(file: str, line: int, function: str) -> FrameType:
    """A frame that a traceback shows as one of this line and function."""
    changes: dict[str, Any] = {}
    if sys.version_info >= (3, 11):
        changes["co_linetable"] = _line_table(len(_here.__code__.co_code) // 2)
    code: CodeType = _here.__code__.replace(
        co_filename=file, co_name=function, co_firstlineno=line, **changes
    )
    frame = FunctionType(code, {"sys": sys, "__name__": "worker", "__file__": file})()
    assert isinstance(frame, FrameType)
    return frame


def _line_table(units: int) -> bytes:
    """Says that all instructions are in the first line, at no known columns.

    Or a traceback would mark columns of ours in the user's line. The format is that of CPython's
    Objects/locations.md: entries of up to eight instructions, here of the kind without columns.
    """
    no_columns = 13
    table = bytearray()
    while units > 0:
        length = min(units, 8)
        table += bytes([0x80 | no_columns << 3 | length - 1, 0])
        units -= length
    return bytes(table)
