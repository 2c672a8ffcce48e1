# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the task managers of a job have logged, and what its functions have printed there."""

from __future__ import annotations

from urllib.parse import quote

import click

from pyflink._cli.jobs import find_job
from pyflink._cli.options import json_option, rest_of, show_json, target_option, verbose_option
from pyflink._gateway.errors import ClusterError
from pyflink._submit.rest import Rest

_KINDS = {"stdout": "what was printed", "log": "the log"}


@click.command()
@target_option
@click.argument("job", required=False)
@click.option(
    "--kind",
    type=click.Choice([*_KINDS, "all"]),
    default="all",
    help="What functions have printed, or what was logged.",
)
@click.option("-n", "--lines", type=click.IntRange(1), help="Only the last so many lines of each.")
@json_option
@verbose_option
def logs(target: str | None, job: str | None, kind: str, lines: int | None, as_json: bool) -> None:
    """Shows what the task managers have printed and logged; those of a job, if one is named.

    A task manager writes for all of its jobs into the same files. What functions print is in
    stdout, what they log is in the log, below the logger 'python'.
    """
    rest = rest_of(target)
    managers = _managers(rest, job)
    kinds = list(_KINDS) if kind == "all" else [kind]
    answers = {name: {k: _tail(rest, name, k, lines) for k in kinds} for name in managers}
    if as_json:
        show_json(answers)
        return
    for manager, texts in answers.items():
        for name, text in texts.items():
            click.secho(f"==> {manager}: {_KINDS[name]}", bold=True)
            click.echo(text, nl=not text.endswith("\n"))


def _managers(rest: Rest, job: str | None) -> list[str]:
    everyone = [str(manager["id"]) for manager in rest.get("/taskmanagers")["taskmanagers"]]
    if job is None:
        return everyone
    found = find_job(rest, job)["jid"]
    used: set[str] = set()
    for vertex in rest.get(f"/jobs/{found}")["vertices"]:
        answer = rest.get(f"/jobs/{found}/vertices/{vertex['id']}/taskmanagers")
        used.update(str(manager["taskmanager-id"]) for manager in answer["taskmanagers"])
    there = [manager for manager in everyone if manager in used]
    if not there:
        raise ClusterError("The task managers that have run this job are gone, with their logs.")
    return there


def _tail(rest: Rest, manager: str, kind: str, lines: int | None) -> str:
    try:
        text = rest.text(f"/taskmanagers/{quote(manager)}/{kind}")
    except ClusterError as e:
        # a task manager in the foreground prints to its terminal
        return f"(not there: {e})\n"
    return text if lines is None else "".join(text.splitlines(keepends=True)[-lines:])
