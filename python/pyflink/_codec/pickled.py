# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Any Python object, pickled."""

from __future__ import annotations

import pickle
from typing import Any

from msgspec.msgpack import Ext

from pyflink._codec import by_value
from pyflink._codec.base import Codec, ExtensionKey
from pyflink._codec.errors import ValueMismatchError, found

#: The code of a msgpack extension: a pickled object.
PICKLED_CODE = 1


class PickledCodec(Codec):
    """PICKLED_BYTE_ARRAY, any object."""

    name = "PICKLED_BYTE_ARRAY"
    # None too is a value that can be pickled; nil comes only from a null in Java.
    check = wire = Any
    pickled = True

    def to_wire(self, value: Any) -> Ext:
        return Ext(PICKLED_CODE, dumps(value))

    def adapt(self, value: Any) -> Ext:
        try:
            return self.to_wire(value)
        except Exception as e:  # a class says in any way it likes that it cannot be pickled
            raise ValueMismatchError(
                f"{self.name} (an object that can be pickled)", f"{found(value)}: {e}"
            ) from e

    def as_key(self) -> Codec:
        return ExtensionKey(self)


def dumps(value: Any) -> bytes:
    """The object pickled, by pickle if its classes can be imported anywhere, else by cloudpickle.

    pickle is ten times as fast. But it writes the name of a class only, and a class of the main
    module has another name, or none, where the main module is another.
    """
    try:
        data = pickle.dumps(value, 5)
        if b"__main__" not in data:
            return data
    except Exception:  # whatever pickle could not do, cloudpickle shall try, and complain about
        pass
    return by_value.dumps(value)
