# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The options that several commands have."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from pyflink._submit.rest import Rest
from pyflink._submit.target import EMBEDDED, VARIABLE, address_of

F = TypeVar("F", bound=Callable[..., Any])


def target_option(command: F) -> F:
    """``--target``, which the variable FLINKER_TARGET stands in for."""
    return click.option(
        "-t",
        "--target",
        "-m",
        "--jobmanager",
        metavar="URL",
        help=f"The cluster's address, such as http://host:8081; else that in {VARIABLE}.",
    )(command)


def json_option(command: F) -> F:
    """``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON.")(command)


def verbose_option(command: F) -> F:
    """``--verbose``; the command line as a whole looks at it."""
    return click.option(
        "--verbose", is_flag=True, expose_value=False, help="Show the whole trace of a failure."
    )(command)


def rest_of(target: str | None) -> Rest:
    """The cluster that a command is about.

    Raises:
        UsageError: if none is named.
        ValueError: if what is named is no address.
    """
    wanted = target or os.environ.get(VARIABLE)
    if not wanted or wanted == EMBEDDED:
        raise click.UsageError(
            f"Name the cluster: '--target http://host:8081', or the variable {VARIABLE}."
        )
    return Rest(address_of(wanted))


def show_json(value: Any) -> None:
    """Writes a value for a program."""
    click.echo(json.dumps(value, indent=2))


def show_table(rows: list[list[str]]) -> None:
    """Writes rows of texts in columns; the first one is their names."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        cells = [text.ljust(width) for text, width in zip(row, widths, strict=True)]
        click.secho("  ".join(cells).rstrip(), bold=number == 0)
