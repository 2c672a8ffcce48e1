# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The process that starts workers for a task manager.

Where there is fork it forks itself: it has imported all that a worker needs and has opened no
channel, so that a worker is there within milliseconds and shares its memory. Elsewhere, or if
``FLINKER_WORKER_START`` is ``spawn``, each worker is an interpreter of its own. What workers print
comes here first and is passed on, so that the engine knows whose words they are, and has them all
before it hears of a worker's end.
"""

from __future__ import annotations

import os
import signal
import traceback

from pyflink._worker.forking import ForkingHost
from pyflink._worker.host import Host
from pyflink._worker.spawning import SpawningHost


def main() -> None:
    """Speaks with the engine over standard input and output; what is printed goes to error."""
    # Ctrl-C belongs to the client, which then cancels the job in order
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, news = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    nursery = _kind()(requests, news)
    try:
        nursery.run()
    except (BrokenPipeError, ConnectionError):
        pass  # the engine is gone
    except BaseException:
        # or nobody would ever know
        traceback.print_exc()
    finally:
        nursery.kill_all()
        os._exit(0)


def _kind() -> type[Host]:
    if hasattr(os, "fork") and os.environ.get("FLINKER_WORKER_START") != "spawn":
        return ForkingHost
    return SpawningHost
