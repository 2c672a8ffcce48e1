# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The command that says what is wrong with an installation or a cluster, and what to do."""

from __future__ import annotations

import os
import platform
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from pyflink._cli.findings import BAD, GOOD, POOR, Finding, examine
from pyflink._cli.options import json_option, rest_of, show_json, target_option, verbose_option
from pyflink._gateway import work_directory
from pyflink._gateway.cache import cache_directory
from pyflink._gateway.class_path import class_path
from pyflink._gateway.java_home import find_java
from pyflink._submit.cluster import platform_at
from pyflink._submit.probing import ask
from pyflink._submit.rest import Rest
from pyflink._submit.shipping import pack
from pyflink._submit.target import EMBEDDED, KEY, VARIABLE
from pyflink._submit.versions import SUPPORTED, minor
from pyflink.common import Configuration
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.version import __version__

_MARKS = {GOOD: ("ok", "green"), POOR: ("!!", "yellow"), BAD: ("NO", "red")}


@click.command()
@target_option
@json_option
@verbose_option
def doctor(target: str | None, as_json: bool) -> None:
    """Looks for what could be wrong: here, and with a target on that cluster.

    Ends with 1 if something is.
    """
    findings = _here()
    if target or os.environ.get(VARIABLE):
        findings = _cluster(rest_of(target))
    shown = []
    for finding in findings:
        shown.append(finding)
        if not as_json:
            _show(finding)
    if as_json:
        show_json([asdict(finding) for finding in shown])
    if any(finding.state == BAD for finding in shown):
        raise click.exceptions.Exit(1)


def _show(finding: Finding) -> None:
    mark, colour = _MARKS[finding.state]
    click.secho(mark, fg=colour, nl=False)
    click.echo(f"  {finding.what}: {finding.found}")
    if finding.advice:
        click.echo(f"    -> {finding.advice}")


# ---- here


def _here() -> Iterator[Finding]:
    for what, look in (
        ("Python", _python),
        ("Java", _java),
        ("engine", _engine),
        ("cache", _cache),
        ("ports", _ports),
        ("embedded cluster", _job_here),
    ):
        yield from examine(what, look)


def _python() -> Finding:
    libc = " ".join(part for part in platform.libc_ver() if part)
    machine = f"{platform.system()} {platform.machine()} {libc}".strip()
    return Finding("Python", GOOD, f"{platform.python_version()} ({sys.executable}), {machine}")


def _java() -> Finding:
    java = find_java()
    return Finding("Java", GOOD, f"{java.version} ({java.executable})")


def _engine() -> Finding:
    return Finding("engine", GOOD, f"{len(class_path())} jars of Flink {__version__}")


def _cache() -> Finding:
    folder = cache_directory()
    if folder is None:
        return Finding(
            "cache",
            POOR,
            "there is no place for one",
            "Set FLINKER_CACHE_DIR to a folder of your own: starts are quicker with one.",
        )
    present = folder
    while not present.exists():
        present = present.parent
    if not present.is_dir() or not os.access(present, os.W_OK):
        return Finding(
            "cache",
            POOR,
            f"{folder} cannot be written to",
            "Set FLINKER_CACHE_DIR to a folder of your own: starts are quicker with one.",
        )
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Finding("cache", GOOD, f"{folder}, {size / 1e6:.0f} MB")


def _ports() -> Finding:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            return Finding("ports", GOOD, "loopback ports can be listened on")


def _job_here() -> Finding:
    env = StreamExecutionEnvironment.get_execution_environment(
        Configuration.from_dict({KEY: EMBEDDED})
    )
    return _job("embedded cluster", env)


def _job(what: str, env: StreamExecutionEnvironment) -> Finding:
    start = time.monotonic()
    env.set_parallelism(1)
    answer = list(env.from_collection([41]).map(lambda n: n + 1).execute_and_collect())
    seconds = time.monotonic() - start
    if answer != [42]:
        return Finding(what, BAD, f"41 + 1 is {answer} there")
    return Finding(what, GOOD, f"one with a Python function took {seconds:.1f} s")


# ---- elsewhere


def _cluster(rest: Rest) -> Iterator[Finding]:
    # an address that leads nowhere is the end of it
    overview = rest.get("/overview")
    yield _version(overview)
    yield _slots(rest, overview)
    if overview["slots-available"]:
        yield from _pythons(rest, overview)


def _version(overview: dict[str, Any]) -> Finding:
    version = str(overview["flink-version"])
    if minor(version) in SUPPORTED:
        return Finding("Flink", GOOD, version)
    return Finding("Flink", BAD, version, f"Use a cluster of one of {', '.join(SUPPORTED)}.")


def _slots(rest: Rest, overview: dict[str, Any]) -> Finding:
    free, slots = overview["slots-available"], overview["slots-total"]
    found = f"{free} of {slots} are free, on {overview['taskmanagers']} task managers"
    if free:
        return Finding("slots", GOOD, found)
    return Finding(
        "slots",
        BAD,
        found,
        "Start more task managers, or end a job: flinker list, flinker cancel JOB.",
    )


def _pythons(rest: Rest, overview: dict[str, Any]) -> Iterator[Finding]:
    """Asks every task manager that has a free slot."""
    slots = int(overview["slots-available"])
    settings = {KEY: rest.address, "restart-strategy.type": "none"}
    # the JVM is started for that cluster's version of Flink
    os.environ[VARIABLE] = rest.address
    env = StreamExecutionEnvironment.get_execution_environment(Configuration.from_dict(settings))
    shipment = pack(settings, platform_at(rest.address), Path(work_directory()))
    answers = ask(env._j_stream_execution_environment, shipment, slots)
    for answer in answers:
        what = f"Python of {answer.manager}"
        if answer.unfit:
            yield Finding(what, BAD, answer.found or "there is none", f"It {answer.unfit}")
        else:
            yield Finding(what, GOOD, answer.found)
    unseen = int(overview["taskmanagers"]) - len(answers)
    if unseen > 0:
        yield Finding("task managers", POOR, f"{unseen} have no free slot and were not asked")
    if answers and not any(answer.unfit for answer in answers):
        yield from examine("job there", lambda: _job("job there", env))
