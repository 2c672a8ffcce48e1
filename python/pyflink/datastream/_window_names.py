# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Names of ``pyflink.datastream.window`` that are there because programs import them."""

from __future__ import annotations

from typing import Any

from pyflink.datastream._aggregate_functions import ReduceFunction


class Min(ReduceFunction):
    """The smaller one of two values."""

    def reduce(self, value1: Any, value2: Any) -> Any:
        """The smaller value.

        Args:
            value1: a value.
            value2: another one.
        """
        return min(value1, value2)


def long_to_int_with_bit_mixing(x: int) -> int:
    """Spreads the bits of a number that is not negative, for a hash.

    Args:
        x: the number.
    """
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9
    x = (x ^ x >> 27) * 0x94D049BB133111EB
    return x ^ x >> 31


def mod_inverse(x: int) -> int:
    """A number that gives 1 in its lowest 32 bits, multiplied by another one.

    Args:
        x: the other one, which is odd.

    Example:
        >>> mod_inverse(7) * 7 % 2**32
        1
    """
    inverse = x**3
    for _ in range(3):
        inverse *= 2 - x * inverse
    return inverse
