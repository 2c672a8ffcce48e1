# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""All functions of windows in one form, and callables in the form of the function classes."""

from __future__ import annotations

from typing import Any

import pytest

from pyflink.datastream import functions
from pyflink.datastream.functions import (
    InternalWindowFunction,
    PassThroughAllWindowFunction,
    PassThroughWindowFunction,
    ProcessAllWindowFunction,
    ProcessWindowFunction,
)


class Context(InternalWindowFunction.InternalWindowContext):
    def current_processing_time(self) -> int:
        return 1

    def current_watermark(self) -> int:
        return 2

    def window_state(self) -> Any:
        return "of the window"

    def global_state(self) -> Any:
        return "of the key"


class _Life:
    def __init__(self) -> None:
        self.calls: list[Any] = []

    def open(self, runtime_context: Any) -> None:
        self.calls.append(("open", runtime_context))

    def close(self) -> None:
        self.calls.append("close")

    def clear(self, context: Any) -> None:
        self.calls.append(("clear", context.window(), context.window_state()))


class Process(_Life, ProcessWindowFunction[Any, Any, Any, Any]):
    def process(self, key: Any, context: Any, elements: Any) -> Any:
        times = context.current_processing_time(), context.current_watermark()
        yield key, context.window(), *elements, times, context.global_state()


class ProcessAll(_Life, ProcessAllWindowFunction[Any, Any, Any]):
    def process(self, context: Any, elements: Any) -> Any:
        yield context.window(), *elements, context.global_state()


@pytest.mark.parametrize(
    ("name", "function", "holds", "results"),
    [
        ("SingleValueWindow", PassThroughWindowFunction(), 5, [5]),
        ("SingleValueAllWindow", PassThroughAllWindowFunction(), 5, [5]),
        ("IterableWindow", PassThroughWindowFunction(), [5, 6], [5, 6]),
        ("IterableAllWindow", PassThroughAllWindowFunction(), [5, 6], [5, 6]),
        ("SingleValueProcessWindow", Process(), 5, [("k", "w", 5, (1, 2), "of the key")]),
        ("SingleValueProcessAllWindow", ProcessAll(), 5, [("w", 5, "of the key")]),
        ("IterableProcessWindow", Process(), [5, 6], [("k", "w", 5, 6, (1, 2), "of the key")]),
        ("IterableProcessAllWindow", ProcessAll(), [5, 6], [("w", 5, 6, "of the key")]),
    ],
)
def test_functions_of_windows(name, function, holds, results) -> None:
    internal = getattr(functions, f"Internal{name}Function")(function)
    internal.open("context")
    assert [*internal.process("k", "w", Context(), holds)] == results
    internal.clear("w", Context())
    internal.close()
    if isinstance(function, _Life):
        assert function.calls == [("open", "context"), ("clear", "w", "of the window"), "close"]


def test_callables() -> None:
    assert functions.ReduceFunctionWrapper(max).reduce(1, 2) == 2
    assert functions.MapFunctionWrapper(str).map(1) == "1"
    assert functions.FlatMapFunctionWrapper(str.split).flat_map("a b") == ["a", "b"]
    assert functions.FilterFunctionWrapper(len).filter("a") is True
    assert functions.KeySelectorFunctionWrapper(len).get_key("ab") == 2
    assert functions.PartitionerFunctionWrapper(lambda key, n: key % n).partition(5, 3) == 2
