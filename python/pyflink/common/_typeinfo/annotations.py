# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The type of a function's results, from its return annotation.

An annotation says less than a type of Types: an ``int`` may be of any size, a ``datetime`` may
have a time zone. So it is taken only where every value that it allows comes back as it was or, for
a class of records, as a named row. All else stays a Python object, as it is without an annotation.
"""

from __future__ import annotations

import collections.abc
import datetime
import decimal
import functools
import inspect
import sys
import types
import typing
from collections import deque
from collections.abc import Callable
from typing import Any

from pyflink.common._typeinfo.arrays import PrimitiveArrayTypeInfo
from pyflink.common._typeinfo.base import TypeInformation
from pyflink.common._typeinfo.basic import BasicType, BasicTypeInfo
from pyflink.common._typeinfo.collections import ListTypeInfo
from pyflink.common._typeinfo.composite import MAX_TUPLE, RowTypeInfo, TupleTypeInfo
from pyflink.common._typeinfo.record_classes import is_plain_record, record_fields
from pyflink.common._typeinfo.special import PickledBytesTypeInfo
from pyflink.common._typeinfo.times import LocalTimeTypeInfo

if sys.version_info >= (3, 14):
    import annotationlib

_UNIONS = (typing.Union, types.UnionType)
#: What Flink can keep a null of outside of a row.
_NULLABLE = (str, int, decimal.Decimal, datetime.date)
_ITERABLES = (
    list,
    set,
    frozenset,
    deque,
    collections.abc.AsyncGenerator,
    collections.abc.AsyncIterable,
    collections.abc.AsyncIterator,
    collections.abc.Collection,
    collections.abc.Generator,
    collections.abc.Iterable,
    collections.abc.Iterator,
    collections.abc.Sequence,
)


def result_type(
    function: Any, elements: bool = False, awaited: bool = False
) -> TypeInformation | None:
    """The type of what a function returns, if its annotation says one that loses nothing.

    Args:
        function: a function, a bound method, a partial or any object that can be called.
        elements: whether the results are the elements of what it returns.
        awaited: whether it is declared with ``async def``, and what it returns is awaited.
    """
    try:
        plain = _plain_function(function, awaited)
        if plain is None:
            return None
        scope = _Scope(plain)
        hint = scope.evaluated(_annotation(plain))
        if elements:
            hint = _element(_without_none(hint)[0])
        return scope.type_of(hint)
    except Exception:  # an annotation may be any expression, and fail as it likes
        return None


def _plain_function(function: Any, awaited: bool) -> types.FunctionType | None:
    """The ``def`` behind what is called, where its annotation holds for the call."""
    while True:
        if isinstance(function, functools.partial):
            function = function.func
        elif isinstance(function, types.MethodType):
            function = function.__func__
        elif isinstance(function, functools._lru_cache_wrapper):
            function = function.__wrapped__
        elif isinstance(function, types.FunctionType):
            break
        else:
            # an object that can be called; a class makes its own objects, whatever is annotated
            call = getattr(type(function), "__call__", None)  # noqa: B004 (it is to be looked at)
            if isinstance(function, type) or not isinstance(call, types.FunctionType):
                return None
            function = call
    # A decorator copies the annotation of what it wraps, but may return something else.
    if hasattr(function, "__wrapped__"):
        return None
    # who does not wait for it gets a coroutine, whatever is annotated
    return None if inspect.iscoroutinefunction(function) and not awaited else function


def _annotation(function: types.FunctionType) -> Any:
    if sys.version_info >= (3, 14):
        # those of the parameters need not exist
        hints = annotationlib.get_annotations(function, format=annotationlib.Format.FORWARDREF)
    else:
        hints = function.__annotations__
    return hints.get("return", Any)


class _Scope:
    """Where the names of an annotation are looked up, and the classes that are being looked at."""

    def __init__(self, function: types.FunctionType) -> None:
        self._globals = function.__globals__
        self._locals: dict[str, Any] = {}
        cells = function.__closure__ or ()
        for name, cell in zip(function.__code__.co_freevars, cells, strict=True):
            try:
                self._locals[name] = cell.cell_contents
            except ValueError:
                continue  # not assigned yet
        self._outer: set[type] = set()

    def evaluated(self, annotation: Any) -> Any:
        """The annotation with the names in it, if it is text, resolved."""

        def holder() -> None: ...

        holder.__annotations__ = {"return": annotation}
        return typing.get_type_hints(holder, self._globals, self._locals)["return"]

    def type_of(self, hint: Any, null_fits: bool = False) -> TypeInformation | None:
        """The type that holds all values that a hint allows; None if there is none."""
        hint, optional = _without_none(hint)
        if optional and not null_fits and hint not in _NULLABLE:
            return None
        if isinstance(hint, type) and hint in _SIMPLE:
            return _SIMPLE[hint]()
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin is list and len(arguments) == 1:
            element = self.type_of(arguments[0])
            return None if element is None else ListTypeInfo(element)
        if origin is tuple and Ellipsis not in arguments and 0 < len(arguments) <= MAX_TUPLE:
            fields = [self.type_of(argument) for argument in arguments]
            found = [field for field in fields if field is not None]
            return TupleTypeInfo(found) if len(found) == len(fields) else None
        if isinstance(hint, type) and origin is None and is_plain_record(hint):
            return self._row_of(hint)
        return None

    def _row_of(self, cls: type) -> TypeInformation | None:
        if cls in self._outer:
            return None  # a record that holds others of its class: types cannot
        self._outer.add(cls)
        try:
            hints = typing.get_type_hints(cls, localns={**self._locals, **vars(typing)})
            fields = {
                name: self.type_of(hints[name], null_fits=True) or PickledBytesTypeInfo()
                for name in record_fields(cls) or ()
            }
        finally:
            self._outer.discard(cls)
        return RowTypeInfo(fields.values(), fields)


def _without_none(hint: Any) -> tuple[Any, bool]:
    """A hint without what only says more about it, and without None; whether None was there."""
    while True:
        if isinstance(hint, typing.NewType):
            hint = hint.__supertype__
        elif sys.version_info >= (3, 12) and isinstance(hint, typing.TypeAliasType):
            hint = hint.__value__
        elif typing.get_origin(hint) in _UNIONS:
            others = [part for part in typing.get_args(hint) if part is not type(None)]
            if len(others) != 1:
                return hint, False
            return _without_none(others[0])[0], True
        else:
            return hint, False


def _element(hint: Any) -> Any:
    """The hint of the elements of what can be iterated over."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in _ITERABLES:
        return arguments[0]
    if origin is tuple:
        kinds = [argument for argument in arguments if argument is not Ellipsis]
        if all(kind == kinds[0] for kind in kinds):
            return kinds[0]
    return Any


_SIMPLE: dict[type, Callable[[], TypeInformation]] = {
    bool: BasicTypeInfo.BOOLEAN_TYPE_INFO,
    # of any size, and as quick as a LONG where it fits 64 bits
    int: BasicTypeInfo.BIG_INT_TYPE_INFO,
    float: BasicTypeInfo.DOUBLE_TYPE_INFO,
    str: BasicTypeInfo.STRING_TYPE_INFO,
    bytes: lambda: PrimitiveArrayTypeInfo(BasicTypeInfo(BasicType.BYTE)),
    decimal.Decimal: BasicTypeInfo.BIG_DEC_TYPE_INFO,
    # not that of java.sql, which lacks ten days
    datetime.date: lambda: LocalTimeTypeInfo(LocalTimeTypeInfo.TimeType.LOCAL_DATE),
}
