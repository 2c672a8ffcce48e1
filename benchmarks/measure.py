# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Running a program as a user would: the whole process, its time and its memory."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

from environments import HERE, Environment

_SAMPLE_SECONDS = 0.01


def seconds(environment: Environment, program: str, *arguments: str) -> tuple[float, str]:
    """The wall clock time of a whole process, and what it printed."""
    start = time.perf_counter()
    output = _run(environment, program, lambda process: process.communicate()[0], *arguments)
    return time.perf_counter() - start, output


def peak_megabytes(environment: Environment, program: str, *arguments: str) -> float:
    """The most memory that the process and all its children held at one moment.

    A page that several of them share counts once, in parts.
    """

    def watch(process: subprocess.Popen[str]) -> float:
        peak = 0
        while process.poll() is None:
            peak = max(peak, sum(memory_of(pid) for pid in tree(process.pid)))
            time.sleep(_SAMPLE_SECONDS)
        return peak / 2**20

    return _run(environment, program, watch, *arguments)


def _run(environment, program, follow, *arguments):
    with tempfile.TemporaryDirectory() as folder, open(f"{folder}/errors", "w+") as errors:
        process = subprocess.Popen(
            [environment.python, str(HERE / "programs" / program), f"{folder}/output", *arguments],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=environment.variables(),
            cwd=folder,
        )
        result = follow(process)
        if process.wait() != 0:
            errors.seek(0)
            raise RuntimeError(f"{program} failed on {environment.name}:\n{errors.read()}")
        return result


def tree(root: int) -> list[int]:
    """A process and its descendants."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += [child for child, parent in parents.items() if parent == pid]
    return found


def memory_of(pid: int, kinds: tuple[str, ...] = ("Pss:",)) -> int:
    """Bytes of a process, by the names that /proc/PID/smaps_rollup has for them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0  # it has ended
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith(kinds))
