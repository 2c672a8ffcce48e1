# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Which annotations of a function's results are a type, and which are none."""

# No "from __future__ import annotations" here: a test of its own has annotations that are text.

import collections.abc
import contextlib
import datetime
import decimal
import functools
import sys
import typing
from dataclasses import dataclass, field
from typing import Annotated, Any, NamedTuple, Optional, TypeVar, Union

import pytest

from pyflink.common._typeinfo.annotations import result_type
from pyflink.common.types import Row

STRING, INT, DOUBLE, OBJECT = "String", "BigInteger", "Double", "PickledByteArrayTypeInfo"
UserId = typing.NewType("UserId", int)
T = TypeVar("T")


@dataclass
class Point:
    x: int
    y: float
    SHARED: typing.ClassVar[None]


@dataclass(frozen=True)
class Order:
    id: int
    at: datetime.datetime
    point: Point | None = None
    tags: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Base:
    x: int


@dataclass(slots=True, frozen=True)
class Derived(Base):
    name: str | None = None

    def __post_init__(self) -> None:
        assert self.x


class Pair(NamedTuple):
    left: str
    right: bool = True


@dataclass
class Node:
    value: int
    next: Optional["Node"] = None


@dataclass
class WithMethod:
    x: int

    def double(self) -> int:
        return 2 * self.x


@dataclass
class WithProperty:
    x: int

    @property
    def double(self) -> int:
        return 2 * self.x


@dataclass
class WithText:
    x: int

    def __str__(self) -> str:
        return "x"


@dataclass
class WithConstant:
    x: int
    scale: typing.ClassVar[int] = 7


@dataclass(order=True)
class Ordered:
    x: int


@dataclass
class Private:
    _x: int


@dataclass
class Clashing:
    as_dict: int


class NoMoreDataclass(Point):
    pass


@dataclass
class Alone:
    x: int


class PairWithMethod(NamedTuple):
    left: str

    def shout(self) -> str:
        return self.left.upper()


@dataclass
class Empty:
    pass


Untyped = collections.namedtuple("Untyped", "a b")


def annotated(annotation: Any) -> Any:
    def function(value):
        raise AssertionError

    function.__annotations__ = {"return": annotation}
    return function


@pytest.mark.parametrize(
    ("annotation", "type_info"),
    [
        (bool, "Boolean"),
        (int, INT),
        (float, DOUBLE),
        (str, STRING),
        (bytes, "PrimitiveArrayTypeInfo<Byte>"),
        (decimal.Decimal, "BigDecimal"),
        (datetime.date, "LocalTimeTypeInfo<LOCAL_DATE>"),
        (str | None, STRING),
        (Optional[int], INT),  # noqa: UP045
        (Union[None, str], STRING),  # noqa: UP007
        (Annotated[int, "more"], INT),
        (UserId, INT),
        ("int", INT),
        (tuple[int, str], f"TupleTypeInfo({INT}, {STRING})"),
        (typing.Tuple[int, "str"], f"TupleTypeInfo({INT}, {STRING})"),  # noqa: UP006
        (
            tuple[int, tuple[float, list[str]]],
            f"TupleTypeInfo({INT}, TupleTypeInfo({DOUBLE}, ListTypeInfo<{STRING}>))",
        ),
        (list[float], f"ListTypeInfo<{DOUBLE}>"),
        (list[str | None], f"ListTypeInfo<{STRING}>"),
        (list[tuple[str, bool]], f"ListTypeInfo<TupleTypeInfo({STRING}, Boolean)>"),
        (Derived, f"RowTypeInfo(x: {INT}, name: {STRING})"),
        (Pair, f"RowTypeInfo(left: {STRING}, right: Boolean)"),
        (
            Order,
            f"RowTypeInfo(id: {INT}, at: {OBJECT}, point: {OBJECT}, tags: ListTypeInfo<{STRING}>)",
        ),
        (Alone, f"RowTypeInfo(x: {INT})"),
        (list[Alone], f"ListTypeInfo<RowTypeInfo(x: {INT})>"),
        (Node, f"RowTypeInfo(value: {INT}, next: {OBJECT})"),
    ],
    ids=str,
)
def test_what_is_a_type(annotation: Any, type_info: str) -> None:
    assert repr(result_type(annotated(annotation))) == type_info


