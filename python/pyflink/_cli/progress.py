# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the command says of a job that runs: a few lines, and on a terminal one that is live."""

from __future__ import annotations

import contextlib
import shutil
import sys
import threading
from collections.abc import Iterator
from typing import Any, TextIO

import click

from pyflink._submit.target import Progress, Reporter, report_to, reporter

_ERASE = "\r\x1b[2K"


@contextlib.contextmanager
def reporting() -> Iterator[None]:
    """Tells the user of jobs on standard error.

    On a terminal the last line is live, and goes away whenever something else is written.
    """
    before = sys.stdout, sys.stderr, reporter()
    line = LiveLine(sys.stderr)
    if sys.stderr.isatty():
        sys.stdout, sys.stderr = Above(sys.stdout, line), Above(sys.stderr, line)
        report_to(LiveReporter(line))
    else:
        report_to(LineReporter())
    try:
        yield
    finally:
        line.erase()
        sys.stdout, sys.stderr, former = before
        report_to(former)


class LineReporter(Reporter):
    """Writes a line for what the user should know."""

    def started(self, name: str, job: str, address: str) -> None:
        click.secho(f"flinker: job '{name}' runs as {job} on {address}", err=True, dim=True)

    def notice(self, text: str) -> None:
        click.secho(f"flinker: {text}", err=True, fg="yellow")


class LiveReporter(LineReporter):
    """Shows the progress of a job in a line that stays the last one.

    Args:
        line: that line.
    """

    def __init__(self, line: LiveLine) -> None:
        self._line = line

    def is_live(self) -> bool:
        return True

    def progress(self, progress: Progress | None) -> None:
        if progress is None:
            self._line.erase()
            return
        minutes, seconds = divmod(int(progress.seconds), 60)
        self._line.show(
            f"{progress.job}: {progress.state}, {progress.started} of {progress.tasks} tasks, "
            f"{minutes}:{seconds:02}"
        )


class LiveLine:
    """A line of a terminal that can be written again and erased. Any thread may do so.

    Args:
        terminal: where it is.
    """

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal
        self._lock = threading.RLock()
        self._shown = False
        self._begun = False

    def show(self, text: str) -> None:
        """Shows a text, unless somebody has begun a line of their own."""
        width = shutil.get_terminal_size().columns
        with self._lock:
            if not self._begun:
                self._terminal.write(f"{_ERASE}{text[: width - 1]}")
                self._terminal.flush()
                self._shown = True

    def erase(self) -> None:
        """Makes it go away, if it is there."""
        with self._lock:
            if self._shown:
                self._terminal.write(_ERASE)
                self._terminal.flush()
                self._shown = False

    def write(self, stream: TextIO, text: str) -> int:
        """Writes something else."""
        with self._lock:
            self.erase()
            if text:
                self._begun = not text.endswith("\n")
            return stream.write(text)


class Above:
    """A text stream on the terminal of a live line; what is written goes above that.

    Args:
        stream: the stream.
        line: the line.
    """

    def __init__(self, stream: TextIO, line: LiveLine) -> None:
        self._stream = stream
        self._line = line

    def write(self, text: str) -> int:
        """As of the stream."""
        if not self._stream.isatty():
            return self._stream.write(text)
        return self._line.write(self._stream, text)

    def writelines(self, lines: Any) -> None:
        """As of the stream."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
