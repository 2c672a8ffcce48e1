# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The package itself: its version, its decorators, and packages that import what is asked for."""

from __future__ import annotations

import ast
import importlib
import inspect
from pathlib import Path

import pytest

import pyflink
from pyflink import add_version_doc, keyword


def test_the_version_is_the_api_s() -> None:
    assert pyflink.__version__ == pyflink.version.__version__ == "2.3.0"


class Point:
    @keyword
    def __init__(self, x: int = 0, y: int = 0) -> None:
        """A point."""
        self.x = x
        self.y = y


def test_keyword_remembers_what_was_given() -> None:
    point = Point(y=3)
    assert (point.x, point.y) == (0, 3)
    assert point._input_kwargs == {"y": 3}
    assert Point.__init__.__doc__ == "A point."


def test_keyword_refuses_positions() -> None:
    with pytest.raises(TypeError, match=r"__init__\(\) takes its arguments by name only.*x, y"):
        Point(1)


def test_version_doc_follows_the_indentation() -> None:
    def documented() -> None:
        """First.

        Second.
        """

    def plain() -> None:
        """Only."""

    add_version_doc(documented, "1.2")
    add_version_doc(plain, "1.3")
    # since 3.13 the compiler takes the indentation away
    assert inspect.getdoc(documented) == "First.\n\nSecond.\n\n.. versionadded:: 1.2"
    assert plain.__doc__ == "Only.\n\n.. versionadded:: 1.3"


LAZY = ["pyflink.common", "pyflink.datastream"]


@pytest.mark.parametrize("name", LAZY)
def test_every_exported_name_is_there(name: str) -> None:
    package = importlib.import_module(name)
    for exported in package.__all__:
        value = getattr(package, exported)
        assert value.__name__ == exported
        # the second time without the detour
        assert vars(package)[exported] is value


@pytest.mark.parametrize("name", LAZY)
def test_type_checkers_see_the_same_names(name: str) -> None:
    package = importlib.import_module(name)
    tree = ast.parse(Path(package.__file__).read_text(encoding="utf-8"))
    seen = {
        alias.name: node.module.removeprefix(f"{name}.")
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        for alias in node.names
    }
    (table,) = (
        node.args[1]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and node.func.id == "exporter"
    )
    assert ast.literal_eval(table) == seen
    assert sorted(seen) == package.__all__


@pytest.mark.parametrize("name", LAZY)
def test_modules_and_unknown_names(name: str) -> None:
    package = importlib.import_module(name)
    with pytest.raises(AttributeError, match=f"module '{name}' has no attribute 'no_such_name'"):
        _ = package.no_such_name


def test_a_module_is_found_through_its_package() -> None:
    assert pyflink.common.job_status.JobStatus is pyflink.common.JobStatus
