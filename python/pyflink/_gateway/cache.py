# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The folder for what Flinker keeps between runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_directory() -> Path | None:
    """FLINKER_CACHE_DIR, else a folder of its own in the user's cache folder; may not exist yet.

    Returns:
        None if there is no such place: no home, or one that belongs to somebody else.
    """
    chosen = os.environ.get("FLINKER_CACHE_DIR")
    if chosen:
        return Path(os.path.abspath(chosen))
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local, "flinker", "Cache") if local else None
    shared = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(shared):
        return Path(shared, "flinker")
    try:
        home = Path.home()
        # sudo may leave HOME at another user's: root's files in there would be in that user's way
        if home.stat().st_uid != os.geteuid():
            return None
    except (OSError, RuntimeError):
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "flinker"
