# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What functions log, on its way to the client.

A worker logs what the client's levels let through. What no handler in the worker takes goes to the
client, which hands it to its own logger of the same name: so the program's handlers and formats
count. A function that configures logging for itself, with ``basicConfig`` in ``open`` for example,
has its own way.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from typing import Any

from pyflink._worker.output import write_record

_FORMATTER = logging.Formatter()
# what makes no sense in another process, or is set here
_NOT_SENT = {"msg", "args", "exc_info", "exc_text", "relativeCreated"}
_SIMPLE = (str, int, float, bool, type(None), list, tuple, dict)


class ClientHandler(logging.Handler):
    """Sends records to the client, in their place among what the worker prints.

    Args:
        protocol: the messages.
        descriptor: of the pipe that the client sees as this worker's standard output.
    """

    def __init__(self, protocol: Any, descriptor: int) -> None:
        super().__init__()
        self._protocol = protocol
        self._descriptor = descriptor
        self.task: dict[str, Any] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Sends a record."""
        try:
            stdout = sys.__stdout__
            if stdout is not None:
                stdout.flush()
            write_record(self._descriptor, self._message(record))
        except Exception:  # as every handler does
            self.handleError(record)

    def _message(self, record: logging.LogRecord) -> bytes:
        message = record.getMessage()
        error = record.exc_text
        if record.exc_info and not error:
            error = _FORMATTER.formatException(record.exc_info)
        attributes = dict(self.task)
        attributes.update(
            (name, value if isinstance(value, _SIMPLE) else str(value))
            for name, value in record.__dict__.items()
            if name not in _NOT_SENT
        )
        attributes.update(msg=message, args=None, exc_info=None, exc_text=error)
        data = self._protocol.LogRecord(
            logger=record.name,
            level=record.levelno,
            text=f"{message}\n{error}" if error else message,
            attributes=_json(attributes).encode(),
        ).SerializeToString()
        assert isinstance(data, bytes)
        return data


def _json(attributes: dict[str, Any]) -> str:
    try:
        return json.dumps(attributes, default=str, skipkeys=True)
    except (TypeError, ValueError, RecursionError):
        # something that holds itself
        return json.dumps(
            {
                name: str(value) if isinstance(value, (list, tuple, dict)) else value
                for name, value in attributes.items()
            },
            default=str,
        )


_client: ClientHandler | None = None
_configure = logging.basicConfig


def install(protocol: Any, descriptor: int, levels: Mapping[str, int], disabled: int) -> None:
    """Makes this process log for the client.

    Args:
        protocol: the messages.
        descriptor: of a pipe to the nursery.
        levels: those of the client's loggers, "root" for the outermost one; empty: INFO.
        disabled: the level up to which nothing is logged.
    """
    global _client
    _client = ClientHandler(protocol, descriptor)
    logging.disable(disabled)
    logging.getLogger().setLevel(logging.INFO)
    for name, level in levels.items():
        logging.getLogger(None if name == "root" else name).setLevel(level)
    logging.Logger.callHandlers = _call_handlers  # type: ignore[method-assign]
    logging.basicConfig = _basic_config


def set_task(operator: str, subtask: int) -> None:
    """Says for whom this process works; records have it as attributes."""
    if _client is not None:
        _client.task = {"operator": operator, "subtask": subtask}


def _basic_config(**options: Any) -> None:
    """Python's, but not for ``logging.info()`` and its like, which call it where nobody has."""
    if sys._getframe(1).f_globals is not logging.__dict__:
        _configure(**options)


def _call_handlers(self: logging.Logger, record: logging.LogRecord) -> None:
    """As Python does, with the client where there are no handlers."""
    found = False
    at: logging.Logger | None = self
    while at is not None:
        for handler in at.handlers:
            # libraries add such ones so that Python does not complain
            found = found or not isinstance(handler, logging.NullHandler)
            if record.levelno >= handler.level:
                handler.handle(record)
        at = at.parent if at.propagate else None
    if not found and _client is not None:
        _client.handle(record)
