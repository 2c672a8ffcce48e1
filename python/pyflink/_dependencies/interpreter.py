# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The interpreter of the workers: found, asked what it is, and refused before the job runs."""

from __future__ import annotations

import json
import os
import shutil
import site
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from pyflink._dependencies.options import EXECUTABLE
from pyflink._gateway.errors import WorkerSetupError

_SECONDS = 30
_OLDEST = (3, 10)
_SET = f"set_python_executable() or '{EXECUTABLE}'"
# The oldest Pythons must be able to run it. What it says is in its last line: a sitecustomize may
# print, too.
_PROBE = """
import sys, json
answer = {"version": list(sys.version_info[:3]), "path": [entry for entry in sys.path if entry]}
if sys.version_info >= (3, 10):
    import sysconfig
    from importlib.util import find_spec
    def lacks(name):
        try:
            return find_spec(name) is None
        except ImportError:
            return True
    answer["abi"] = sysconfig.get_config_var("SOABI") or sys.implementation.cache_tag
    names = ["cloudpickle", "grpc", "msgspec", "google.protobuf"]
    answer["missing"] = [name for name in names if lacks(name)]
print("\\n" + json.dumps(answer))
"""


@dataclass(frozen=True)
class Interpreter:
    """An interpreter that can run workers of this program.

    Args:
        executable: its path.
        path: its ``sys.path``.
        borrowed: folders of this process with the libraries that it lacks.
    """

    executable: str
    path: tuple[str, ...]
    borrowed: tuple[str, ...]


def find(setting: str, directory: str, targets: Sequence[str]) -> str:
    """The path of the interpreter that a setting names.

    Args:
        setting: a path, a name on the PATH, or a path that starts with an archive's target.
        directory: where the archives are unpacked.
        targets: their targets.

    Raises:
        WorkerSetupError: if there is none.
    """
    for target in targets:
        if setting == target or setting.startswith((target + "/", target + os.sep)):
            path = os.path.join(directory, setting)
            if os.path.isfile(path) and not os.access(path, os.X_OK):
                # archives lose it at times
                os.chmod(path, 0o700)
            return _checked(path, setting)
    if os.sep in setting or "/" in setting or setting.startswith("~"):
        return _checked(os.path.abspath(os.path.expanduser(setting)), setting)
    found = shutil.which(setting)
    if found is None:
        raise WorkerSetupError(
            f"There is no '{setting}' on the PATH, which {_SET} names as the workers' interpreter. "
            f"Give the path of one; without it, the workers' is {sys.executable}."
        )
    return os.path.abspath(found)


def _checked(path: str, setting: str) -> str:
    if not os.path.isfile(path):
        raise WorkerSetupError(
            f"There is no file {path}, which {_SET} names as the workers' interpreter "
            f"('{setting}'). Give the path of one; without it, the workers' is {sys.executable}."
        )
    return path


def examine(executable: str) -> Interpreter:
    """Asks an interpreter what it is.

    Args:
        executable: its path.

    Raises:
        WorkerSetupError: if it cannot run workers of this program; it says why.
    """
    return _examine(executable, os.stat(executable).st_mtime_ns)


@lru_cache(maxsize=64)
def _examine(executable: str, _changed: int) -> Interpreter:
    answer = _ask(executable)
    version = tuple(answer["version"])
    text = ".".join(map(str, version))
    if version < _OLDEST:
        raise WorkerSetupError(
            f"The workers' interpreter {executable} is Python {text}, and workers need Python "
            "3.10 or newer."
        )
    mine = sys.version_info[:3]
    if version[:2] != mine[:2]:
        raise WorkerSetupError(
            f"This program runs on Python {'.'.join(map(str, mine))} ({sys.executable}) and its "
            f"workers would run on Python {text} ({executable}): functions cannot go from one "
            f"minor version of Python to another. Run the program with {executable}, or give "
            f"set_python_executable() an interpreter of Python {mine[0]}.{mine[1]}."
        )
    missing: list[str] = answer["missing"]
    borrowed: tuple[str, ...] = ()
    if missing:
        if answer["abi"] != _own_abi():
            raise WorkerSetupError(
                f"The workers' interpreter {executable} lacks {', '.join(missing)}, and is of "
                f"another kind ({answer['abi']}) than this program's ({_own_abi()}), which "
                f"therefore cannot lend it these. Run '{executable} -m pip install flinker'."
            )
        borrowed = _own_folders()
    return Interpreter(executable, tuple(answer["path"]), borrowed)


def _own_abi() -> str:
    return str(sysconfig.get_config_var("SOABI") or sys.implementation.cache_tag)


def _ask(executable: str) -> dict[str, Any]:
    try:
        answer = subprocess.run(
            [executable, "-c", _PROBE],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        reason = f"it does not say its version within {_SECONDS} seconds"
    except OSError as e:
        reason = f"it cannot be run ({e.strerror})"
    else:
        said = answer.stdout.decode("utf-8", "replace").splitlines()[-1:]
        try:
            parsed = json.loads(said[0])
            if isinstance(parsed, dict) and "version" in parsed:
                return parsed
        except (IndexError, ValueError):
            pass
        words = answer.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        reason = f"it does not run Python code (exit code {answer.returncode})"
        reason += "".join(f"; its last words: {line}" for line in words)
    raise WorkerSetupError(
        f"{executable}, which {_SET} names as the workers' interpreter, is none: {reason}."
    )


def _own_folders() -> tuple[str, ...]:
    """Where this process has the libraries that a worker needs."""
    folders: list[str] = []
    for name in ("cloudpickle", "grpc", "msgspec", "google.protobuf", "typing_extensions"):
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            continue
        folder = os.path.dirname(spec.origin)
        # the folder of a package is in it
        for _ in range(name.count(".") + (spec.submodule_search_locations is not None)):
            folder = os.path.dirname(folder)
        if folder not in folders:
            folders.append(folder)
    return tuple(folders)


def program_folders(path: Sequence[str]) -> list[str]:
    """What of this process's ``sys.path`` is the program's and not of its interpreter."""
    paths = sysconfig.get_paths()
    installed = {paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    installed.update(site.getsitepackages())
    installed.add(site.getusersitepackages())
    library = os.path.dirname(paths["stdlib"])
    return [
        folder
        for folder in path
        if not any(folder == own or folder.startswith(own + os.sep) for own in installed)
        and not (os.path.dirname(folder) == library and folder.endswith(".zip"))
    ]
