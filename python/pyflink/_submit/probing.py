# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Which Python the task managers of a cluster have, asked before a job goes there.

A job of Java alone goes to every free slot and has each task manager run a few lines of Python. Who
has answered well is remembered in the cache, so that a cluster is asked again only when it has new
task managers, or when a job needs something else.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyflink._gateway import java_class
from pyflink._gateway.cache import cache_directory
from pyflink._gateway.errors import FlinkerError
from pyflink._submit.archives import digest_of
from pyflink._submit.libraries import LANDING
from pyflink._submit.rest import Rest
from pyflink._submit.shipping import Shipment

_LOG = logging.getLogger("pyflink.submit")
_TARGETS = "io.flinker.gateway.Targets"
_SECONDS = 60
# more tasks than these would take longer than they are worth
_MOST_TASKS = 256
_REMEMBERED_SECONDS = 7 * 24 * 3600
_FIT = "fits"
_LANDED = "flinker landed\0"
_DESCRIBED = "flinker described\0"
_DESCRIBE = r"""
sys.stdout.write("\0".join(["flinker described", platform.python_version(), sys.executable,
    " ".join((platform.system(),) + (platform.machine(),) + platform.libc_ver()).strip(), ""]))
"""


@dataclass(frozen=True)
class Answer:
    """What a task manager says of its Python.

    Args:
        manager: its identifier.
        found: its version, path and platform; empty if there is none.
        unfit: why the job's workers cannot run there; empty if they can.
    """

    manager: str
    found: str
    unfit: str


def check_task_managers(j_env: Any, shipment: Shipment, address: str) -> None:
    """Has a job refused if a task manager's Python cannot run its functions.

    Asks those that have a free slot and have not been asked before; the others find out themselves
    when they get a task of the job. The job is made ready and uploaded meanwhile, and runs when all
    of them fit; else its ``execute`` raises a ``WorkerSetupError`` that says how they do not.

    Args:
        j_env: the Java environment that the job is made in.
        shipment: what the job takes along.
        address: of the cluster.

    Raises:
        ClusterError: if it cannot be reached.
    """
    targets = java_class(_TARGETS)
    permission = targets.permission(j_env)
    if not targets.needsPython(j_env):
        permission.answer("")
        return
    managers = Rest(address).get("/taskmanagers")["taskmanagers"]
    notes = {str(manager["id"]): _note(manager, shipment) for manager in managers}
    known = {manager for manager, note in notes.items() if note is not None and note.is_file()}
    free = {str(manager["id"]): int(manager["freeSlots"]) for manager in managers}
    if not any(slots and manager not in known for manager, slots in free.items()):
        permission.answer("")
        return

    def find_out() -> None:
        reason = ""
        try:
            answers = ask(j_env, shipment, sum(free.values()))
            reason = _misfit(answers, shipment, len(managers))
            if not reason:
                _remember(note for a in answers if (note := notes.get(a.manager)) is not None)
        except FlinkerError as e:
            # what keeps this one away from the cluster will keep the job away
            _LOG.debug("the task managers could not be asked: %s", e)
        finally:
            permission.answer(reason)

    threading.Thread(target=find_out, name="flinker-probe", daemon=True).start()


def _misfit(answers: list[Answer], shipment: Shipment, managers: int) -> str:
    unfit = [answer for answer in answers if answer.unfit]
    if not unfit:
        return ""
    first = unfit[0]
    others = f" ({len(unfit)} of {managers} are like that)" if len(unfit) > 1 else ""
    return (
        f"The Python of task manager {first.manager}{others}, '{_unpacker(shipment)}', "
        f"{first.unfit}"
    )


def ask(j_env: Any, shipment: Shipment, slots: int) -> list[Answer]:
    """What the task managers with free slots say; those that say nothing are left out.

    Args:
        j_env: a Java environment on the cluster.
        shipment: what a job takes along.
        slots: how many are free.
    """
    python = "" if shipment.brings_interpreter() else shipment.target.python
    command = [_unpacker(shipment), "-c", LANDING.read_text("utf-8") + _DESCRIBE]
    command += [python, shipment.target.machine, shipment.libc]
    texts = java_class(_TARGETS).ask(j_env, min(slots, _MOST_TASKS), command, _SECONDS)
    said = [str(texts[index]) for index in range(len(texts))]
    answers = map(_answer, said[::3], said[1::3], said[2::3])
    return sorted(answers, key=lambda answer: answer.manager)


def _unpacker(shipment: Shipment) -> str:
    """The interpreter that is there before the job is."""
    return "python3" if shipment.brings_interpreter() else shipment.executable


def _answer(manager: str, said: str, failure: str) -> Answer:
    if failure:
        return Answer(
            manager,
            "",
            f"cannot be run ({failure}). Install Python there, or name another interpreter with "
            "set_python_executable() or 'python.executable'.",
        )
    _, landed, verdict = said.rpartition(_LANDED)
    verdict, _, description = verdict.partition(_DESCRIBED)
    if not landed or not description:
        return Answer(manager, "", f"does not answer. Its last words: {said.strip()[-500:]}")
    version, executable, platform = description.split("\0")[:3]
    state, reason = verdict.split("\0")[:2]
    return Answer(manager, f"{version} ({executable}), {platform}", "" if state == _FIT else reason)


# ---- who has been asked


def _note(manager: dict[str, Any], shipment: Shipment) -> Path | None:
    """The file that is there if this task manager is known to fit; None without a cache."""
    cache = cache_directory()
    if cache is None:
        return None
    # one that is started again has another path or port, even where it keeps its identifier
    texts = [str(manager.get(part)) for part in ("id", "path", "dataPort")]
    texts += [shipment.executable, shipment.target.python, shipment.target.machine, shipment.libc]
    return cache / "task-managers" / digest_of(texts)


def _remember(notes: Iterable[Path]) -> None:
    for note in notes:
        # a cache that cannot be written is none
        with contextlib.suppress(OSError):
            note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            for old in _outdated(note.parent):
                old.unlink(missing_ok=True)
            note.touch()


def _outdated(folder: Path) -> Iterator[Path]:
    oldest = time.time() - _REMEMBERED_SECONDS
    for file in folder.iterdir():
        if file.stat().st_mtime < oldest:
            yield file
