# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the program wants to have logged; workers log no more than that."""

from __future__ import annotations

import logging


def log_levels() -> bytes:
    """The level that is disabled and the levels of loggers, as texts with NULs between them."""
    root = logging.getLogger()
    texts = [str(root.manager.disable), "root", str(root.level)]
    for name, logger in list(root.manager.loggerDict.items()):
        if isinstance(logger, logging.Logger) and logger.level != logging.NOTSET:
            texts += name, str(logger.level)
    return "\0".join(texts).encode("utf-8", "replace")
