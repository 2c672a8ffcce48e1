# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Keys of no declared type as bytes: the same bytes for keys that are equal.

A plain pickle does not do: what it says of ("a", "a") depends on whether the two are one object,
and sets and dicts have an order there. So these bytes are

- ``s`` and UTF-8 for a str, ``i`` and hexadecimal digits for an int;
- ``t`` and Python's own ASCII notation for a tuple of str, bytes, int, bool and None;
- for everything else a pickle without references to what has been written already, with sets and
  dicts in the order of their elements' bytes, and with numbers and times in a normal form.

What holds for them: keys that are equal, part by part of the same types, have the same bytes in
every process, whatever objects they are made of. That goes for None, bool, int, float, complex,
str, bytes, Decimal, Fraction, UUID, date, time, datetime, timedelta and enums; for tuples, lists,
sets and dicts of these, Rows with their names in the same order, named tuples, dataclasses and
other objects that are equal if their attributes are. 1, 1.0 and True are three keys, all NaNs are
one. Where a class calls objects equal whose attributes differ, these are different keys.
"""

from __future__ import annotations

import ast
import contextlib
import datetime
import decimal
import io
import math
import pickle
import struct
from collections.abc import Callable
from functools import lru_cache
from types import FunctionType
from typing import Any, ClassVar

from pyflink._codec import by_value

_TEXT = b"s"
_INT = b"i"
_TUPLE = b"t"
_SIMPLE = frozenset((str, int, bytes, bool, type(None)))
_DOUBLE = struct.Struct(">d")
_DAY = datetime.timedelta(days=1)
_MINUTE = datetime.timedelta(minutes=1)
_NOTHING = datetime.timedelta(0)


def key_bytes(key: Any) -> bytes:
    """A key as bytes.

    Raises:
        TypeError: if the key cannot be pickled.
    """
    kind = type(key)
    if kind is str:
        return _TEXT + key.encode("utf-8", "surrogatepass")  # type: ignore[no-any-return]
    if kind is int:
        return b"i%x" % key
    if kind in _SIMPLE:
        return pickle.dumps(key, 5)
    if kind is tuple and _SIMPLE.issuperset(map(type, key)):
        with contextlib.suppress(ValueError):  # an int of thousands of digits
            return _TUPLE + ascii(key).encode()
    return _canonical(key)


def key_of(data: bytes) -> Any:
    """The key that :func:`key_bytes` made the bytes of, or one that is equal to it."""
    mark = data[:1]
    if mark == _TEXT:
        return data[1:].decode("utf-8", "surrogatepass")
    if mark == _INT:
        return int(data[1:], 16)
    if mark == _TUPLE:
        return ast.literal_eval(data[1:].decode())
    return pickle.loads(data)


def _canonical(key: Any) -> bytes:
    out = io.BytesIO()
    try:
        _CanonicalPickler(out).dump(key)
    except RecursionError:
        raise TypeError("a key contains itself, or too many things inside each other") from None
    except Exception as e:  # a class says in any way it likes that it cannot be pickled
        raise TypeError(
            f"{key!r:.200}, of type {type(key).__qualname__}, cannot be a key: {e}"
        ) from e
    return out.getvalue()


# The one that is written in Python: the one in C asks nobody about floats, sets and dicts.
class _CanonicalPickler(pickle._Pickler):
    dispatch: ClassVar[dict[type, Callable[..., Any]]] = dict(pickle._Pickler.dispatch)

    def __init__(self, out: io.BytesIO) -> None:
        super().__init__(out, 5)
        # everything is written in full, however often it is there
        self.fast = True

    def reducer_override(self, obj: Any) -> Any:
        kind = type(obj)
        if isinstance(obj, (type, FunctionType)):
            return _by_value(obj) if obj.__module__ == "__main__" else NotImplemented
        if kind.__module__ == "numpy":
            return _normal_numpy(obj).__reduce_ex__(5)
        reduce = _REDUCERS.get(kind)
        return NotImplemented if reduce is None else reduce(obj)

    def save_float(self, obj: float) -> None:
        self.write(pickle.BINFLOAT + _DOUBLE.pack(_normal(obj)))  # type: ignore[attr-defined]

    dispatch[float] = save_float


def _normal(number: float) -> float:
    # a zero loses its sign; a NaN may have any bits
    return number + 0.0 if number == number else math.nan


def _normal_numpy(value: Any) -> Any:
    if getattr(value, "ndim", None) != 0 or value.dtype.kind != "f":
        return value
    return type(value)(_normal(float(value)))


def _reduce_set(value: set[Any] | frozenset[Any]) -> tuple[Any, ...]:
    return type(value), (sorted(value, key=key_bytes),)


def _reduce_dict(value: dict[Any, Any]) -> tuple[Any, ...]:
    return dict, ([(key, value[key]) for key in sorted(value, key=key_bytes)],)


def _reduce_decimal(value: decimal.Decimal) -> tuple[Any, ...]:
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return decimal.Decimal, ("NaN" if value.is_qnan() else str(value),)
    while len(digits) > 1 and digits[-1] == 0:
        digits = digits[:-1]
        exponent += 1
    if digits == (0,):
        sign = exponent = 0
    return decimal.Decimal, (str(decimal.Decimal((sign, digits, exponent))),)


def _reduce_datetime(value: datetime.datetime) -> Any:
    # as hash() takes them: equal ones may be in different zones, or differ in their fold
    offset = value.replace(fold=0).utcoffset()
    plain = value.replace(fold=0, tzinfo=None)
    if offset is not None:
        plain = (plain - offset).replace(tzinfo=datetime.timezone.utc)
    return plain.__reduce_ex__(5)


def _reduce_time(value: datetime.time) -> Any:
    offset = value.replace(fold=0).utcoffset()
    plain = value.replace(fold=0, tzinfo=None)
    if offset is not None:
        midnight = datetime.datetime(2000, 1, 1)
        # without parts of a second, which are nothing to == either
        offset -= datetime.timedelta(microseconds=offset.microseconds)
        utc = datetime.datetime.combine(midnight, plain) - offset
        # a day before or after is no time of UTC's but of a zone as near to it as there is
        excess = max(midnight - utc, utc - midnight - _DAY + datetime.datetime.resolution)
        shift = max(_NOTHING, -(-excess // _MINUTE) * _MINUTE)
        shown = utc + shift if utc < midnight else utc - shift
        plain = shown.time().replace(tzinfo=datetime.timezone(shown - utc))
    return plain.__reduce_ex__(5)


_REDUCERS: dict[type, Callable[[Any], Any]] = {
    datetime.datetime: _reduce_datetime,
    datetime.time: _reduce_time,
    decimal.Decimal: _reduce_decimal,
    dict: _reduce_dict,
    frozenset: _reduce_set,
    set: _reduce_set,
}


@lru_cache(maxsize=1000)
def _by_value(definition: Any) -> tuple[Any, ...]:
    """What the main module defines: a worker has another main module."""
    return pickle.loads, (by_value.dumps_definition(definition),)
