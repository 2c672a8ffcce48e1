# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Arguments of the wrong kind, refused where they are given."""

from __future__ import annotations

from typing import Any

from pyflink._deprecation import deprecated


def expect(value: Any, kind: type, where: str, example: str) -> None:
    """Refuses a value that is not of a kind.

    Args:
        value: what was given.
        kind: what is wanted.
        where: the method and the argument, as the user knows them.
        example: what to write.

    Raises:
        TypeError: if the value is of another kind.
    """
    if isinstance(value, kind):
        return
    given = f"the class {value.__name__}" if isinstance(value, type) else f"{value!r:.100}"
    article = "an" if kind.__name__.startswith(("A", "E", "I", "O")) else "a"
    raise TypeError(f"{where} is {article} {kind.__name__}, for example {example}; not {given}.")


def renamed(value: Any, old_value: Any, where: str, name: str, old_name: str) -> Any:
    """The value of an argument that had another name, with a warning if that is used.

    Args:
        value: what was given under the name of today.
        old_value: what was given under the other one.
        where: the method, as the user knows it.
        name: the name of today.
        old_name: the other one, of PyFlink 1.12.
    """
    if old_value is None:
        return value
    deprecated(f"{where}: the argument {old_name}", name)
    return old_value if value is None else value
