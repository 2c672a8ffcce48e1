# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Values that functions give to a state, in the form in which they will come back.

A type takes more than what it gives back: a tuple for a ROW, an int for a DOUBLE, a numpy number
for an INT. Were such a value held as it is given, what a function reads would depend on whether the
value has been written meanwhile.
"""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Callable
from typing import Any

import msgspec

from pyflink._codec import BatchEncoder, ValueMismatchError, batch_decoder
from pyflink.common.types import Row

_CLASSES = {
    name: kind
    for kind, names in (
        (bool, ("BOOLEAN",)),
        (int, ("BYTE", "SHORT", "INT", "LONG", "BIG_INT")),
        (float, ("FLOAT", "DOUBLE")),
        (decimal.Decimal, ("BIG_DEC",)),
        (str, ("STRING", "CHAR")),
        (datetime.date, ("SQL_DATE", "LOCAL_DATE")),
        (datetime.time, ("SQL_TIME", "LOCAL_TIME")),
        (datetime.datetime, ("SQL_TIMESTAMP", "LOCAL_DATE_TIME")),
        (tuple, ("TUPLE",)),
        (list, ("LIST", "PRIMITIVE_ARRAY", "BASIC_ARRAY", "OBJECT_ARRAY")),
        (dict, ("MAP",)),
    )
    for name in names
}


class Fit:
    """Brings a value into that form, and refuses what is not of the type.

    What is inside of a value is not looked at, unless the value itself has another form: whether
    that is of the type is seen when it is written.

    Args:
        wrong_value: makes of an error one that names the state and what is wrong in it.
        type_bytes: the descriptor of the type.
        what: the values in words.

    Attributes:
        kind: values of this class have that form; None if the class alone does not tell.
    """

    def __init__(
        self,
        wrong_value: Callable[[ValueMismatchError, str], ValueMismatchError],
        type_bytes: bytes,
        what: str = "the value",
    ) -> None:
        self._wrong_value = wrong_value
        self._what = what
        self._encode = BatchEncoder(type_bytes).encode
        self._decode = batch_decoder(type_bytes)
        name, *parts = msgspec.msgpack.decode(type_bytes)
        bytes_type = name == "PRIMITIVE_ARRAY" and parts == [["BYTE"]]
        self.kind: type | None = bytes if bytes_type else _CLASSES.get(name)
        self._fields = parts[0] if name == "ROW" else None

    def __call__(self, value: Any) -> Any:
        """The value in that form.

        Raises:
            ValueMismatchError: if it is not of the type.
        """
        if self._has_form(value):
            return value
        try:
            return self._decode(self._encode([value]))[0]
        except ValueMismatchError as e:
            raise self._wrong_value(e, self._what) from None

    def _has_form(self, value: Any) -> bool:
        if self._fields is not None:
            return value.__class__ is Row and value._fields == self._fields
        return self.kind is None or value.__class__ is self.kind
