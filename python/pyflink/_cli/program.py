# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Runs a program as ``python FILE`` and ``python -m MODULE`` would, in this process."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.util import find_spec
from types import CodeType, ModuleType

import click

from pyflink._gateway.errors import FlinkerError


def run(script: str | None, module: str | None, arguments: Sequence[str]) -> None:
    """Runs a program.

    Args:
        script: its file, if an option names it.
        module: its module, if an option names it.
        arguments: what it takes; the first one is its file, if no option names it.

    Raises:
        UsageError: if there is no program.
    """
    rest = list(arguments)
    if module is not None:
        _run_module(module, rest)
        return
    if script is None:
        if not rest:
            raise click.UsageError("Name the program: a file, or a module with -pym.")
        script = rest.pop(0)
    if not os.path.isfile(script):
        raise click.UsageError(f"There is no program {script}.")
    main = ModuleType("__main__")
    main.__file__ = script
    with open(script, "rb") as file:
        code = compile(file.read(), script, "exec", dont_inherit=True)
    _become(main, [script, *rest], os.path.dirname(os.path.realpath(script)))
    _execute(code, main)


def _run_module(name: str, rest: list[str]) -> None:
    sys.path.insert(0, os.getcwd())
    spec = None
    # the package that it is in may not be there either
    with contextlib.suppress(ModuleNotFoundError):
        spec = find_spec(name)
        if spec is not None and spec.submodule_search_locations is not None:
            spec = find_spec(f"{name}.__main__")
    code = None
    if spec is not None and spec.loader is not None and hasattr(spec.loader, "get_code"):
        code = spec.loader.get_code(spec.name)
    if spec is None or code is None:
        raise click.UsageError(f"There is no module {name} that can be run.")
    main = ModuleType("__main__")
    main.__file__ = spec.origin
    main.__spec__ = spec
    main.__package__ = spec.parent
    _become(main, [spec.origin or name, *rest], os.getcwd())
    _execute(code, main)


def _become(main: ModuleType, arguments: list[str], folder: str) -> None:
    sys.argv = arguments
    sys.path[0] = folder
    # for good: functions are pickled, and exit handlers run, when this has returned
    sys.modules["__main__"] = main
    main.__dict__["__builtins__"] = __builtins__


def _execute(code: CodeType, main: ModuleType) -> None:
    try:
        exec(code, main.__dict__)
    except (SystemExit, KeyboardInterrupt, FlinkerError):
        # the last kind says in one sentence what is wrong, wherever it happened
        raise
    except BaseException as e:
        # as Python does it, without the frames of this module
        trace = e.__traceback__.tb_next if e.__traceback__ is not None else None
        traceback.print_exception(type(e), e, trace)
        sys.exit(1)
