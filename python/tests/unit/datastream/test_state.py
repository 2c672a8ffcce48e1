# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the kinds of state can do in terms of their other methods."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from pyflink.datastream import state
from pyflink.datastream.state import BroadcastState, ListState, MapState, ReadOnlyBroadcastState


class Listed(ListState[Any]):
    def __init__(self, *values: Any) -> None:
        self.kept = list(values)

    def get(self) -> Iterable[Any]:
        return self.kept

    def add(self, value: Any) -> None:
        self.kept.append(value)

    def add_all(self, values: list[Any]) -> None:
        self.kept.extend(values)

    def update(self, values: list[Any]) -> None:
        self.kept = list(values)

    def clear(self) -> None:
        self.kept = []


class _Mapped:
    def __init__(self, **entries: Any) -> None:
        self.kept = dict(entries)

    def get(self, key: Any) -> Any:
        return self.kept.get(key)

    def put(self, key: Any, value: Any) -> None:
        self.kept[key] = value

    def put_all(self, dict_value: Mapping[Any, Any]) -> None:
        self.kept.update(dict_value)

    def remove(self, key: Any) -> None:
        self.kept.pop(key, None)

    def contains(self, key: Any) -> bool:
        return key in self.kept

    def items(self) -> Iterable[tuple[Any, Any]]:
        return self.kept.items()

    def keys(self) -> Iterable[Any]:
        return self.kept.keys()

    def values(self) -> Iterable[Any]:
        return self.kept.values()

    def is_empty(self) -> bool:
        return not self.kept

    def clear(self) -> None:
        self.kept.clear()


class Mapped(_Mapped, MapState[Any, Any]):
    pass


class Broadcast(_Mapped, BroadcastState[Any, Any]):
    pass


def test_a_list_can_be_iterated() -> None:
    assert [*Listed(1, 2)] == [1, 2]


@pytest.mark.parametrize("kind", [Mapped, Broadcast])
def test_a_map_works_as_a_dict(kind: type[Mapped] | type[Broadcast]) -> None:
    mapped = kind(a=1)
    mapped["b"] = 2
    assert (mapped["b"], mapped["c"]) == (2, None)
    assert "b" in mapped
    assert "c" not in mapped
    assert [*mapped] == ["a", "b"]
    del mapped["a"]
    del mapped["a"]
    assert mapped.kept == {"b": 2}


def test_what_is_read_only_cannot_be_changed() -> None:
    class ReadOnly(_Mapped, ReadOnlyBroadcastState[Any, Any]):
        pass

    read_only = ReadOnly(a=1)
    assert (read_only["a"], "a" in read_only, [*read_only]) == (1, True, ["a"])
    with pytest.raises(TypeError, match="does not support item assignment"):
        read_only["a"] = 2  # type: ignore[index]


def test_where_pyflink_1_12_had_them() -> None:
    old = importlib.import_module("pyflink.common.state")
    for name in ("K", "ListState", "MapState", "State", "T", "V", "ValueState"):
        assert getattr(old, name) is getattr(state, name)
    with pytest.raises(AttributeError, match="no attribute 'ReducingState'"):
        old.ReducingState  # noqa: B018
