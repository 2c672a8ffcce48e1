# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the command says of arguments that make no sense."""

from __future__ import annotations

import os
from collections.abc import Iterator
from unittest import mock

import pytest

from pyflink._cli.main import main
from pyflink._submit import target

CLUSTER = ("-t", "http://127.0.0.1:1")


@pytest.fixture(autouse=True)
def nothing_set() -> Iterator[None]:
    """What the command sets for the program is gone afterwards."""
    with mock.patch.dict(os.environ), mock.patch.dict(target.DEFAULTS, clear=True):
        os.environ.pop("FLINKER_TARGET", None)
        yield


@pytest.fixture
def flinker(monkeypatch, capsys):
    """Runs it; the code that it ends with, and what it says on standard error."""

    def flinker(*arguments: str) -> tuple[object, str]:
        monkeypatch.setattr("sys.argv", ["flinker", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        return end.value.code, capsys.readouterr().err

    return flinker


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["list", "-t", "ftp://host"], "'ftp://host' is no address of a cluster"),
        (["submit", "-t", "http://a:b@host", "job.py"], "FLINKER_TARGET_PASSWORD"),
        (["list", *CLUSTER], "There is no cluster at http://127.0.0.1:1"),
        (["doctor", *CLUSTER], "There is no cluster at http://127.0.0.1:1"),
        (["submit", *CLUSTER, "-j", "/no/it.jar", "job.py"], "There is no jar at /no/it.jar"),
        (["submit", *CLUSTER, "-C", "it.jar", "job.py"], "-C takes the URL of a place"),
        (["run", "-pyfs", "/no/such.py", "job.py"], "There is nothing at /no/such.py"),
        (["submit", *CLUSTER, "--name", "x", "job.py"], "There is no cluster at"),
    ],
)
def test_one_sentence(flinker, arguments, text) -> None:
    code, said = flinker(*arguments)
    assert code == 1
    assert said.startswith("flinker: ")
    assert text in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["list"], "Name the cluster: '--target http://host:8081'"),
        (["submit", *CLUSTER, "-p", "nine", "job.py"], "'nine' is not a valid integer"),
        (["submit", *CLUSTER, "-p", "0", "job.py"], "0 is not in the range"),
        (["submit", *CLUSTER, "-D", "key", "job.py"], "-D key=VALUE"),
        (["submit", *CLUSTER, "--nosuch", "job.py"], "No such option '--nosuch'"),
        (["submit", *CLUSTER], "Name the program"),
        (["run", "/no/job.py"], "There is no program /no/job.py"),
    ],
)
def test_usage(flinker, arguments, text) -> None:
    code, said = flinker(*arguments)
    assert code == 2
    assert said.splitlines()[-1].startswith("Error: ")
    assert text in said


def test_all_of_it_is_shown_when_wanted(flinker) -> None:
    code, said = flinker("list", *CLUSTER, "--verbose")
    assert code == 1
    assert said.startswith("Traceback")
    assert "ConnectionRefusedError" in said
