# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Values and settings on their way between Java and Python, for programs that work with both."""

from __future__ import annotations

import pickle
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from pyflink._codec import batch_decoder
from pyflink._gateway import java_class
from pyflink.common.configuration import Configuration
from pyflink.common.typeinfo import (
    BasicArrayTypeInfo,
    BasicType,
    BasicTypeInfo,
    ListTypeInfo,
    MapTypeInfo,
    ObjectArrayTypeInfo,
    PickledBytesTypeInfo,
    PrimitiveArrayTypeInfo,
    RowTypeInfo,
    TupleTypeInfo,
    TypeInformation,
)
from pyflink.common.types import Row, RowKind
from pyflink.util.java_utils import load_java_class

__all__ = [
    "ResultTypeQueryable",
    "convert_to_python_obj",
    "create_hadoop_configuration",
    "create_java_properties",
    "pickled_bytes_to_python_converter",
    "pickled_bytes_to_python_obj",
]

_ARRAYS = (BasicArrayTypeInfo, PrimitiveArrayTypeInfo, ObjectArrayTypeInfo)
_FLOATS = (BasicType.FLOAT, BasicType.DOUBLE)


class ResultTypeQueryable(ABC):
    """Something that knows the type of the records it makes."""

    @abstractmethod
    def get_produced_type(self) -> TypeInformation:
        """The type of the records."""


def convert_to_python_obj(data: Any, type_info: TypeInformation) -> Any:
    """The Python value of a Java object, as a function would get it.

    Args:
        data: the Java object, for example a Java ``Row``.
        type_info: its type.

    Example:
        >>> from pyflink.common import Types
        >>> from pyflink.datastream.utils import convert_to_python_obj
        >>> from pyflink.java_gateway import get_gateway
        >>> j_list = get_gateway().jvm.java.util.List.of(1, 2)
        >>> convert_to_python_obj(j_list, Types.LIST(Types.INT()))
        [1, 2]
    """
    if data is None:
        return None
    if isinstance(type_info, PickledBytesTypeInfo):
        return pickle.loads(data)
    batch = java_class("io.flinker.gateway.TypeInfos").encode(type_info.get_java_type_info(), data)
    return batch_decoder(type_info)(batch)[0]


def pickled_bytes_to_python_obj(data: Any, type_info: TypeInformation) -> Any:
    """The value in the pickled form that PyFlink's Java side makes.

    In it the parts of a value are pickled for themselves.

    Args:
        data: the pickled value; for a tuple a list of its pickled fields, for a row a list of its
            kind, as a byte, and its pickled fields.
        type_info: the type of the value.
    """
    if isinstance(type_info, RowTypeInfo):
        kind, *fields = data
        row = Row(*_each(fields, type_info.get_field_types()))
        row.set_field_names(type_info.get_field_names())
        row.set_row_kind(RowKind(int.from_bytes(kind, "little")))
        return row
    if isinstance(type_info, TupleTypeInfo):
        return tuple(_each(data, type_info.get_field_types()))
    value = pickle.loads(data)
    if value is None or isinstance(type_info, PickledBytesTypeInfo):
        return value
    if isinstance(type_info, MapTypeInfo):
        keys, values = value
        return dict(
            zip(
                (pickled_bytes_to_python_obj(key, type_info._key_type_info) for key in keys),
                (pickled_bytes_to_python_obj(v, type_info._value_type_info) for v in values),
                strict=True,
            )
        )
    if isinstance(type_info, ListTypeInfo):
        return [pickled_bytes_to_python_obj(element, type_info.elem_type) for element in value]
    if isinstance(type_info, _ARRAYS):
        return [pickled_bytes_to_python_obj(element, type_info._element_type) for element in value]
    if isinstance(type_info, BasicTypeInfo) and type_info._basic_type in _FLOATS:
        return float(value)
    if isinstance(value, int) and type_info.need_conversion():
        return type_info.from_internal_type(value)
    return value


def pickled_bytes_to_python_converter(data: Any, field_type: TypeInformation) -> Any:
    """What :func:`pickled_bytes_to_python_obj` was called before 1.16."""
    return pickled_bytes_to_python_obj(data, field_type)


def create_java_properties(config: Configuration | Mapping[str, str]) -> Any:
    """A Java ``Properties`` with these settings.

    Args:
        config: the settings.
    """
    j_properties = java_class("java.util.Properties")()
    for key, value in _settings_of(config).items():
        j_properties.setProperty(key, value)
    return j_properties


def create_hadoop_configuration(config: Configuration | Mapping[str, str]) -> Any:
    """A Hadoop ``Configuration`` with these settings.

    Args:
        config: the settings.

    Raises:
        JavaClassNotFoundError: if Hadoop is not on the class path.
    """
    name = "org.apache.hadoop.conf.Configuration"
    # says so clearly if it is not there
    load_java_class(name)
    j_configuration = java_class(name)(False)
    for key, value in _settings_of(config).items():
        j_configuration.set(key, value)
    return j_configuration


def _settings_of(config: Configuration | Mapping[str, str]) -> Mapping[str, str]:
    return config.to_dict() if isinstance(config, Configuration) else config


def _each(fields: Any, types: list[TypeInformation]) -> list[Any]:
    return [
        pickled_bytes_to_python_obj(field, field_type)
        for field, field_type in zip(fields, types, strict=True)
    ]
