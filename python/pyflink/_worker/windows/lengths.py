# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Sizes, gaps and intervals as programs give them."""

from __future__ import annotations

from typing import Any

from pyflink.common.time import Duration, Time


def millis(length: Any, where: str) -> int:
    """A length in milliseconds.

    Args:
        length: a ``Time`` or a ``Duration``.
        where: the method that it was given to.

    Raises:
        TypeError: if it is neither.
    """
    if isinstance(length, Time):
        return length.to_milliseconds()
    if isinstance(length, Duration):
        return length._to_millis()
    raise TypeError(f"{where} takes a Time, for example Time.seconds(5); not {length!r:.100}.")


def whole(number: Any, where: str) -> int:
    """A number of records.

    Args:
        number: an int of at least 1.
        where: the class and the argument that it was given for.

    Raises:
        TypeError: if it is no int.
        ValueError: if it is smaller than 1.
    """
    if not isinstance(number, int) or isinstance(number, bool):
        raise TypeError(f"{where} is a number of records; not {number!r:.100}.")
    if number < 1:
        raise ValueError(f"{where} is at least 1; not {number}.")
    return number
