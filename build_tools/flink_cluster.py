# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A stock Flink as a standalone cluster on this machine, for tests and benchmarks."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_START_SECONDS = 240
_STOP_SECONDS = 15
_POLL_SECONDS = 0.1
_INSTALL_SECONDS = 900

# The distribution is in two packages: jars in one, scripts and configuration in the other, of which
# nothing else is of use here and which is there for a few Pythons only.
_PACKAGES = ("apache-flink-libraries=={0}", "apache-flink=={0}")
_SCRIPTS_FOR = ("--platform", "manylinux2014_x86_64", "--python-version", "3.11")

# Runs a command in a process group and ends the whole group when the command ends, or when standard
# input does: so it never outlives the process that holds the other end.
_KEEPER = """
import os, signal, subprocess, sys, threading
os.setpgid(0, 0)
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
threading.Thread(target=lambda: (sys.stdin.read(), child.terminate()), daemon=True).start()
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child.wait()
os.killpg(0, signal.SIGKILL)
"""

# three JVMs at once on a small machine: what is quickest to start
_JVM = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto"

_SETTINGS = {
    "jobmanager.memory.process.size": "800m",
    "jobmanager.bind-host": "127.0.0.1",
    "jobmanager.rpc.address": "127.0.0.1",
    "rest.address": "127.0.0.1",
    "rest.bind-address": "127.0.0.1",
    "taskmanager.bind-host": "127.0.0.1",
    "taskmanager.host": "127.0.0.1",
    "taskmanager.memory.process.size": "1100m",
    "taskmanager.memory.managed.size": "64m",
    "taskmanager.memory.network.min": "32m",
    "taskmanager.memory.network.max": "32m",
    "taskmanager.numberOfTaskSlots": "4",
    # a lost task manager is noticed while a test can wait for it
    "heartbeat.interval": "500",
    "heartbeat.timeout": "5000",
}


def distribution(version: str, cache: Path) -> Path:
    """The folder of a stock Flink, installed with pip at first use.

    Args:
        version: of Flink, such as "2.3.0".
        cache: where it is kept.

    Raises:
        CalledProcessError: if pip cannot have it.
    """
    home = cache / f"flink-{version}"
    if not home.is_dir():
        part = cache / f"flink-{version}.{uuid.uuid4().hex[:8]}"
        try:
            packages = [package.format(version) for package in _PACKAGES]
            command = [sys.executable, "-m", "pip", "install", "--no-deps", "--quiet"]
            command += ["--only-binary=:all:", "--no-compile", "--root-user-action=ignore"]
            command += ["--target", str(part), *_SCRIPTS_FOR, *packages]
            subprocess.run(command, check=True, timeout=_INSTALL_SECONDS)
            for script in (part / "pyflink" / "bin").iterdir():
                script.chmod(0o755)
            with contextlib.suppress(OSError):
                part.rename(home)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return home / "pyflink"


class StandaloneCluster:
    """A job manager and task managers, each a process that its own script has started.

    All listen on loopback only. They end with :meth:`stop`, and with this process.

    Args:
        home: the folder of a stock Flink.
        folder: for configuration, logs and temporary files.
        settings: in place of those that keep it small.
        environment: changes to this process's environment variables.
    """

    def __init__(
        self,
        home: Path,
        folder: Path,
        settings: Mapping[str, str] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.home = home
        self.folder = folder
        self.rest_port = _free_port()
        self._settings = {
            **_SETTINGS,
            "jobmanager.rpc.port": str(_free_port()),
            "rest.port": str(self.rest_port),
            "rest.bind-port": str(self.rest_port),
            "io.tmp.dirs": str(folder / "tmp"),
            **(settings or {}),
        }
        self._environment = {**os.environ, **(environment or {})}
        self._processes: list[subprocess.Popen[bytes]] = []
        self._started = 0
        self.task_managers: list[subprocess.Popen[bytes]] = []
        for name in ("log", "tmp", "java-tmp"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        if not (folder / "conf").exists():
            shutil.copytree(home / "conf", folder / "conf")

    @property
    def address(self) -> str:
        """Where it takes jobs."""
        return f"http://127.0.0.1:{self.rest_port}"

    def start(self, task_managers: int = 2) -> StandaloneCluster:
        """Starts all processes and waits until every task manager offers its slots.

        Raises:
            RuntimeError: if that takes too long; with the end of the logs.
        """
        self._start("jobmanager")
        for _ in range(task_managers):
            self.add_task_manager()
        self.await_task_managers(task_managers)
        return self

    def add_task_manager(self) -> None:
        """Starts one more task manager."""
        name = f"manager-{self._started}"
        self.task_managers.append(self._start("taskmanager", f"taskmanager.resource-id={name}"))

    def await_task_managers(self, number: int) -> None:
        """Waits until there are so many.

        Raises:
            RuntimeError: if that takes too long; with the end of the logs.
        """
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, ValueError):
                slots = number * int(self._settings["taskmanager.numberOfTaskSlots"])
                if self.get("/overview")["slots-total"] == slots:
                    return
            if any(process.poll() is not None for process in self._processes):
                break
            time.sleep(_POLL_SECONDS)
        raise RuntimeError(f"The cluster has not come up: {self.log()[-4000:]}")

    def get(self, path: str) -> Any:
        """The answer of its REST interface."""
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:
            return json.load(answer)

    def log(self) -> str:
        """What all of its processes have logged and printed."""
        files = sorted((self.folder / "log").iterdir())
        return "\n".join(f"--- {file.name}\n{file.read_text('utf-8', 'replace')}" for file in files)

    def index_of(self, task_manager: str) -> int:
        """Which of its task managers has an identifier that the REST interface has told.

        Raises:
            KeyError: if none has.
        """
        for index, keeper in enumerate(self.task_managers):
            for child in _children(keeper.pid):
                if f"resource-id={task_manager}" in _command(child):
                    return index
        raise KeyError(task_manager)

    def kill_task_manager(self, index: int = 0) -> None:
        """Ends a task manager as a power failure would; what it has started ends by itself."""
        keeper = self.task_managers.pop(index)
        (child,) = _children(keeper.pid)
        os.kill(child, signal.SIGKILL)
        keeper.wait(_STOP_SECONDS)
        assert keeper.stdin is not None
        keeper.stdin.close()
        self._processes.remove(keeper)

    def stop(self) -> None:
        """Ends all processes, first by asking."""
        for process in self._processes:
            assert process.stdin is not None
            process.stdin.close()
        deadline = time.monotonic() + _STOP_SECONDS
        for process in self._processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
            if process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self._processes.clear()
        self.task_managers.clear()

    def _start(self, kind: str, *more: str) -> subprocess.Popen[bytes]:
        script = self.home / "bin" / f"{kind}.sh"
        settings = [*(f"{key}={value}" for key, value in self._settings.items()), *more]
        dynamic = [part for setting in settings for part in ("-D", setting)]
        number = self._started
        self._started += 1
        with (self.folder / "log" / f"{kind}-{number}.out").open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-c", _KEEPER, str(script), "start-foreground", *dynamic],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={
                    **self._environment,
                    "FLINK_CONF_DIR": str(self.folder / "conf"),
                    "FLINK_LOG_DIR": str(self.folder / "log"),
                    "FLINK_PID_DIR": str(self.folder / "tmp"),
                    "FLINK_IDENT_STRING": f"{kind}-{number}",
                    "JVM_ARGS": f"{_JVM} -Djava.io.tmpdir={self.folder / 'java-tmp'}",
                },
            )
        self._processes.append(process)
        return process


def _children(process: int) -> list[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    return [int(word) for word in text.split()]


def _command(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
