# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Running a program as a user would: the whole process, its time and its memory."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

from environments import HERE, Environment

_PAGE = os.sysconf("SC_PAGE_SIZE")
_SAMPLE_SECONDS = 0.01


def seconds(environment: Environment, program: str) -> tuple[float, str]:
    """The wall clock time of a whole process, and what it printed."""
    start = time.perf_counter()
    output = _run(environment, program, lambda process: process.communicate()[0])
    return time.perf_counter() - start, output


def peak_megabytes(environment: Environment, program: str) -> float:
    """The most memory that the process and all its children held at one moment."""

    def watch(process: subprocess.Popen[str]) -> float:
        peak = 0
        while process.poll() is None:
            peak = max(peak, _tree_memory(process.pid))
            time.sleep(_SAMPLE_SECONDS)
        return peak / 2**20

    return _run(environment, program, watch)


def _run(environment, program, follow):
    with tempfile.TemporaryDirectory() as folder, open(f"{folder}/errors", "w+") as errors:
        process = subprocess.Popen(
            [environment.python, str(HERE / "programs" / program), f"{folder}/output"],
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


def _tree_memory(root: int) -> int:
    """Resident memory of a process and its descendants; shared pages count once each process."""
    parents, memory = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
            memory[int(entry.name)] = int(fields[21]) * _PAGE
    total, todo = 0, [root]
    while todo:
        pid = todo.pop()
        total += memory.get(pid, 0)
        todo += [child for child, parent in parents.items() if parent == pid]
    return total
