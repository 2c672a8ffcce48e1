# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What stands for types in the functions that are generic."""

from __future__ import annotations

from typing import TypeVar

#: Records.
IN = TypeVar("IN")
IN1 = TypeVar("IN1")
IN2 = TypeVar("IN2")
#: Results.
OUT = TypeVar("OUT")
#: Keys.
KEY = TypeVar("KEY")
#: Windows.
W = TypeVar("W")
W2 = TypeVar("W2")
