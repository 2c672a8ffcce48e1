# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Names of character sets, checked before a job starts."""

from __future__ import annotations

from typing import Any

from pyflink._gateway import java_class
from pyflink._gateway.errors import JavaError


def java_charset(name: str) -> Any:
    """The Java character set of a name.

    Raises:
        ValueError: if Java has none of that name.
    """
    try:
        return java_class("java.nio.charset.Charset").forName(name)
    except JavaError as e:
        raise ValueError(
            f"{name!r} is not a character set that Java knows. Write for example 'UTF-8', "
            "'ISO-8859-1' or 'UTF-16LE'."
        ) from e
