# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""DataStream.filter."""

from __future__ import annotations

import pytest

from pyflink.common import Types
from pyflink.datastream import FilterFunction


class Multiples(FilterFunction):
    def __init__(self, of: int) -> None:
        self.of = of

    def filter(self, value: int) -> bool:
        return value % self.of == 0


@pytest.mark.parametrize(
    ("function", "expected"),
    [(lambda i: i > 2, [3, 4]), (Multiples(2), [2, 4]), (lambda i: [], []), (bool, [1, 2, 3, 4])],
    ids=["lambda", "class", "nothing", "everything"],
)
def test_filter(single, function, expected) -> None:
    stream = single.from_collection([1, 2, 3, 4], Types.LONG()).filter(function)
    assert stream.get_type() == Types.LONG()
    assert list(stream.execute_and_collect()) == expected


def test_untyped_records(single) -> None:
    stream = single.from_collection([None, "a", "", {"k": 1}]).filter(bool)
    assert list(stream.execute_and_collect()) == ["a", {"k": 1}]


def test_what_is_no_function_is_refused(single) -> None:
    stream = single.from_collection([1], Types.INT())
    with pytest.raises(TypeError, match=r"filter\(\) takes a function or a FilterFunction"):
        stream.filter(None)
