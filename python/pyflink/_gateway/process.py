# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The JVM as a child process: start, handshake, output, end."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence

from pyflink._gateway.authorization import jvm_environment
from pyflink._gateway.console import ErrorPump, OutputPump
from pyflink._gateway.errors import GatewayError, JavaCrashedError
from pyflink._gateway.java_home import Java
from pyflink._gateway.options import (
    common_options,
    crash_report,
    process_options,
    user_options,
)

_MAIN = "io.flinker.gateway.GatewayMain"
_START_SECONDS = 60.0
_EXIT_SECONDS = 5.0


class JavaProcess:
    """A running JVM with its gateway's port and secret.

    Args:
        java: the Java to run.
        jars: the class path.
        archive_options: options to start on a class-data archive, or to write one.
        cluster: whether the embedded cluster shall start at once, with no settings of a program's.

    Raises:
        JavaCrashedError: if the JVM crashes before its gateway is up.
        GatewayError: if the JVM does not run or does not announce its port within the deadline
            (FLINKER_START_TIMEOUT, in seconds, default 60); the JVM's last words are in it.
    """

    def __init__(
        self,
        java: Java,
        jars: Sequence[str],
        archive_options: Sequence[str] = (),
        cluster: bool = False,
    ):
        self.archive_options = archive_options
        self.token = secrets.token_hex(32)
        # mkdtemp makes it readable by this user only
        self.work_directory = tempfile.mkdtemp(prefix="flinker-")
        try:
            self._process = self._start(
                java.executable,
                *common_options(java.version),
                *process_options(self.work_directory),
                *archive_options,
                *user_options(),
                "-cp",
                os.pathsep.join(jars),
                _MAIN,
                self.work_directory,
            )
        except BaseException:
            shutil.rmtree(self.work_directory, ignore_errors=True)
            raise
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self.stdout = OutputPump(self._process.stdout.fileno())
        self.stderr = ErrorPump(self._process.stderr.fileno())
        self.stdout.start()
        self.stderr.start()
        try:
            self.port = self._handshake(cluster)
        except BaseException:
            self.kill()
            raise
        self.stderr.quiet = False

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C belongs to Python, which then cancels the job in order.
        if os.name == "nt":
            apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}  # type: ignore[attr-defined]
        else:
            apart = {"start_new_session": True}
        try:
            return subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                env=jvm_environment(),
                **apart,
            )
        except OSError as e:
            raise GatewayError(f"Java could not be started: {e}") from e

    def _handshake(self, cluster: bool) -> int:
        seconds = float(os.environ.get("FLINKER_START_TIMEOUT", _START_SECONDS))
        deadline = time.monotonic() + seconds
        assert self._process.stdin is not None
        # a JVM that has died already says why on standard error
        with contextlib.suppress(BrokenPipeError):
            greeting = f"{self.token} cluster\n" if cluster else f"{self.token}\n"
            self._process.stdin.write(greeting.encode())
        port = self.stdout.wait_for_port(deadline)
        if port is not None:
            return port
        if time.monotonic() >= deadline:
            raise GatewayError(
                f"The JVM did not come up within {seconds:g} seconds "
                f"(FLINKER_START_TIMEOUT).{self.last_words()}"
            )
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_EXIT_SECONDS)
        error = JavaCrashedError if self.has_crashed() else GatewayError
        raise error(f"The JVM ended before it was up ({self.ending()}).{self.last_words()}")

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def has_crashed(self) -> bool:
        """Whether it died of an error of the JVM itself."""
        return os.path.exists(crash_report(self.work_directory))

    def ending(self) -> str:
        """How the process ended, in words."""
        code = self._process.poll()
        if code is None:
            return "still running"
        return f"exit code {code}" if code >= 0 else f"killed by signal {-code}"

    def await_ending(self) -> str | None:
        """How the process ended, for somebody who saw its connection break; None if it lives."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_EXIT_SECONDS)
        return None if self.is_alive() else self.ending()

    def last_words(self) -> str:
        """What the JVM said last, for an error message; empty if it said nothing."""
        self.stderr.wait_for(2**63, time.monotonic() + 0.5)
        head = self.stdout.head()
        lines = [*head.splitlines(), *self.stderr.last_words]
        return " Its last words:\n  " + "\n  ".join(lines[-30:]) if lines else ""

    def settle(self, out: int, err: int, seconds: float = 5.0) -> None:
        """Waits until so many bytes of its output have been shown."""
        deadline = time.monotonic() + seconds
        self.stdout.wait_for(out, deadline)
        self.stderr.wait_for(err, deadline)

    def stop(self, seconds: float) -> bool:
        """Lets the JVM go in order, shutdown hooks and all; after so many seconds it is killed.

        Returns:
            whether it went in time and without an error.
        """
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        in_order = self._process.poll() == 0
        self.kill()
        return in_order

    def kill(self) -> None:
        """Ends the JVM at once and removes its work directory."""
        self._process.kill()
        self._process.wait()
        for pump in (self.stdout, self.stderr):
            # they end with the pipes; one that is stuck in the user's stream is left behind
            pump.join(_EXIT_SECONDS)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            assert pipe is not None
            pipe.close()
        shutil.rmtree(self.work_directory, ignore_errors=True)

    def kill_with_children(self) -> None:
        """Ends the JVM at once, and what it has started."""
        if os.name == "nt":
            tree = ["taskkill", "/F", "/T", "/PID", str(self._process.pid)]
            subprocess.run(tree, capture_output=True, check=False)
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self.kill()

    def forget(self) -> None:
        """For a forked child: lets go of the parent's JVM without touching it."""
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    os.close(pipe.fileno())
        self._process.returncode = 0
