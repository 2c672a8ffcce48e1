# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Every public name of PyFlink is there, but for a list of absences with reasons."""

from __future__ import annotations

import importlib
import inspect
import warnings
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

HERE = Path(__file__).parent


def entries(file: str) -> list[str]:
    lines = (HERE / file).read_text(encoding="utf-8").splitlines()
    return [line.split()[0] for line in lines if line and not line.startswith("#")]


NAMES = entries("pyflink_names.txt")
ABSENT = entries("absent_names.txt")


@cache
def module(path: str) -> ModuleType | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            return importlib.import_module(path)
    except ModuleNotFoundError:
        return None


def is_there(path: str) -> bool:
    """Whether a dotted path can be followed: modules first, then attributes."""
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        found: Any = module(".".join(parts[:length]))
        if found is not None:
            return has(found, parts[length:])
    return False


def has(owner: Any, names: list[str]) -> bool:
    for name in names:
        try:
            owner = inspect.getattr_static(owner, name)
        except AttributeError:
            if isinstance(owner, ModuleType) and hasattr(owner, name):
                owner = getattr(owner, name)
            else:
                # attributes that a constructor sets are in the class's own code only
                return isinstance(owner, type) and sets_on_self(owner, name)
        if isinstance(owner, staticmethod):
            owner = owner.__func__
    return True


def sets_on_self(owner: type, name: str) -> bool:
    bases = owner.__mro__[:-1]
    functions = [f for base in bases for f in vars(base).values() if inspect.isfunction(f)]
    return any(name in f.__code__.co_names for f in functions) or any(
        name in getattr(base, "__annotations__", ()) for base in bases
    )


def is_absent(name: str) -> bool:
    return any(name == absent or name.startswith(absent + ".") for absent in ABSENT)


def test_every_name_is_there_or_listed_with_a_reason() -> None:
    missing = [name for name in NAMES if not is_absent(name) and not is_there(name)]
    assert missing == []


@pytest.mark.parametrize("absent", ABSENT)
def test_what_is_listed_is_absent(absent: str) -> None:
    assert not is_there(absent)
    assert any(name == absent or name.startswith(absent + ".") for name in NAMES)
