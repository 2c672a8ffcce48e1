# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What went wrong in a function, for the one who waits for the job."""

from __future__ import annotations

import contextlib
import os
import pickle
import reprlib
import traceback
from types import TracebackType
from typing import Any

from pyflink._codec import by_value

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_LONGEST_RECORD = 1000
_DEEPEST = 20


class FunctionError(Exception):
    """A user's function has failed.

    Args:
        stage: what it was doing, as the protocol's ``Stage`` calls it.
        function: its name.
        cause: what it raised.
        record: the record it was called with, in a list of one; empty if there was none.
    """

    def __init__(
        self, stage: str, function: str, cause: BaseException, record: tuple[Any, ...] = ()
    ) -> None:
        super().__init__(stage, function)
        self.stage = stage
        self.function = function
        self.cause = cause
        self.record = record

    def to_message(self, protocol: Any) -> Any:
        """The protocol's ``Failure``."""
        error = self.cause
        trimmed = _users_part(error.__traceback__)
        kind = type(error)
        return protocol.Failure(
            function=self.function,
            stage=protocol.stages[self.stage],
            record=_short(self.record[0]) if self.record else "",
            exception=_pickled(error),
            type_name=f"{kind.__module__}.{kind.__qualname__}",
            message=_text(error),
            traceback="".join(traceback.format_exception(kind, error, trimmed)),
        )


def _short(record: Any) -> str:
    shortener = reprlib.Repr()
    shortener.maxstring = shortener.maxother = 500
    shortener.maxlong = 100
    shortener.maxlist = shortener.maxtuple = shortener.maxdict = shortener.maxset = 20
    try:
        text = repr(record) if isinstance(record, (str, bytes)) and len(record) < 500 else None
        text = text or shortener.repr(record)
    except Exception as e:
        text = f"<{type(record).__qualname__} whose repr() raises {type(e).__qualname__}>"
    return text if len(text) <= _LONGEST_RECORD else text[:_LONGEST_RECORD] + "..."


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:
        return ""


def _users_part(trace: TracebackType | None) -> TracebackType | None:
    """The traceback from the user's first frame on."""
    at = trace
    while at is not None and _is_ours(at.tb_frame.f_code.co_filename):
        at = at.tb_next
    return at or trace


def _is_ours(file: str) -> bool:
    return file.startswith(("<flinker", _PACKAGE))


def _pickled(error: BaseException) -> bytes:
    try:
        return pickle.dumps(_tree(error, 0))
    except Exception:
        return b""


def _tree(error: BaseException, depth: int) -> dict[str, Any]:
    """An exception with all that pickling it alone would lose."""
    kind = type(error)
    tree: dict[str, Any] = {
        "type": f"{kind.__module__}.{kind.__qualname__}",
        "message": _text(error),
        "frames": [
            (frame.filename, frame.lineno, frame.name)
            for frame in traceback.extract_tb(_users_part(error.__traceback__))
        ],
        "suppress": error.__suppress_context__,
    }
    with contextlib.suppress(Exception):
        tree["pickle"] = by_value.dumps(error)
    if depth < _DEEPEST:
        for name in ("cause", "context"):
            other = getattr(error, f"__{name}__")
            if other is not None:
                tree[name] = _tree(other, depth + 1)
    return tree
