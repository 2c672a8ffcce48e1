# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What becomes of a job on a cluster elsewhere, while this process waits for it."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from typing import Any

from pyflink._gateway.errors import ClusterError, JavaError
from pyflink._submit.rest import Rest, last_cause
from pyflink._submit.slots import ADVICE, slots_of
from pyflink._submit.target import Elsewhere, Progress, reporter

_POLL_SECONDS = 1.0
# as long as nobody looks and all tasks run
_SELDOM_SECONDS = 5.0
_PATIENCE_SECONDS = 3.0
_ENDED = ("FINISHED", "CANCELED", "FAILED", "SUSPENDED")
_STARTED = ("RUNNING", "FINISHED", "INITIALIZING", "DEPLOYING")
_RESTARTING = ("RESTARTING", "FAILING")
_NO_SLOTS = "NoResourceAvailableException"


@dataclass(frozen=True)
class _State:
    """A job as the cluster tells it.

    Args:
        name: the state, as Flink calls it.
        tasks: how many tasks it has.
        started: how many of them have a slot.
        waiting: how many of them wait for one.
    """

    name: str
    tasks: int
    started: int
    waiting: int

    @staticmethod
    def of(detail: dict[str, Any]) -> _State:
        """Reads what the REST interface says of a job."""
        counts: dict[str, int] = {}
        for vertex in detail["vertices"]:
            for state, count in vertex["tasks"].items():
                counts[state] = counts.get(state, 0) + int(count)
        tasks = sum(counts.values())
        # the adaptive scheduler has no tasks scheduled before it has slots for all of them
        waiting = tasks if detail["state"] == "CREATED" else counts.get("SCHEDULED", 0)
        started = sum(counts.get(state, 0) for state in _STARTED)
        return _State(str(detail["state"]), tasks, started, waiting)


class Following:
    """Asks a cluster for the state of a job again and again, in a thread of its own.

    Tells the reporter how the job is getting on, that it waits for slots, and of its failures.

    Args:
        elsewhere: the cluster.
        job: the job's identifier.
        name: the job's name.
    """

    def __init__(self, elsewhere: Elsewhere, job: str, name: str) -> None:
        self._rest = Rest(elsewhere.address)
        self._job = job
        self._name = name
        self._begin = time.monotonic()
        self._waiting_since: float | None = None
        self._told = False
        self._last_failure = ""
        self._stopped = threading.Event()
        reporter().started(name, job, elsewhere.address)
        self._thread = threading.Thread(target=self._run, name="flinker-following", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """The job is not waited for any more."""
        self._stopped.set()
        reporter().progress(None)

    def detach(self) -> None:
        """Tells the user how to end the job, which goes on."""
        self.stop()
        print(
            f"\nDetached: job {self._job} goes on. To cancel it: flinker cancel --target "
            f"{self._rest.address} {self._job}",
            file=sys.stderr,
        )

    def explained(self, error: BaseException) -> ClusterError | None:
        """What to raise instead of an error of the job; None if that says all there is."""
        if not isinstance(error, JavaError):
            return None
        try:
            self._rest.get("/overview")
        except ClusterError:
            return ClusterError(
                f"The cluster at {self._rest.address} does not answer any more: whether job "
                f"'{self._name}' goes on is to be asked when it does, with flinker status "
                f"--target {self._rest.address} {self._job}",
                error.java_trace,
            )
        if _NO_SLOTS not in error.java_trace:
            return None
        return ClusterError(
            f"Job '{self._name}' has failed, as the cluster at {self._rest.address} has no slots "
            f"for it: {self._free()} {ADVICE}",
            error.java_trace,
        )

    def _run(self) -> None:
        pause = _POLL_SECONDS
        while not self._stopped.wait(pause):
            try:
                state = _State.of(self._rest.get(f"/jobs/{self._job}"))
                self._look(state)
            except (ClusterError, KeyError, TypeError):
                # who waits for the job is told by Flink's client
                continue
            if state.name in _ENDED:
                break
            busy = state.started < state.tasks or reporter().is_live()
            pause = _POLL_SECONDS if busy else _SELDOM_SECONDS

    def _look(self, state: _State) -> None:
        now = time.monotonic()
        if not self._stopped.is_set():
            seconds = now - self._begin
            reporter().progress(
                Progress(self._name, state.name, state.started, state.tasks, seconds)
            )
        if state.name in _RESTARTING:
            self._tell_failure()
        if not state.waiting:
            self._waiting_since = None
            self._told = False
            return
        if self._waiting_since is None:
            self._waiting_since = now
        waited = now - self._waiting_since
        if waited >= _PATIENCE_SECONDS and not self._told:
            self._told = True
            reporter().notice(
                f"Job '{self._name}' waits for slots, which {state.waiting} of its {state.tasks} "
                f"tasks do not have: {self._free()} {ADVICE}"
            )

    def _tell_failure(self) -> None:
        """Tells why the job starts again, unless that is as the last time."""
        history = self._rest.get(f"/jobs/{self._job}/exceptions?maxExceptions=1")
        for failure in history["exceptionHistory"]["entries"][:1]:
            # between them is a traceback, perhaps
            lines = last_cause(str(failure["stacktrace"])).splitlines()
            cause = " ".join(dict.fromkeys([lines[0], lines[-1]]))
            if cause != self._last_failure:
                self._last_failure = cause
                reporter().notice(
                    f"Job '{self._name}' has failed and starts again: {cause} (The whole trace: "
                    f"flinker status {self._job})"
                )

    def _free(self) -> str:
        try:
            free, slots = slots_of(self._rest)
        except ClusterError:
            return "none are free."
        return f"{free} of {slots} are free."
