# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""TypeInformation, what every type has in common."""

from __future__ import annotations

from typing import Any

import msgspec

from pyflink.common._java import java_class

#: A type as nested lists, ``["ROW", ["a", "b"], [["INT"], ["STRING"]]]``; see proto/README.md.
Descriptor = list[Any]


class TypeInformation:
    """The type of a stream's records: how they are checked, sent to Java and kept there.

    Not made directly but by the methods of :class:`~pyflink.common.typeinfo.Types`. Two are
    equal if they stand for the same Java type; as in Java, the names of a row's fields do not
    count.
    """

    _j_typeinfo: Any

    def __init__(self) -> None:
        self._j_typeinfo = None

    def get_java_type_info(self) -> Any:
        """The Java ``TypeInformation``; the first call may start the JVM."""
        if self._j_typeinfo is None:
            facade = java_class("io.flinker.gateway.TypeInfos")
            self._j_typeinfo = facade.fromDescriptor(self._descriptor_bytes())
        return self._j_typeinfo

    def need_conversion(self) -> bool:
        """Whether :meth:`to_internal_type` changes a value."""
        return False

    def to_internal_type(self, obj: Any) -> Any:
        """The value in the plain form that :meth:`from_internal_type` takes.

        Args:
            obj: a value of this type.
        """
        return obj

    def from_internal_type(self, obj: Any) -> Any:
        """The value that :meth:`to_internal_type` turned into this.

        Args:
            obj: a value in its plain form.
        """
        return obj

    def _descriptor(self) -> Descriptor:
        raise TypeError(
            f"{type(self).__name__} has no form that both Python and Java know: use one of the "
            "types that the methods of Types make"
        )

    def _descriptor_bytes(self) -> bytes:
        return msgspec.msgpack.encode(self._descriptor())

    def _identity(self) -> Any:
        """What makes two types of one class equal."""
        return ()

    def __eq__(self, o: object) -> bool:
        return type(o) is type(self) and self._identity() == o._identity()

    def __hash__(self) -> int:
        return hash((type(self), self._identity()))

    def __getstate__(self) -> dict[str, Any]:
        # A Java object belongs to one JVM: a copy of the type in a worker makes its own.
        return {**vars(self), "_j_typeinfo": None}

    def __repr__(self) -> str:
        return type(self).__name__


class CompositeTypeInfo(TypeInformation):
    """A type that has parameters of its own, most of them other types."""

    def __eq__(self, other: object) -> bool:  # PyFlink's name for the parameter, in these types
        return super().__eq__(other)

    __hash__ = TypeInformation.__hash__


class WrapperTypeInfo(TypeInformation):
    """A type that is known by its Java ``TypeInformation`` alone.

    Args:
        j_typeinfo: the Java object.
    """

    def __init__(self, j_typeinfo: Any) -> None:
        super().__init__()
        self._j_typeinfo = j_typeinfo

    def get_java_type_info(self) -> Any:
        """The Java ``TypeInformation``."""
        return self._j_typeinfo

    def _descriptor(self) -> Descriptor:
        return describe_java_type(self._j_typeinfo)

    def __eq__(self, o: object) -> bool:
        return type(o) is type(self) and bool(self._j_typeinfo.equals(o._j_typeinfo))

    def __hash__(self) -> int:
        return int(self._j_typeinfo.hashCode())

    def __getstate__(self) -> dict[str, Any]:
        raise TypeError(f"{self!r} cannot be pickled: it is a Java object; use a type of Types")

    def __repr__(self) -> str:
        return f"WrapperTypeInfo<{self}>"

    def __str__(self) -> str:
        return str(self._j_typeinfo.toString())


def describe_java_type(j_typeinfo: Any) -> Descriptor:
    """The descriptor of a Java ``TypeInformation``.

    Raises:
        TypeError: if its values have no form in Python.
    """
    answer = java_class("io.flinker.gateway.TypeInfos").descriptorOf(j_typeinfo)
    if isinstance(answer, str):
        raise TypeError(answer)
    return msgspec.msgpack.decode(answer, type=Descriptor)
