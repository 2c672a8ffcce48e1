# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Types that hide others: pickled objects and rows of the Table API."""

from __future__ import annotations

import warnings
from typing import Any

from pyflink.common._typeinfo.base import CompositeTypeInfo, Descriptor, TypeInformation


class PickledBytesTypeInfo(TypeInformation):
    """The type of any Python object; Java sees its pickled bytes and passes them on unopened."""

    @staticmethod
    def PICKLED_BYTE_ARRAY_TYPE_INFO() -> PickledBytesTypeInfo:
        """Deprecated: ``Types.PICKLED_BYTE_ARRAY()``."""
        warnings.warn(
            "PickledBytesTypeInfo.PICKLED_BYTE_ARRAY_TYPE_INFO() is deprecated: "
            "use Types.PICKLED_BYTE_ARRAY()",
            DeprecationWarning,
            stacklevel=2,
        )
        return PickledBytesTypeInfo()

    def _descriptor(self) -> Descriptor:
        return ["PICKLED"]

    def __repr__(self) -> str:
        return "PickledByteArrayTypeInfo"


class KeyTypeInfo(CompositeTypeInfo):
    """The type of the keys of a keyed stream, which may also be None.

    A key of no declared type is bytes, equal where the keys are: ``pyflink._codec.keys``.

    Args:
        type_info: the type of the keys.
    """

    def __init__(self, type_info: TypeInformation) -> None:
        super().__init__()
        self._type_info = type_info

    def _descriptor(self) -> Descriptor:
        return ["KEY", self._type_info._descriptor()]

    def _identity(self) -> Any:
        return self._type_info

    def __repr__(self) -> str:
        return f"Key<{self._type_info!r}>"


class ExternalTypeInfo(CompositeTypeInfo):
    """The type of a stream that came from a table, which is that of the records in it.

    >>> from pyflink.common.typeinfo import Types
    >>> ExternalTypeInfo(Types.ROW([Types.INT()]))
    ExternalTypeInfo<RowTypeInfo(Integer)>

    Args:
        type_info: the type of the records.
    """

    def __init__(self, type_info: TypeInformation) -> None:
        super().__init__()
        self._type_info = type_info

    def _descriptor(self) -> Descriptor:
        return self._type_info._descriptor()

    def _identity(self) -> Any:
        return self._type_info

    def __repr__(self) -> str:
        return f"ExternalTypeInfo<{self._type_info!r}>"
