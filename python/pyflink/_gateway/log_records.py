# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Log records of workers, handed to the loggers of this process."""

from __future__ import annotations

import contextlib
import json
import logging


def log(attributes: bytes) -> None:
    """Logs what a function has logged, with the logger of the same name.

    A worker has asked the levels, those that the loggers here had when the job started. Here the
    logger's filters and the handlers count.

    Args:
        attributes: those of the record, as a JSON object. One with ``of_engine`` comes from the
            engine, which has not asked.
    """
    # a handler that fails is the user's affair; what matters here is that the output goes on
    with contextlib.suppress(Exception):
        values = json.loads(attributes)
        of_engine = values.pop("of_engine", False)
        record = logging.makeLogRecord(values)
        logger = logging.getLogger(record.name)
        if not of_engine or logger.isEnabledFor(record.levelno):
            logger.handle(record)
