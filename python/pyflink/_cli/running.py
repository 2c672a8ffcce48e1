# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Commands that run a program."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from pyflink._cli import program
from pyflink._cli.options import rest_of, target_option, verbose_option
from pyflink._cli.progress import reporting
from pyflink._dependencies.options import Options
from pyflink._gateway import start_ahead
from pyflink._gateway.errors import ClusterError
from pyflink._submit import target as targets
from pyflink._submit.rest import Rest

F = TypeVar("F", bound=Callable[..., Any])

_ENDED = ("FINISHED", "CANCELED", "FAILED")
_CONTEXT = {"allow_interspersed_args": False, "ignore_unknown_options": False}

_PARALLELISM = "parallelism.default"

# The option's names as 'flink run' has them, the setting, whether there may be several, the help.
_SETTINGS: tuple[tuple[tuple[str, ...], str, bool, str], ...] = (
    (("-p", "--parallelism"), _PARALLELISM, False, "Instances of each operator."),
    (("--name",), "pipeline.name", False, "The job's name, if the program gives none."),
    (
        ("-s", "--fromSavepoint", "--from-savepoint"),
        "execution.state-recovery.path",
        False,
        "The savepoint or checkpoint from which the job goes on.",
    ),
    (("-C", "--classpath"), "pipeline.classpaths", True, "A URL for every class path."),
    (("-j", "--jarfile", "--jar"), "pipeline.jars", True, "A jar that goes with the job."),
    (("-pyfs", "--pyFiles"), "python.files", True, "Python files, folders, archives, by commas."),
    (
        ("-pyarch", "--pyArchives"),
        "python.archives",
        True,
        "Archives for the working directory, by commas; ARCHIVE#FOLDER.",
    ),
    (
        ("-pyreq", "--pyRequirements"),
        "python.requirements",
        False,
        "A requirements.txt; FILE#FOLDER to install from the folder.",
    ),
    (("-pyexec", "--pyExecutable"), "python.executable", False, "The workers' interpreter."),
    (
        ("-pypath", "--pyPythonPath"),
        "python.pythonpath",
        False,
        "Folders for the workers' sys.path.",
    ),
)
_SEPARATORS = {"pipeline.classpaths": ";", "pipeline.jars": ";"}
_CLAIMED = "execution.state-recovery.ignore-unclaimed-state"


def _name(setting: str) -> str:
    """The name of an option's value."""
    return setting.replace(".", "_").replace("-", "_")


def _program_options(command: F) -> F:
    for names, setting, several, text in reversed(_SETTINGS):
        kind = click.IntRange(1) if setting == _PARALLELISM else str
        command = click.option(*names, _name(setting), type=kind, multiple=several, help=text)(
            command
        )
    command = click.option(
        "-D", "settings", multiple=True, metavar="KEY=VALUE", help="A setting of Flink."
    )(command)
    command = click.option(
        "-n",
        "--allowNonRestoredState",
        "--allow-non-restored-state",
        "unclaimed",
        is_flag=True,
        help="Leave out state of the savepoint that the job has no operator for.",
    )(command)
    command = click.option(
        "-py", "--python", "script", metavar="FILE", help="The program, as the first argument is."
    )(command)
    command = click.option(
        "-pym", "--pyModule", "module", metavar="MODULE", help="The program as a module."
    )(command)
    command = click.option(
        "-pyclientexec",
        "--pyClientExecutable",
        "_client",
        hidden=True,
        help="Accepted: the client is the interpreter that runs this command.",
    )(command)
    return click.argument("arguments", nargs=-1, type=click.UNPROCESSED)(command)


@click.command(context_settings=_CONTEXT)
@_program_options
@verbose_option
def run(**given: Any) -> None:
    """Runs a program, with its jobs on a cluster of its own.

    [ARGUMENTS] are the program and what it takes. Options after the program are the program's.
    """
    _prepare(given, {targets.KEY: targets.EMBEDDED})
    program.run(given["script"], given["module"], given["arguments"])


@click.command(context_settings=_CONTEXT)
@target_option
@click.option("-d", "--detached", is_flag=True, help="Leave when the job runs.")
@_program_options
@verbose_option
def submit(target: str | None, detached: bool, **given: Any) -> None:
    """Runs a program, with its jobs on a cluster that is there.

    [ARGUMENTS] are the program and what it takes. Options after the program are the program's.
    Ctrl-C leaves the job running and says how to cancel it.
    """
    rest = rest_of(target)
    settings = {targets.KEY: rest.address, targets.DETACHED: str(detached).lower()}
    _prepare(given, settings)
    _check_name(rest, settings.get("pipeline.name"))
    # the JVM is started for that cluster's version of Flink
    os.environ[targets.VARIABLE] = rest.address
    start_ahead()
    with reporting():
        program.run(given["script"], given["module"], given["arguments"])


def _check_name(rest: Rest, name: str | None) -> None:
    """Refuses a name that a running job has: who chooses one wants to find the job by it.

    What the program itself calls its job is not looked at, as it is not in Flink.
    """
    if name is None:
        return
    for job in rest.get("/jobs/overview")["jobs"]:
        if job["name"] == name and job["state"] not in _ENDED:
            raise ClusterError(
                f"A job '{name}' runs already on {rest.address} ({job['jid']}): cancel it, or give "
                "another --name."
            )


def _prepare(given: dict[str, Any], settings: dict[str, str]) -> None:
    """Makes the options the settings of the program's environments, below its own."""
    for _, setting, several, _text in _SETTINGS:
        value = given[_name(setting)]
        if value and several:
            value = _SEPARATORS.get(setting, ",").join(_located(setting, part) for part in value)
        if value:
            settings[setting] = str(value)
    if given["unclaimed"]:
        settings[_CLAIMED] = "true"
    for pair in given["settings"]:
        key, separator, value = pair.partition("=")
        if not separator:
            raise click.UsageError(f"-D takes a setting and its value: -D {pair}=VALUE")
        settings[key.strip()] = value.strip()
    # refuses a path with nothing there before the program starts
    Options.of(settings)
    # a setting of the target given by -D is the user's last word
    targets.DEFAULTS.update(settings)
    os.environ.pop(targets.VARIABLE, None)


def _located(setting: str, path: str) -> str:
    if setting == "pipeline.classpaths" and ":/" not in path:
        raise ValueError(
            f"-C takes the URL of a place that every machine of the cluster can read, such as "
            f"'file:///opt/libraries/it.jar', and '{path}' is none; a jar here goes along with -j."
        )
    if setting != "pipeline.jars" or "://" in path or path.startswith("file:"):
        return path
    if not os.path.isfile(path):
        raise FileNotFoundError(f"There is no jar at {path}.")
    return "file://" + os.path.abspath(path)
