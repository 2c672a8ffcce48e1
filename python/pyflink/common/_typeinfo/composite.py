# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Types of rows and tuples."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import Any

from pyflink.common._typeinfo.base import CompositeTypeInfo, Descriptor, TypeInformation
from pyflink.common.types import Row, RowKind

#: Java's Tuple25 is the longest.
MAX_TUPLE = 25


class _FieldsTypeInfo(CompositeTypeInfo):
    """What rows and tuples have in common."""

    def __init__(self, field_types: Iterable[TypeInformation]) -> None:
        super().__init__()
        self._field_types = list(field_types)
        for i, field_type in enumerate(self._field_types):
            if not isinstance(field_type, TypeInformation):
                raise TypeError(
                    f"Field {i} has the type {field_type!r}, which is not a type of Types: "
                    "write Types.INT(), Types.STRING() and so on"
                )
        self._need_conversion = [t.need_conversion() for t in self._field_types]

    @property
    def types(self) -> list[TypeInformation]:
        """The types of the fields."""
        return self._field_types

    def get_field_types(self) -> list[TypeInformation]:
        """The types of the fields."""
        return self._field_types

    def need_conversion(self) -> bool:
        return True

    def _convert_in(self, values: Iterable[Any]) -> tuple[Any, ...]:
        if not any(self._need_conversion):
            return tuple(values)
        return tuple(t.to_internal_type(v) for t, v in zip(self._field_types, values, strict=False))

    def _convert_out(self, values: Iterable[Any]) -> tuple[Any, ...]:
        if not any(self._need_conversion):
            return tuple(values)
        return tuple(
            t.from_internal_type(v) for t, v in zip(self._field_types, values, strict=False)
        )

    def _identity(self) -> Any:
        return tuple(self._field_types)


class TupleTypeInfo(_FieldsTypeInfo):
    """The type of a tuple, none of whose fields is null unless their types say so.

    Args:
        field_types: the types of the fields, at most 25.
        types: the name of ``field_types`` in PyFlink 1.12. Deprecated.

    Raises:
        ValueError: if there are more fields than Java's tuples have.
    """

    def __init__(
        self,
        field_types: Iterable[TypeInformation] | None = None,
        *,
        types: Iterable[TypeInformation] | None = None,
    ) -> None:
        super().__init__(_renamed("TupleTypeInfo", field_types, types))
        if len(self._field_types) > MAX_TUPLE:
            raise ValueError(
                f"A TUPLE has at most {MAX_TUPLE} fields, this has {len(self._field_types)}: "
                "use Types.ROW"
            )

    def to_internal_type(self, obj: Any) -> Any:
        """The tuple with each field in its plain form.

        Args:
            obj: a tuple, list or Row, or None, which stays None.

        Raises:
            ValueError: if it is something else.
        """
        if obj is None:
            return None
        if isinstance(obj, (list, tuple, Row)):
            return self._convert_in(obj)
        raise ValueError(f"{self!r} takes a tuple, a list or a Row, not {obj!r}")

    def from_internal_type(self, obj: Any) -> Any:
        """The tuple whose fields had these plain forms.

        Args:
            obj: a tuple, list or Row, or None, which stays None.
        """
        return None if obj is None else self._convert_out(obj)

    def _descriptor(self) -> Descriptor:
        return ["TUPLE", [t._descriptor() for t in self._field_types]]

    def __repr__(self) -> str:
        return f"TupleTypeInfo({', '.join(map(repr, self._field_types))})"


