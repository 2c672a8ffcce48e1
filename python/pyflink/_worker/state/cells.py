# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What a key has, as the worker holds it.

The cells of a key are a list: the key itself, which of the states have changed as a number of bits,
and one cell for each state, in the order in which the states were made known. A cell is
:data:`MISSING` until somebody asks for it; what else there is in it is the state's own business.
"""

from __future__ import annotations

from typing import Any, Final

#: The cells of a key.
Cells = list[Any]

KEY: Final = 0
CHANGED: Final = 1
#: Where the cells begin.
FIRST: Final = 2


class _Missing:
    """Not asked for yet."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()
