# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Commands about the jobs of a cluster."""

from __future__ import annotations

import time
from typing import Any

import click

from pyflink._cli.options import (
    json_option,
    rest_of,
    show_json,
    show_table,
    target_option,
    verbose_option,
)
from pyflink._gateway.errors import ClusterError
from pyflink._submit.rest import Rest, last_cause

_ENDED = ("FINISHED", "CANCELED", "FAILED")
_POLL_SECONDS = 0.2
_COLOURS = {"RUNNING": "green", "FINISHED": "blue", "FAILED": "red", "RESTARTING": "yellow"}


def find_job(rest: Rest, wanted: str) -> dict[str, Any]:
    """The job with an identifier, with one that starts so, or with a name.

    Raises:
        ClusterError: if there is none, or more than one.
    """
    jobs: list[dict[str, Any]] = rest.get("/jobs/overview")["jobs"]
    by_id = [job for job in jobs if job["jid"].startswith(wanted.lower())]
    named = [job for job in jobs if job["name"] == wanted]
    running = [job for job in named if job["state"] not in _ENDED]
    found = by_id or running or named
    if not found:
        raise ClusterError(f"There is no job '{wanted}' on {rest.address}: see 'flinker list'.")
    if len(found) > 1:
        ids = ", ".join(job["jid"] for job in found)
        raise ClusterError(f"There are several jobs '{wanted}': give one of {ids}.")
    return found[0]


@click.command("list")
@target_option
@click.option("--all", "with_ended", is_flag=True, help="Also jobs that have ended.")
@json_option
@verbose_option
def list_jobs(target: str | None, with_ended: bool, as_json: bool) -> None:
    """Lists the jobs of a cluster."""
    jobs = rest_of(target).get("/jobs/overview")["jobs"]
    jobs = [job for job in jobs if with_ended or job["state"] not in _ENDED]
    jobs.sort(key=lambda job: job["start-time"])
    if as_json:
        show_json([_brief(job) for job in jobs])
    elif jobs:
        show_table(
            [["JOB", "STATE", "RUNS FOR", "NAME"]]
            + [[job["jid"], job["state"], _duration(job), job["name"]] for job in jobs]
        )
    else:
        click.echo("There are no jobs." if with_ended else "No job is running.")


def _brief(job: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": job["jid"],
        "name": job["name"],
        "state": job["state"],
        "start": job["start-time"],
        "end": job["end-time"] if job["end-time"] >= 0 else None,
        "duration": job["duration"],
    }


def _duration(job: dict[str, Any]) -> str:
    seconds = job["duration"] // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {seconds % 60} s" if minutes else f"{seconds} s"


@click.command()
@target_option
@click.argument("job")
@json_option
@verbose_option
def status(target: str | None, job: str, as_json: bool) -> None:
    """Shows the state of a job, of its operators, and its last failure.

    JOB is its identifier, the beginning of that, or its name.
    """
    rest = rest_of(target)
    found = find_job(rest, job)
    detail = rest.get(f"/jobs/{found['jid']}")
    failures = rest.get(f"/jobs/{found['jid']}/exceptions?maxExceptions=1")
    entries = failures.get("exceptionHistory", {}).get("entries", [])
    failure = str(entries[0]["stacktrace"]) if entries else None
    if as_json:
        operators = [
            {"name": v["name"], "parallelism": v["parallelism"], "state": v["status"]}
            for v in detail["vertices"]
        ]
        show_json({**_brief(found), "operators": operators, "failure": failure})
        return
    click.echo(f"Job {found['jid']} '{found['name']}' on {rest.address}")
    click.secho(f"{found['state']}, {_duration(found)}", fg=_COLOURS.get(found["state"]))
    show_table(
        [["STATE", "PARALLELISM", "OPERATOR"]]
        + [[v["status"], str(v["parallelism"]), v["name"]] for v in detail["vertices"]]
    )
    if failure:
        click.secho("Its last failure:", fg="red")
        click.echo(last_cause(failure))


@click.command()
@target_option
@click.argument("job")
@json_option
@verbose_option
def cancel(target: str | None, job: str, as_json: bool) -> None:
    """Cancels a job and waits for its end.

    JOB is its identifier, the beginning of that, or its name.
    """
    rest = rest_of(target)
    found = _running(rest, job)
    rest.ask("PATCH", f"/jobs/{found['jid']}?mode=cancel")
    state = await_end(rest, found["jid"])
    if as_json:
        show_json({"id": found["jid"], "state": state})
    else:
        click.echo(f"{found['jid']} is {state}.")


def await_end(rest: Rest, job: str) -> str:
    """The state in which a job has ended, when it has."""
    while (state := str(rest.get(f"/jobs/{job}/status")["status"])) not in _ENDED:
        time.sleep(_POLL_SECONDS)
    return state


def _running(rest: Rest, job: str) -> dict[str, Any]:
    found = find_job(rest, job)
    if found["state"] in _ENDED:
        raise ClusterError(f"Job {found['jid']} has ended already: it is {found['state']}.")
    return found


@click.command()
@target_option
@click.argument("job")
@click.argument("directory", required=False)
@json_option
@verbose_option
def savepoint(target: str | None, job: str, directory: str | None, as_json: bool) -> None:
    """Takes a savepoint of a job, which goes on; writes its path.

    JOB is its identifier, the beginning of that, or its name. DIRECTORY is where the savepoint
    goes; by default where the cluster is configured to put savepoints.
    """
    rest = rest_of(target)
    found = _running(rest, job)
    body = {"target-directory": directory, "cancel-job": False}
    _show_savepoint(found["jid"], _savepoint(rest, found["jid"], "savepoints", body), as_json)


@click.command()
@target_option
@click.argument("job")
@click.option(
    "-p", "--savepointPath", "--savepoint-path", "directory", help="Where the savepoint goes."
)
@click.option(
    "-d", "--drain", is_flag=True, help="All timers fire and windows close: it will not go on."
)
@json_option
@verbose_option
def stop(target: str | None, job: str, directory: str | None, drain: bool, as_json: bool) -> None:
    """Stops a job with a savepoint; writes its path.

    JOB is its identifier, the beginning of that, or its name.
    """
    rest = rest_of(target)
    found = _running(rest, job)
    body = {"targetDirectory": directory, "drain": drain}
    path = _savepoint(rest, found["jid"], "stop", body)
    await_end(rest, found["jid"])
    _show_savepoint(found["jid"], path, as_json)


def _savepoint(rest: Rest, job: str, how: str, body: dict[str, Any]) -> str:
    """The path of a savepoint, when it is there.

    Raises:
        ClusterError: if it cannot be taken.
    """
    request = rest.ask("POST", f"/jobs/{job}/{how}", body)["request-id"]
    while True:
        answer = rest.get(f"/jobs/{job}/savepoints/{request}")
        if answer["status"]["id"] == "COMPLETED":
            break
        time.sleep(_POLL_SECONDS)
    operation = answer["operation"]
    if "location" in operation:
        return str(operation["location"])
    trace = str(operation.get("failure-cause", {}).get("stack-trace", ""))
    raise ClusterError(f"The savepoint of job {job} has failed: {last_cause(trace)}", trace)


def _show_savepoint(job: str, path: str, as_json: bool) -> None:
    if as_json:
        show_json({"id": job, "savepoint": path})
    else:
        click.echo(path)
