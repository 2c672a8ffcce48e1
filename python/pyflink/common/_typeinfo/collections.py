# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Types of lists and maps."""

from __future__ import annotations

from typing import Any

from pyflink.common._typeinfo.base import CompositeTypeInfo, Descriptor, TypeInformation


class ListTypeInfo(CompositeTypeInfo):
    """The type of a list whose elements are of one type.

    Args:
        element_type: the type of the elements.
    """

    def __init__(self, element_type: TypeInformation) -> None:
        super().__init__()
        self.elem_type = element_type

    def _descriptor(self) -> Descriptor:
        return ["LIST", self.elem_type._descriptor()]

    def _identity(self) -> Any:
        return self.elem_type

    def __repr__(self) -> str:
        return f"ListTypeInfo<{self.elem_type!r}>"


class MapTypeInfo(CompositeTypeInfo):
    """The type of a dict whose keys are of one type and whose values are of one type.

    Args:
        key_type_info: the type of the keys.
        value_type_info: the type of the values.
    """

    def __init__(self, key_type_info: TypeInformation, value_type_info: TypeInformation) -> None:
        super().__init__()
        self._key_type_info = key_type_info
        self._value_type_info = value_type_info

    def _descriptor(self) -> Descriptor:
        return ["MAP", self._key_type_info._descriptor(), self._value_type_info._descriptor()]

    def _identity(self) -> Any:
        return self._key_type_info, self._value_type_info

    def __repr__(self) -> str:
        return f"MapTypeInfo<{self._key_type_info!r}, {self._value_type_info!r}>"