@pytest.mark.parametrize(
    "annotation",
    [
        Any,
        object,
        None,
        dict,
        dict[str, int],
        list,
        tuple,
        set[int],
        tuple[int, ...],
        tuple[()],
        tuple[(int,) * 26],
        tuple[int, Any],
        tuple[float | None, int],
        float | None,
        list[int] | None,
        list[float | None],
        int | str,
        T,
        list[T],
        typing.Literal[1],
        datetime.datetime,
        datetime.time,
        complex,
        Row,
        "NoSuchName",
        "1 / 0",
        5,
        collections.abc.Iterator[int],
        Untyped,
        Empty,
        Base,  # may mean one of its subclasses
        WithMethod,
        WithProperty,
        WithText,
        WithConstant,
        Ordered,
        Private,
        Clashing,
        Point,
        NoMoreDataclass,
        PairWithMethod,
        Alone | None,
    ],
    ids=str,
)
def test_what_is_none(annotation: Any) -> None:
    assert result_type(annotated(annotation)) is None


def test_without_an_annotation() -> None:
    assert result_type(lambda value: 1) is None
    assert result_type(annotated) is None
    assert result_type(str) is None
    assert result_type(len) is None
    assert result_type(Alone) is None
    assert result_type(3) is None


@pytest.mark.parametrize(
    ("annotation", "type_info"),
    [
        (list[int], INT),
        (list[int] | None, INT),
        (collections.abc.Iterable[str], STRING),
        (collections.abc.Iterator[tuple[int, str]], f"TupleTypeInfo({INT}, {STRING})"),
        (collections.abc.Generator[float, None, None], DOUBLE),
        (typing.Iterable[str], STRING),
        (typing.Generator[float, None, None], DOUBLE),
        (set[str], STRING),
        (tuple[int, ...], INT),
        (tuple[int, int], INT),
        (tuple[int, str], "None"),
        (list, "None"),
        (list[Any], "None"),
        (str, "None"),
        (dict[str, int], "None"),
        (int, "None"),
    ],
    ids=str,
)
def test_elements(annotation: Any, type_info: str) -> None:
    assert repr(result_type(annotated(annotation), elements=True)) == type_info


def parse(text: str, base: int = 10) -> int:
    return int(text, base)


class Parser:
    def parse(self, text: str) -> int:
        return int(text)

    def __call__(self, text: str) -> float:
        return float(text)

    @staticmethod
    def static(text: str) -> str:
        return text

    @classmethod
    def of_class(cls, text: str) -> bytes:
        return text.encode()


@functools.wraps(parse)
def wrapping(text: str) -> Any:
    return [parse(text)]


async def later() -> int:
    return 1


@contextlib.contextmanager
def managed() -> collections.abc.Iterator[int]:
    yield 1


@pytest.mark.parametrize(
    ("function", "type_info"),
    [
        (parse, INT),
        (functools.partial(functools.partial(parse), base=2), INT),
        (functools.lru_cache(parse), INT),
        (Parser().parse, INT),
        (Parser(), DOUBLE),
        (Parser.static, STRING),
        (Parser.of_class, "PrimitiveArrayTypeInfo<Byte>"),
        (Parser, "None"),
        (wrapping, "None"),
        (later, "None"),
        (managed, "None"),
    ],
)
def test_what_can_be_called(function: Any, type_info: str) -> None:
    assert repr(result_type(function)) == type_info


async def several() -> list[int]:
    return [1]


async def yielded() -> collections.abc.AsyncIterator[str]:
    yield "a"


@pytest.mark.parametrize(("function", "type_info"), [(several, INT), (yielded, STRING)])
def test_what_is_awaited(function: Any, type_info: str) -> None:
    assert repr(result_type(function, elements=True, awaited=True)) == type_info


def test_a_name_of_the_function_around() -> None:
    @dataclass
    class Local:
        x: "Alone"
        y: int

    def make() -> "Local":
        return Local(Alone(1), 2)

    def make_elsewhere() -> "Local":
        raise AssertionError

    assert repr(result_type(make)) == f"RowTypeInfo(x: RowTypeInfo(x: {INT}), y: {INT})"
    assert result_type(make_elsewhere) is None


def test_only_the_annotation_of_the_results_is_looked_at() -> None:
    def function(value: "NoSuchName") -> int:  # type: ignore[name-defined]  # noqa: F821
        raise AssertionError

    assert repr(result_type(function)) == INT


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the statement is of 3.12")
def test_a_type_alias() -> None:
    names: dict[str, Any] = {}
    exec("type Number = int\ndef f() -> Number: ...", names)
    assert repr(result_type(names["f"])) == INT
