# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The command line as a whole: its commands, and how their failures are told."""

from __future__ import annotations

import sys
import traceback
from importlib.metadata import PackageNotFoundError, version
from typing import NoReturn

import click

from pyflink._cli.doctor import doctor
from pyflink._cli.jobs import cancel, list_jobs, savepoint, status, stop
from pyflink._cli.logs import logs
from pyflink._cli.running import run, submit
from pyflink._gateway.errors import ClusterError, FlinkerError, JavaError

_INTERRUPTED = 130


def _version() -> str:
    try:
        return version("flinker")
    except PackageNotFoundError:
        return "of a checkout"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(_version(), prog_name="flinker")
def cli() -> None:
    """Runs PyFlink programs, here or on a Flink cluster, and looks after their jobs."""


for _command in (run, submit, list_jobs, status, logs, cancel, savepoint, stop, doctor):
    cli.add_command(_command)


def main() -> NoReturn:
    """The command ``flinker``."""
    verbose = "--verbose" in sys.argv
    try:
        # what a command returns is None, or the code that it has wanted to end with
        code = cli.main(standalone_mode=False)
    except click.ClickException as e:
        e.show()
        sys.exit(e.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(_INTERRUPTED)
    except (FlinkerError, FileNotFoundError, ValueError) as e:
        _tell(e, verbose)
        sys.exit(1)
    sys.exit(code)


def _tell(error: Exception, verbose: bool) -> None:
    """One sentence; all that is known of it if that is wanted."""
    if not verbose:
        click.secho(f"flinker: {error}", err=True, fg="red")
        return
    traceback.print_exception(error)
    detail = ""
    if isinstance(error, ClusterError):
        detail = error.detail
    elif isinstance(error, JavaError):
        detail = error.java_trace
    if detail:
        click.echo(detail, err=True)
