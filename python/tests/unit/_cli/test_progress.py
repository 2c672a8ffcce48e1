# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The line that is live on a terminal, and what is written beside it."""

from __future__ import annotations

import io
import logging

import pytest

from pyflink._cli.progress import Above, LineReporter, LiveLine, LiveReporter, reporting
from pyflink._submit.target import Progress, Reporter, report_to, reporter

ERASE = "\r\x1b[2K"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


def test_the_line_goes_away_for_other_output(terminal) -> None:
    line = LiveLine(terminal)
    out = Above(terminal, line)
    live = LiveReporter(line)
    live.progress(Progress("mine", "RUNNING", 2, 4, 61.5))
    print("result", file=out)
    live.progress(Progress("mine", "RUNNING", 4, 4, 62.5))
    live.progress(None)
    # the file that is no terminal has nothing of it
    plain = io.StringIO()
    print("plain", file=Above(plain, line))
    shown = f"{ERASE}mine: RUNNING, 2 of 4 tasks, 1:01{ERASE}result\n"
    assert terminal.getvalue() == f"{shown}{ERASE}mine: RUNNING, 4 of 4 tasks, 1:02{ERASE}"
    assert plain.getvalue() == "plain\n"


def test_a_line_that_somebody_has_begun_stays(terminal) -> None:
    line = LiveLine(terminal)
    out = Above(terminal, line)
    out.write("no end")
    line.show("not shown")
    out.writelines([" yet\n"])
    line.show("x" * 1000)
    begin, _, shown = terminal.getvalue().partition(ERASE)
    assert begin == "no end yet\n"
    assert shown == "x" * len(shown)
    assert 10 < len(shown) < 1000


def test_a_terminal_has_a_live_line_and_others_have_none(terminal, monkeypatch, capsys) -> None:
    with reporting():
        assert type(reporter()) is LineReporter
        reporter().started("mine", "12", "http://host:1")
        reporter().progress(Progress("mine", "RUNNING", 2, 4, 0))
        reporter().notice("look")
    said = capsys.readouterr().err
    assert said == "flinker: job 'mine' runs as 12 on http://host:1\nflinker: look\n"
    monkeypatch.setattr("sys.stderr", terminal)
    with reporting():
        assert reporter().is_live()
        reporter().progress(Progress("mine", "RUNNING", 2, 4, 0))
    assert terminal.getvalue() == f"{ERASE}mine: RUNNING, 2 of 4 tasks, 0:00{ERASE}"


def test_a_plain_program_has_a_log_record(caplog) -> None:
    report_to(Reporter())
    with caplog.at_level(logging.WARNING, "pyflink"):
        reporter().notice("it waits")
    assert caplog.messages == ["it waits"]
