# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The command line as a whole: its commands, and how their failures are told."""

from __future__ import annotations

import sys
import traceback
from importlib import import_module
from typing import NoReturn

import click

from pyflink._gateway.errors import ClusterError, FlinkerError, JavaError

_INTERRUPTED = 130
_COMMANDS = {
    "run": ("running", "run"),
    "submit": ("running", "submit"),
    "list": ("jobs", "list_jobs"),
    "status": ("jobs", "status"),
    "logs": ("logs", "logs"),
    "cancel": ("jobs", "cancel"),
    "savepoint": ("jobs", "savepoint"),
    "stop": ("jobs", "stop"),
    "doctor": ("doctor", "doctor"),
}


class _Commands(click.Group):
    """Loads a command when it is wanted: what all of them import takes long."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module, attribute = _COMMANDS[name]
        found: click.Command = getattr(import_module(f"pyflink._cli.{module}"), attribute)
        return found


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="flinker", prog_name="flinker")
def cli() -> None:
    """Runs PyFlink programs, here or on a Flink cluster, and looks after their jobs."""


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