class RowTypeInfo(_FieldsTypeInfo):
    """The type of a Row.

    >>> RowTypeInfo([], [])
    RowTypeInfo()

    Args:
        field_types: the types of the fields.
        field_names: their names, by default f0, f1 and so on.
        types: the name of ``field_types`` in PyFlink 1.12. Deprecated.

    Raises:
        ValueError: if there are not as many names as types, or two are the same.
    """

    def __init__(
        self,
        field_types: Iterable[TypeInformation] | None = None,
        field_names: Iterable[str] | None = None,
        *,
        types: Iterable[TypeInformation] | None = None,
    ) -> None:
        super().__init__(_renamed("RowTypeInfo", field_types, types))
        self._field_names = None if field_names is None else list(field_names)
        if self._field_names is not None:
            self._check_names(self._field_names)

    def _check_names(self, names: list[str]) -> None:
        if len(names) != len(self._field_types):
            raise ValueError(
                f"A ROW has one name for each field: these are {len(names)} names for "
                f"{len(self._field_types)} types"
            )
        for name in names:
            if not isinstance(name, str):
                raise TypeError(f"A field's name is a str, not {name!r}")
        if len(set(names)) != len(names):
            raise ValueError(f"Two fields of a ROW have the same name in {names}")

    @property
    def field_names(self) -> list[str]:
        """The names of the fields."""
        return self.get_field_names()

    @property
    def j_types_array(self) -> list[Any]:
        """The Java types of the fields."""
        return [t.get_java_type_info() for t in self._field_types]

    def get_field_names(self) -> list[str]:
        """The names of the fields, f0, f1 and so on if none were given."""
        if self._field_names is None:
            return [f"f{i}" for i in range(len(self._field_types))]
        return self._field_names

    def get_field_index(self, field_name: str) -> int:
        """The position of a field.

        Args:
            field_name: its name.

        Raises:
            ValueError: if there is none of that name.
        """
        try:
            return self.get_field_names().index(field_name)
        except ValueError:
            raise ValueError(f"No field {field_name!r} in {self!r}") from None

    def to_internal_type(self, obj: Any) -> Any:
        """The number of the row's kind and then each field in its plain form, as a tuple.

        Args:
            obj: a Row, tuple or list with the fields in order, a Row, dict or other object with the
                fields by name, or None, which stays None.

        Raises:
            ValueError: if it is something else.
        """
        if obj is None:
            return None
        kind = obj.get_row_kind() if isinstance(obj, Row) else RowKind.INSERT
        return (kind.value, *self._convert_in(self._fields_of(obj)))

    def _fields_of(self, obj: Any) -> Iterable[Any]:
        if isinstance(obj, dict):
            return [obj.get(name) for name in self.get_field_names()]
        if isinstance(obj, Row):
            return obj._values_for(self.get_field_names())
        if isinstance(obj, (list, tuple)):
            return obj
        if hasattr(obj, "__dict__"):
            return [vars(obj).get(name) for name in self.get_field_names()]
        raise ValueError(f"{self!r} takes a Row, a tuple, a list or a dict, not {obj!r}")

    def from_internal_type(self, obj: Any) -> Any:
        """The fields that had these plain forms, as a tuple.

        Args:
            obj: a Row with its fields in their plain form; anything else, as None, stays as it is.
        """
        return self._convert_out(obj) if isinstance(obj, Row) else obj

    def _descriptor(self) -> Descriptor:
        return ["ROW", self.get_field_names(), [t._descriptor() for t in self._field_types]]

    def __repr__(self) -> str:
        if self._field_names is None:
            return f"RowTypeInfo({', '.join(map(repr, self._field_types))})"
        pairs = zip(self._field_names, self._field_types, strict=True)
        return f"RowTypeInfo({', '.join(f'{name}: {t!r}' for name, t in pairs)})"


def _renamed(
    owner: str,
    field_types: Iterable[TypeInformation] | None,
    types: Iterable[TypeInformation] | None,
) -> Iterable[TypeInformation]:
    """The value of a parameter that was called ``types`` in PyFlink 1.12."""
    if types is not None and field_types is None:
        warnings.warn(
            f"{owner}(types=...) is deprecated: use field_types", DeprecationWarning, stacklevel=3
        )
        return types
    if field_types is None or types is not None:
        raise TypeError(f"{owner} takes field_types, the types of the fields")
    return field_types
