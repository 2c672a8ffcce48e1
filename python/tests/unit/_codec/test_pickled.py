# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Objects that travel pickled."""

from __future__ import annotations

import pickle
import sys
import threading
from types import ModuleType
from typing import Any

import pytest

from pyflink._codec import ValueMismatchError, batch_decoder, encode_collection
from pyflink._codec.pickled import dumps
from pyflink.common.typeinfo import Types
from pyflink.common.types import Row

ANYTHING = Types.PICKLED_BYTE_ARRAY()


def through(*values: Any) -> list[Any]:
    decode = batch_decoder(ANYTHING)
    return [v for batch in encode_collection(list(values), ANYTHING) for v in decode(batch)]


class Point:
    def __init__(self, x: int) -> None:
        self.x = x

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Point) and other.x == self.x


def test_any_object() -> None:
    values = [None, 1, 2**100, "x", (1, [2, {3}]), {"a": 1}, Row(a=1), b"x" * 300, 1.5, Ellipsis]
    assert through(*values) == values


def test_what_pickle_cannot_do_cloudpickle_does() -> None:
    (doubled,) = through(lambda x: 2 * x)
    assert doubled(4) == 8

    class Local:
        value = 5

    (local,) = through(Local())
    assert local.value == 5


def test_a_class_of_the_main_module_goes_along(monkeypatch) -> None:
    main = ModuleType("__main__")
    monkeypatch.setitem(sys.modules, "__main__", main)
    exec("class Own:\n    def answer(self): return 42", main.__dict__)
    data = dumps(main.Own())  # type: ignore[attr-defined]
    # a worker's main module is another one
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    assert pickle.loads(data).answer() == 42


def test_what_can_be_pickled_stays_small() -> None:
    assert dumps(5) == pickle.dumps(5, 5)


def test_what_nothing_can_pickle_is_named() -> None:
    with pytest.raises(ValueMismatchError) as caught:
        encode_collection([1, threading.Lock()], ANYTHING)
    assert "element 1: expected PICKLED_BYTE_ARRAY" in str(caught.value)
    assert "cannot pickle" in str(caught.value)
    assert isinstance(caught.value.__cause__, TypeError)


def test_inside_other_types() -> None:
    row = Types.ROW([ANYTHING, Types.LIST(ANYTHING)])
    (batch,) = encode_collection([({1, 2}, [None, {3}]), (None, None)], row)
    assert batch_decoder(row)(batch) == [Row(f0={1, 2}, f1=[None, {3}]), Row(f0=None, f1=None)]


def test_pickles_are_read_only_where_the_type_says_so() -> None:
    (batch,) = encode_collection([[1]], ANYTHING)
    with pytest.raises(ValueError, match="of code 1, which its type has not"):
        batch_decoder(Types.BIG_INT())(batch)
