# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the codecs of all types have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.msgpack import Ext

from pyflink._codec.errors import ValueMismatchError, found

Function = Callable[[Any], Any]


class Codec:
    """How the values of one type become msgpack, and how msgpack becomes values.

    There are two ways in. The fast one is msgspec's, in C: ``convert`` checks a whole batch
    against :attr:`check`, then :attr:`to_wire` is applied where a value is not yet what msgpack
    shall hold. If anything is wrong there, :meth:`adapt` goes through the values one by one: it
    takes what is as good as a value of the type (a numpy number for an int), or says which one
    is wrong.
    """

    #: The type in the words of an error message.
    name: str
    #: The msgspec type of a value.
    check: Any
    #: The msgspec type of what a decoder makes of the bytes.
    wire: Any
    #: Whether an untyped decoder makes the same of the bytes.
    plain = True
    #: Whether there are pickles in the bytes, which are not read unless there should be.
    pickled = False
    #: Turns a checked value into what msgpack shall hold. None: it is that already.
    to_wire: Function | None = None
    #: Turns what a decoder made into the value. None: it is that already.
    of_wire: Function | None = None

    def adapt(self, value: Any) -> Any:
        """What msgpack shall hold for a value.

        Raises:
            ValueMismatchError: if it is not a value of this type.
        """
        raise NotImplementedError

    def prepare(self, values: list[Any], convert: Callable[[Any, Any], Any]) -> Any:
        """The fast way: what msgpack shall hold for the values of a batch.

        Raises:
            msgspec.ValidationError: if the fast way is closed to one of them.
        """
        checked = convert(values, list[self.check])  # type: ignore[name-defined]
        return checked if self.to_wire is None else list(map(self.to_wire, checked))

    def as_key(self) -> Codec:
        """The codec of values that are keys of a dict."""
        return self

    def mismatch(self, value: Any) -> ValueMismatchError:
        """The error that says that a value is not of this type."""
        return ValueMismatchError(self.name, found(value))


class Nullable(Codec):
    """A type whose place may also hold None."""

    def __init__(self, inner: Codec) -> None:
        self.inner = inner
        self.name = inner.name
        self.check = inner.check | None
        self.wire = inner.wire | None
        self.plain = inner.plain
        self.pickled = inner.pickled
        self.to_wire = _unless_none(inner.to_wire)
        self.of_wire = _unless_none(inner.of_wire)

    def adapt(self, value: Any) -> Any:
        return None if value is None else self.inner.adapt(value)

    def as_key(self) -> Codec:
        return Nullable(self.inner.as_key())


class ExtensionKey(Codec):
    """A type whose msgpack may be an extension, as the key of a dict."""

    def __init__(self, inner: Codec) -> None:
        self.inner = inner
        self.name = inner.name
        self.check = inner.check
        self.wire = inner.wire
        self.plain = inner.plain
        self.pickled = inner.pickled
        if (to_wire := inner.to_wire) is not None:
            self.to_wire = lambda value: _with_hash(to_wire(value))
        self.of_wire = inner.of_wire

    def adapt(self, value: Any) -> Any:
        return _with_hash(self.inner.adapt(value))


class _Hashed:
    """An extension that a dict can have for a key, as msgspec's own cannot."""

    __slots__ = ("extension",)

    def __init__(self, extension: Ext) -> None:
        self.extension = extension


def _with_hash(wire: Any) -> Any:
    return _Hashed(wire) if isinstance(wire, Ext) else wire


def enc_hook(wire: Any) -> Ext:
    """What the encoder asks for when it meets something that is not of msgpack."""
    if isinstance(wire, _Hashed):
        return wire.extension
    raise TypeError(f"{type(wire).__name__} is not of msgpack")


def nullable(codec: Codec) -> Codec:
    """The codec for a place that can hold None."""
    return codec if isinstance(codec, Nullable) else Nullable(codec)


def _unless_none(function: Function | None) -> Function | None:
    if function is None:
        return None
    return lambda value: None if value is None else function(value)


def plain_value(value: Any) -> Any:
    """A numpy scalar or array, a pandas series, an array.array: as Python's own values."""
    tolist = getattr(value, "tolist", None)
    return tolist() if callable(tolist) and not isinstance(value, type) else value
