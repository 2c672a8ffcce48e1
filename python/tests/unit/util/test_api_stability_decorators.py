# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Marks of stability."""

from __future__ import annotations

import pytest

from pyflink.util.api_stability_decorators import (
    Deprecated,
    Experimental,
    Internal,
    Public,
    PublicEvolving,
)


@pytest.mark.parametrize(
    ("mark", "word"),
    [
        (Public, "public"),
        (PublicEvolving, "evolving"),
        (Experimental, "experimental"),
        (Internal, "internal"),
    ],
)
def test_the_documentation_says_so(mark, word: str) -> None:
    def function() -> int:
        """One.

        Two.
        """
        return 5

    marked = mark()(function)
    assert marked is function
    assert marked() == 5
    assert marked.__doc__.startswith("One.\n\nTwo.\n\n.. ")
    assert f"This *function* is **{word}**" in marked.__doc__


def test_classes_keep_their_own_documentation() -> None:
    class Base:
        """The base."""

    @Public()
    class Documented(Base):
        """A class."""

    @Public()
    class Bare(Base):
        pass

    assert Documented.__doc__.startswith("A class.\n\n.. note:: This *class* is **public**")
    assert Bare.__doc__.startswith("\n\n.. note:: This *class*")
    assert Base.__doc__ == "The base."


def test_deprecation_warns_where_it_is_marked() -> None:
    def old() -> None:
        """Old."""

    mark = Deprecated("1.2", "Use new().")
    assert (mark.since, mark.detail) == ("1.2", "Use new().")
    with pytest.warns(
        DeprecationWarning, match=r"^old .* since version 1\.2\. Use new\(\)\.$"
    ) as w:
        mark(old)
    assert w[0].filename == __file__
    assert old.__doc__ == "Old.\n\n.. deprecated:: 1.2\n   Use new().\n"


def test_deprecation_without_a_successor() -> None:
    with pytest.warns(DeprecationWarning, match=r"since version 1\.2\.$"):

        @Deprecated(since="1.2")
        class Old:
            pass

    assert Old.__doc__.endswith(".. deprecated:: 1.2\n")


def test_marks_add_up() -> None:
    @Public()
    @Experimental()
    def function() -> None:
        """One."""

    assert "experimental" in function.__doc__
    assert "public" in function.__doc__


@pytest.mark.parametrize("thing", [5, property(lambda self: 1)])
def test_other_things_are_refused(thing: object) -> None:
    with pytest.raises(TypeError, match=r"@Public\(\) marks classes and functions"):
        Public()(thing)
